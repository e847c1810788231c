import Foundation
import HTTPTypes

extension Trouble {
    /// The last answer on a connection whose request never reached a handler: complete in itself.
    ///
    /// No office is known here, so there is no layout; nothing of what was sent is repeated.
    func farewell(asProblem: Bool) -> (head: HTTPResponse, body: String) {
        let body = asProblem ? problemText : pageText
        let type = asProblem ? "application/problem+json" : "text/html"
        let head = HTTPResponse(
            status: status,
            headerFields: [
                .contentType: "\(type); charset=utf-8",
                .contentLength: String(body.utf8.count),
                .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'",
                .xContentTypeOptions: "nosniff",
                .connection: "close",
            ]
        )
        return (head, body)
    }

    // The sentences are our own and have nothing to escape.
    private var problemText: String {
        "{\"status\":\(status.code),\"title\":\"\(czech)\",\"type\":\"urn:epom:problem:\(code)\"}"
    }

    private var pageText: String {
        """
        <!doctype html><html lang="cs"><head><meta charset="utf-8"><title>\(status.heading)</title></head>\
        <body><h1>\(status.heading)</h1><p>\(czech)</p></body></html>

        """
    }
}
