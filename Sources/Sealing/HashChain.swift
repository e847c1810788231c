/// Fields written one after the other so that no two lists of fields have the same bytes.
///
/// A field is its length in bytes as four bytes, most significant first, then the bytes; a missing field is
/// the length 0xFFFFFFFF alone. Postgres makes the same with `int4send(octet_length(b)) || b` and
/// `'\xffffffff'`:
///
/// - text: UTF-8 (`convert_to(t, 'UTF8')`)
/// - number: eight bytes, two's complement, most significant first (`int8send(n)`)
/// - instant: microseconds since 1970 in UTC, as a number
///   (`int8send((extract(epoch from t) * 1000000)::bigint)`)
/// - identifier and digest: their bytes (`uuid_send(u)`, the `bytea` itself)
package struct CanonicalBytes: Sendable, Equatable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func append(_ field: (some Collection<UInt8>)?) {
        guard let field else {
            bytes.append(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF])
            return
        }
        precondition(field.count < Int(Int32.max), "a field of the log is below 2 GiB")
        withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: field)
    }

    package mutating func append(text: String?) { append(text?.utf8) }
    package mutating func append(digest: Digest?) { append(digest?.bytes) }

    package mutating func append(number: Int?) {
        append(number.map { number in withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) } })
    }

    /// The sixteen bytes of a UUID in the order of their writing.
    package mutating func append(identifier: (some Collection<UInt8>)?) {
        precondition(identifier.map { $0.count == 16 } ?? true)
        append(identifier)
    }
}

/// A chain of digests in which no entry can be changed, inserted or moved without breaking all that follow.
///
/// The chain alone cannot show that its end was cut off: its head is anchored outside its table.
package enum HashChain {
    /// What the first entry is linked to: SHA-256 of the canonical bytes of `epom-log-1` and the chain's name.
    package static func genesis(of name: String) -> Digest {
        var canonical = CanonicalBytes()
        canonical.append(text: "epom-log-1")
        canonical.append(text: name)
        return Digest(of: canonical.bytes)
    }

    /// SHA-256 of the previous link's 32 bytes and the entry's canonical bytes.
    package static func link(after previous: Digest, entry canonical: CanonicalBytes) -> Digest {
        var digester = Digester()
        digester.update(previous.bytes)
        digester.update(canonical.bytes)
        return digester.finish()
    }

    /// The place of the first entry, counted from 0, whose link is not what it must be.
    ///
    /// Nil when the chain is whole; `head` is then the last link.
    package static func firstBreak(
        in entries: some Sequence<(entry: CanonicalBytes, link: Digest)>,
        after head: inout Digest
    ) -> Int? {
        for (place, (entry, stored)) in entries.enumerated() {
            let expected = link(after: head, entry: entry)
            guard expected == stored else { return place }
            head = expected
        }
        return nil
    }
}
