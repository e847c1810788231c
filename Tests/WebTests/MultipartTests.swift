import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Testing

@testable import Web

@Suite struct `Multipart forms` {
    private func read(
        _ text: String,
        pieces: Int = 1,
        boundary: String = "X",
        bytesMax: Int = 10_000,
        partsMax: Int = 10
    ) async throws -> [String] {
        try await read(
            Array(text.utf8),
            pieces: pieces,
            boundary: boundary,
            bytesMax: bytesMax,
            partsMax: partsMax
        )
    }

    private func read(
        _ bytes: [UInt8],
        pieces: Int,
        boundary: String = "X",
        bytesMax: Int = 10_000,
        partsMax: Int = 10
    ) async throws -> [String] {
        let step = max(1, (bytes.count + pieces - 1) / pieces)
        let chunks = stride(from: 0, to: bytes.count, by: step).map { start in
            ByteBuffer(bytes: bytes[start..<min(start + step, bytes.count)])
        }
        let stream = AsyncStream<ByteBuffer> { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
        let head = HTTPRequest(
            method: .post,
            scheme: "http",
            authority: "localhost",
            path: "/",
            headerFields: [.contentType: "multipart/form-data; boundary=\(boundary)"]
        )
        let request = Request(head: head, body: RequestBody(asyncSequence: stream))
        let multipart = try Multipart(request, bytesMax: bytesMax, partsMax: partsMax)
        var found: [String] = []
        while let part = try await multipart.next() {
            let body = try await part.collect(bytesMax: 5_000)
            found.append("\(part.name)|\(part.fileName ?? "-")|\(String(decoding: body, as: UTF8.self))")
        }
        return found
    }

    private static let good =
        "--X\r\nContent-Disposition: form-data; name=\"jmeno\"\r\n\r\nJana\r\nNovotná\r\n"
        + "--X\r\nContent-Disposition: form-data; name=\"foto\"; filename=\"a%22b.png\"\r\nContent-Type: image/png\r\n\r\n"
        + "\r\n-\r\n--\r\n--Y\r\n\r\n--X \t\r\ncontent-disposition: form-data; name=\"nic\"\r\n\r\n\r\n--X--\r\n"

    private static let parts = ["jmeno|-|Jana\r\nNovotná", "foto|a\"b.png|\r\n-\r\n--\r\n--Y\r\n", "nic|-|"]

    @Test(arguments: [1, 2, 3, 7, 50, 1_000])
    func `are read whatever pieces the network makes of them`(pieces: Int) async throws {
        #expect(try await read(Self.good, pieces: pieces) == Self.parts)
    }

    @Test(arguments: [
        "", "--X", "--X\r\n", "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends",
        "--X\r\nContent-Type: text/plain\r\n\r\nx\r\n--X--",
        "--X\r\nContent-Disposition: form-data\r\n\r\nx\r\n--X--",
        "--Xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--X--",
    ])
    func `are refused when broken`(text: String) async {
        await #expect(throws: PlainRefusal.self) { try await read(text) }
    }

    @Test func `are bounded in bytes, parts and heads`() async throws {
        await #expect(throws: PlainRefusal.tooLarge(bytesMax: Self.good.utf8.count - 1)) {
            try await read(Self.good, bytesMax: Self.good.utf8.count - 1)
        }
        #expect(try await read(Self.good, partsMax: 3) == Self.parts)
        await #expect(throws: PlainRefusal.tooManyFields(2)) { try await read(Self.good, partsMax: 2) }
        let flood = "--X\r\n" + String(repeating: "A: b\r\n", count: 5_000)
        await #expect(throws: PlainRefusal.self) { try await read(flood, pieces: 100, bytesMax: 1_000_000) }
    }

    @Test func `a part that nobody reads is skipped`() async throws {
        let head = HTTPRequest(
            method: .post,
            scheme: "http",
            authority: "localhost",
            path: "/",
            headerFields: [.contentType: "multipart/form-data; boundary=\"X\""]
        )
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: Self.good)))
        let multipart = try Multipart(request, bytesMax: 10_000)
        var names: [String] = []
        while let part = try await multipart.next() { names.append(part.name) }
        #expect(names == ["jmeno", "foto", "nic"])
    }

    /// Damage of chance: an end, a refusal, or parts, never a crash and never more than came in.
    @Test func `fuzz: no bytes break the reader`() async throws {
        var random = Dice(state: 4_711)
        for _ in 0..<1_500 {
            var bytes = Array(Self.good.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
                }
            }
            do {
                let found = try await read(bytes, pieces: Int.random(in: 1...40, using: &random))
                #expect(found.joined().utf8.count <= bytes.count * 3 + 64)
            } catch is PlainRefusal {}
        }
    }

    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
}
