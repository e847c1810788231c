package import Foundation

extension UUID {
    /// A new identifier of version 7 (RFC 9562, § 5.7): milliseconds first, so that new rows lie side by side.
    package static func v7(at now: Date = Date()) -> UUID {
        let milliseconds = UInt64(max(0, now.timeIntervalSince1970 * 1000))
        var generator = SystemRandomNumberGenerator()
        let high = milliseconds << 16 | 0x7000 | generator.next() & 0x0FFF
        let low = 1 << 63 | generator.next() >> 2
        let bytes = (high.bigEndian, low.bigEndian)
        return withUnsafeBytes(of: bytes) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
