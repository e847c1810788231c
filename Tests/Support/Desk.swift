package import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
package import Web

/// Asks a responder in-process: no port, no HTTP client, no TLS stack to compile.
package struct Desk: Sendable {
    private let responder: any HTTPResponder<Visit>
    private let host: String

    package init(_ responder: any HTTPResponder<Visit>, host: String = "localhost") {
        self.responder = responder
        self.host = host
    }

    package struct Answer: Sendable {
        package let status: HTTPResponse.Status
        package let headers: HTTPFields
        package let body: String
    }

    package func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        host: String? = nil,
        headers: [HTTPField.Name: String] = [:],
        body: String = ""
    ) async throws -> Answer {
        try await ask(method, path, host: host, headers: headers, bytes: Array(body.utf8))
    }

    package func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        host: String? = nil,
        headers: [HTTPField.Name: String] = [:],
        bytes: [UInt8]
    ) async throws -> Answer {
        let source = ApplicationRequestContextSource(
            channel: NIOAsyncTestingChannel(),
            logger: Logger(label: "desk")
        )
        var fields = HTTPFields()
        for (name, value) in headers { fields[name] = value }
        let request = Request(
            head: HTTPRequest(
                method: method,
                scheme: "http",
                authority: host ?? self.host,
                path: path,
                headerFields: fields
            ),
            body: RequestBody(buffer: ByteBuffer(bytes: bytes))
        )
        let response = try await responder.respond(to: request, context: Visit(source: source))
        let collector = BodyCollector()
        try await response.body.write(collector)
        return Answer(
            status: response.status,
            headers: response.headers,
            body: String(buffer: collector.collected.value)
        )
    }
}

/// Filled by one writer, read after it has finished.
private final class Collected: @unchecked Sendable {
    var value = ByteBuffer()
}

private struct BodyCollector: ResponseBodyWriter {
    let collected = Collected()
    mutating func write(_ part: ByteBuffer) async throws { collected.value.writeImmutableBuffer(part) }
    consuming func finish(_ trailers: HTTPFields?) async throws {}
}
