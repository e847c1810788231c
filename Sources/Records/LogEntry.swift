package import Foundation

/// One act in an office's transaction log (§ 7.4 of the national standard, 2024/85-VMV).
///
/// `act` is a past verb (`registered`), `objectKind` the noun it befell (`document`), `detail` canonical JSON
/// or plain text without the content of the case.
package struct LogEntry: Sendable, Equatable {
    package let act: String
    package let objectKind: String
    package let objectID: UUID
    package let detail: String

    package init(_ act: String, _ objectKind: String, _ objectID: UUID, detail: String = "") {
        self.act = act
        self.objectKind = objectKind
        self.objectID = objectID
        self.detail = detail
    }
}

/// An entry as it stands in the log.
package struct LogLine: Sendable, Equatable {
    package let number: Int
    package let at: Date
    package let actor: String
    package let act: String
    package let objectKind: String
    package let objectID: UUID
    package let detail: String
    package let link: [UInt8]
}
