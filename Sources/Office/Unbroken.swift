extension String {
    /// The same with fixed spaces where a citation must not break across lines.
    ///
    /// For our own words only; what people typed is shown as they typed it. One pass over the bytes, for every
    /// submission's explanation goes through here.
    package var unbroken: String {
        var text = self
        return text.withUTF8 { bytes in
            var bound: [UInt8] = []
            bound.reserveCapacity(bytes.count + 16)
            var index = 0
            while index < bytes.count {
                if let bond = Self.bond(at: index, of: bytes) {
                    bound += bond.bound
                    index += bond.loose.count
                } else {
                    bound.append(bytes[index])
                    index += 1
                }
            }
            return String(decoding: bound, as: UTF8.self)
        }
    }

    private typealias Bond = (loose: [UInt8], bound: [UInt8])

    /// The longer ones before those with which they begin.
    private static let bonds: [Bond] = [
        "§ ", " odst. ", " písm. ", "č. j. ", "č. ", " Sb.",
    ].map { ($0.bytes, $0.replacing(" ", with: "\u{a0}").bytes) }

    private static let begins: [Bool] = (0...255).map { byte in bonds.contains { $0.loose[0] == byte } }

    private static func bond(at index: Int, of bytes: UnsafeBufferPointer<UInt8>) -> Bond? {
        guard begins[Int(bytes[index])] else { return nil }
        return bonds.first { bond in
            index + bond.loose.count <= bytes.count
                && bond.loose.indices.allSatisfy { bytes[index + $0] == bond.loose[$0] }
        }
    }

    private var bytes: [UInt8] { Array(utf8) }
}
