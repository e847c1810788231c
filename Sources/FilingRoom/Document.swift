import Database
import Foundation
import Office

/// A registered document: written once, never changed.
struct Document: Sendable, Equatable {
    let id: UUID
    let caseFileID: UUID
    let year: Int
    let number: Int
    /// JID, assigned when it came or was made (§ 64(2) of act 499/2004).
    let identifier: String
    let referenceNumber: String
    let direction: Direction
    let means: ArrivalMeans
    let title: String
    let partyName: String
    let senderNumber: String
    let cameAt: Date
    let registeredAt: Date
    let registeredBy: String
    let isPaper: Bool
    let sheets: Int
    let enclosures: String
}

enum Direction: String, Sendable, CaseIterable, Codable, SQLCodable {
    case incoming, outgoing, own

    var czech: String {
        switch self {
        case .incoming: "došlý"
        case .outgoing: "odeslaný"
        case .own: "vlastní"
        }
    }
}

/// How a document came; `made` is one of the office's own.
enum ArrivalMeans: String, Sendable, CaseIterable, Codable, SQLCodable {
    case web, paper, inPerson, email, dataBox, made

    var czech: String {
        switch self {
        case .web: "webový formulář"
        case .paper: "listinně poštou"
        case .inPerson: "osobně"
        case .email: "e-mailem"
        case .dataBox: "datovou schránkou"
        case .made: "vyhotoveno úřadem"
        }
    }
}

/// A file of a document.
struct Component: Sendable, Equatable {
    enum Kind: String, Sendable, SQLCodable { case main, enclosure, proof }

    let id: UUID
    let documentID: UUID
    let kind: Kind
    let file: AttachedFile
}

/// One line of the register (podací deník).
struct RegisterLine: Sendable, Equatable {
    let year: Int
    let number: Int
    let referenceNumber: String
    let direction: Direction
    let means: ArrivalMeans
    let title: String
    let partyName: String
    let cameAt: Date
    let caseFileID: UUID
    let caseReference: String
    let state: CaseState
}

/// Where a page of a register begins: after this number.
struct RegisterPlace: Sendable, Equatable {
    let year: Int
    let number: Int

    /// Reads `2026-415`; nil for anything else.
    init?(_ text: String) {
        let halves = text.split(separator: "-").compactMap { Int($0) }
        guard halves.count == 2, (1900...9999).contains(halves[0]), halves[1] > 0 else { return nil }
        (year, number) = (halves[0], halves[1])
    }

    init(year: Int, number: Int) { (self.year, self.number) = (year, number) }

    var text: String { "\(year)-\(number)" }
}

/// The numbers a document gets, made of the office's abbreviation and the register's number.
struct Numbering: Sendable, Equatable {
    let abbreviation: String

    /// Číslo jednací: abbreviation, number and period (§ 11 of decree 259/2012).
    func referenceNumber(_ number: Int, _ year: Int) -> String { "\(abbreviation)-\(number)/\(year)" }

    /// Spisová značka.
    func caseReference(_ number: Int, _ year: Int) -> String { "S-\(abbreviation)-\(number)/\(year)" }

    /// JID: the abbreviation, `X`, and ten signs of milliseconds since 2020 and the register's number.
    ///
    /// Numbers follow one another under a lock, so two of one millisecond differ in their last nine bits.
    func identifier(_ number: Int, at instant: Date) -> String {
        let milliseconds = max(0, Int(instant.timeIntervalSince1970 * 1000) - 1_577_836_800_000)
        var bits = (milliseconds << 9 | number & 0x1FF) & (1 << 50 - 1)
        var signs: [Character] = []
        for _ in 0..<10 {
            signs.append(Self.alphabet[bits & 31])
            bits >>= 5
        }
        return "\(abbreviation)X\(String(signs.reversed()))"
    }

    // Crockford's base 32: no letters that look like digits.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
}

/// The text that searching compares: words only, so that `HEJN-12/2026` is found by any of its parts.
func searchable(_ texts: [String]) -> String {
    folded(texts.joined(separator: " ")).split { !($0.isLetter || $0.isNumber) }.joined(separator: " ")
}
