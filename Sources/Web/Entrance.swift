import Foundation
package import Hummingbird
import HummingbirdCore
package import Logging
package import NIOCore

/// The way from a socket to the reception; the server asks for nothing else.
package enum Entrance {
    /// Open files kept for Postgres, stored files and mail.
    private static let filesReserved = 256
    private static let connectionsMax = 8192

    /// Serves on a loopback port (0 picks one) behind the bounds of ``Limits`` and ``Patience``.
    ///
    /// Requests under way are finished after a graceful shutdown was triggered; connections beyond what the process
    /// may open wait in the backlog.
    package static func application<Responder: HTTPResponder>(
        _ responder: Responder,
        port: Int,
        patience: Patience = Patience(),
        hatch: Hatch? = nil,
        logger: Logger,
        onRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) -> some ApplicationProtocol
    where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        Application(
            responder: responder,
            server: .http1(configuration: channel(patience, hatch)),
            configuration: .init(
                address: .hostname("127.0.0.1", port: port),
                serverName: nil,
                backlog: 1024,
                availableConnectionsDelegate: .maximum(connections(), logger: logger)
            ),
            onServerRunning: onRunning,
            logger: logger
        )
    }

    private static func channel(_ patience: Patience, _ hatch: Hatch?) -> HTTP1Channel.Configuration {
        .init(
            additionalChannelHandlers: [Doorstep(patience)] + (hatch.map { [HatchKeeper($0)] } ?? []),
            // The doorstep keeps time itself, also for answers that nobody takes.
            idleTimeout: nil,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: Limits.headerBytesMax,
                maxHeaderListSize: Limits.headerBytesMax,
                maxHeaderFieldCount: Limits.headersMax
            )
        )
    }

    /// Raises the soft limit of open files to the hard one, and leaves room beside the connections.
    private static func connections() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 768 }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 768 }
        return max(64, min(connectionsMax, Int(limit.rlim_cur) - filesReserved))
    }
}
