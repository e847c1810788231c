import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Web

/// An upload brings its token as the first field; nothing of the body is lost by looking there.
@Suite struct `The token of an upload` {
    private func upload(_ text: String, piece: Int) -> Request {
        let bytes = Array(text.utf8)
        let stream = AsyncStream<ByteBuffer> { continuation in
            for start in stride(from: 0, to: bytes.count, by: piece) {
                continuation.yield(ByteBuffer(bytes: bytes[start..<min(start + piece, bytes.count)]))
            }
            continuation.finish()
        }
        let head = HTTPRequest(
            method: .post,
            scheme: "http",
            authority: "localhost",
            path: "/",
            headerFields: [.contentType: "multipart/form-data; boundary=X"]
        )
        return Request(head: head, body: RequestBody(asyncSequence: stream))
    }

    private func field(_ name: String, _ value: String) -> String {
        "--X\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    private func read(_ request: Request) async throws -> [String] {
        let multipart = try Multipart(request, bytesMax: 100_000)
        var found: [String] = []
        while let part = try await multipart.next() {
            found.append("\(part.name)=\(try await part.collect(bytesMax: 50_000).count)")
        }
        return found
    }

    @Test(arguments: [1, 2, 7, 40, 10_000])
    func `is the first field, however the bytes come`(_ piece: Int) async throws {
        let text =
            field("_token", "žeton-1") + field("text", String(repeating: "a", count: 9_000)) + "--X--\r\n"
        var request = upload(text, piece: piece)
        #expect(try await Gate.firstField(of: &request) == "žeton-1")
        #expect(try await read(request) == ["_token=8", "text=9000"])
    }

    @Test func `is not looked for behind another field, nor for ever`() async throws {
        var second = upload(field("text", "a") + field("_token", "x") + "--X--\r\n", piece: 5)
        #expect(try await Gate.firstField(of: &second) == nil)
        #expect(try await read(second) == ["text=1", "_token=1"])
        var file = upload(
            "--X\r\nContent-Disposition: form-data; name=\"_token\"; filename=\"a\"\r\n\r\nx\r\n--X--\r\n",
            piece: 9
        )
        #expect(try await Gate.firstField(of: &file) == nil)
        let long = field("_token", String(repeating: "b", count: 20_000)) + "--X--\r\n"
        var endless = upload(long, piece: 1_000)
        #expect(try await Gate.firstField(of: &endless) == nil)
        #expect(try await read(endless) == ["_token=20000"])
        var nothing = upload("", piece: 1)
        #expect(try await Gate.firstField(of: &nothing) == nil)
    }
}
