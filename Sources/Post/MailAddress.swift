/// A mailbox: an address and, perhaps, the name beside it.
package struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    package let address: String
    package let name: String?

    /// Nil unless the address is a plain ASCII one: dot-atom, `@`, a host name with a dot or `localhost`.
    ///
    /// RFC 5321, § 4.5.3.1: 64 bytes before the @, 254 in all.
    package init?(_ address: String, name: String? = nil) {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].utf8.count),
            Self.isDotted(parts[0], Self.isAtom), Self.isHost(parts[1])
        else { return nil }
        self.address = address
        self.name = name
    }

    package var domain: Substring {
        address[(address.firstIndex(of: "@") ?? address.startIndex)...].dropFirst()
    }

    package var description: String { address }

    /// The mailbox as a header field has it.
    var headerText: String {
        guard let name, !name.allSatisfy(\.isWhitespace) else { return "<\(address)>" }
        let word = EncodedWord.text(name)
        let isShort = word.utf8.count + address.utf8.count < 60 && !word.utf8.contains(0x0D)
        return "\(word)\(isShort ? "" : "\r\n") <\(address)>"
    }

    private static func isDotted(_ text: Substring, _ isAllowed: (UInt8) -> Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAllowed) }
    }

    private static func isHost(_ text: Substring) -> Bool {
        let isNamed = text.contains(".") || text == "localhost"
        return isNamed && !text.hasPrefix("-") && !text.hasSuffix("-")
            && isDotted(text) { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isAtom(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
