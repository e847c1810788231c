package import Database
package import Office

/// Every statement about what was taken in: each message once, in the transaction of its effect.
package enum InboxStore {
    /// False when the message was taken in before; then its effect must not happen again.
    package static func takeIn(_ message: IncomingMessage, in tenant: TenantTransaction) async throws -> Bool
    {
        try await tenant.rows(
            """
            insert into tenant.inbox (message_id, kind) values (\(message.id), \(message.kind))
            on conflict do nothing returning kind
            """
        ) { row in try row["kind"] as String }.count == 1
    }

    package static func takeIn(_ message: IncomingMessage, in region: RegionTransaction) async throws -> Bool
    {
        try await region.rows(
            """
            insert into region.inbox (message_id, kind) values (\(message.id), \(message.kind))
            on conflict do nothing returning kind
            """
        ) { row in try row["kind"] as String }.count == 1
    }
}
