import Foundation
import HTTPTypes
import Hummingbird
import Office

/// A form of somebody whose session ended while they were typing: not taken, and given back to be sent again.
struct UnsentForm: Error {
    let path: String
    let fields: [Input.Pair]
    /// Files have to be chosen again; by the name of their field.
    let files: [Input.Pair]
    let isUpload: Bool
    let isSignedIn: Bool
    let asksSignIn: Bool
    let token: String

    /// A button alone is pressed again on a fresh page.
    var isEmpty: Bool { fields.isEmpty && files.isEmpty }

    /// Of all fields together: nobody knows yet who sent them.
    private static let textBytesMax = 256 << 10

    /// Reads what was typed; of files only their names.
    init(_ request: Request, bodyMax: Int, isSignedIn: Bool, asksSignIn: Bool, token: String) async throws {
        (self.isSignedIn, self.asksSignIn, self.token) = (isSignedIn, asksSignIn, token)
        path = Self.address(of: request)
        let type = request.headers[.contentType]?.lowercased() ?? ""
        isUpload = type.hasPrefix("multipart/form-data")
        guard isUpload else {
            // Uploads alone may be larger.
            fields = try await Input.pairs(from: request).filter { $0.name != "_token" }
            files = []
            return
        }
        var fields: [Input.Pair] = []
        var files: [Input.Pair] = []
        var left = Self.textBytesMax
        let multipart = try Multipart(request, bytesMax: bodyMax)
        while let part = try await multipart.next() {
            if let name = part.fileName {
                files.append(Input.Pair(name: part.name, value: name))
            } else {
                let bytes = try await part.collect(bytesMax: left)
                left -= bytes.count
                guard part.name != "_token" else { continue }
                fields.append(Input.Pair(name: part.name, value: String(decoding: bytes, as: UTF8.self)))
            }
        }
        (self.fields, self.files) = (fields, files)
    }
}

extension UnsentForm {
    /// With what the address itself says, such as which draft; an old token in it must not come again.
    private static func address(of request: Request) -> String {
        let query = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("_token=") }
        return request.uri.path + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))")
    }

    func answer(_ pages: Pages, _ visit: Visit) -> Response {
        Response.html(pages.html(UnsentPage(self), visit), status: asksSignIn ? .unauthorized : .forbidden)
    }
}

struct UnsentPage: Page {
    static let template = "unsent"
    let title: String
    let isSignedIn: Bool
    let asksSignIn: Bool
    let action: String
    let isUpload: Bool
    let token: String
    let fields: [UnsentField]
    /// What a person wrote, to be read and copied.
    let texts: [String]
    let files: [UnsentFile]

    struct UnsentField: Encodable, Sendable {
        let name: String
        let value: String
    }

    struct UnsentFile: Encodable, Sendable {
        let name: String
        let sent: String
        let hasNames: Bool
    }

    init(_ form: UnsentForm) {
        title = form.asksSignIn ? "Přihlášení mezitím skončilo" : "Stránka mezitím zestárla"
        isSignedIn = form.isSignedIn
        asksSignIn = form.asksSignIn
        action = form.path
        isUpload = form.isUpload
        token = form.token
        fields = form.fields.map { UnsentField(name: $0.name, value: $0.value) }
        texts = form.fields.map(\.value).filter { Self.isWritten($0) }
        let names = Dictionary(grouping: form.files, by: \.name).sorted { $0.key < $1.key }
        files = names.map { name, sent in
            let sent = sent.map(\.value).filter { !$0.isEmpty }
            return UnsentFile(name: name, sent: sent.joined(separator: ", "), hasNames: !sent.isEmpty)
        }
    }

    /// Not the marks that pages put between: names of choices, identifiers, digests.
    private static func isWritten(_ value: String) -> Bool {
        !value.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "-" || $0.isHexDigit) }
    }
}
