import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore
import Office

/// Reads `multipart/form-data` (RFC 7578) part by part while it streams in.
///
/// Holds one chunk of the network and one part's head at a time; everything is bounded. Take the parts in order:
/// asking for the next one skips what is left of the last. Throws refusals of kind malformed, unsupported or tooLarge.
package final class Multipart {
    /// One field of the form, or one file.
    package struct Part {
        package let name: String
        /// Set for files, as the sender gave it; clean it before use.
        package let fileName: String?
        private let reader: Multipart

        init(name: String, fileName: String?, reader: Multipart) {
            (self.name, self.fileName, self.reader) = (name, fileName, reader)
        }

        /// The bytes as they come; may be walked once.
        package var body: Body { Body(reader: reader) }

        /// A field's value; beyond `bytesMax` a refusal.
        package func collect(bytesMax: Int) async throws -> [UInt8] {
            var bytes: [UInt8] = []
            while let chunk = try await reader.chunk() {
                bytes += chunk
                guard bytes.count <= bytesMax else { throw PlainRefusal.tooLarge(bytesMax: bytesMax) }
            }
            return bytes
        }
    }

    package struct Body: AsyncSequence {
        package typealias Element = [UInt8]
        let reader: Multipart

        package func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

        package struct Iterator: AsyncIteratorProtocol {
            let reader: Multipart
            package mutating func next() async throws -> [UInt8]? { try await reader.chunk() }
        }
    }

    private static let headBytesMax = 8 * 1024

    private var source: RequestBody.AsyncIterator
    private let delimiter: [UInt8]
    private let bytesMax: Int
    private let partsMax: Int
    // The first delimiter has no line end before it.
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var bytesRead = 0
    private var partsRead = 0
    private var isInBody = true
    private var isDone = false

    package init(_ request: Request, bytesMax: Int, partsMax: Int = Limits.fieldsMax) throws {
        guard let boundary = Self.boundary(in: request.headers[.contentType] ?? "") else {
            throw PlainRefusal.unsupportedType
        }
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > bytesMax {
            throw PlainRefusal.tooLarge(bytesMax: bytesMax)
        }
        source = request.body.makeAsyncIterator()
        delimiter = [0x0D, 0x0A, 0x2D, 0x2D] + Array(boundary.utf8)
        self.bytesMax = bytesMax
        self.partsMax = partsMax
    }

    /// The next part, or nil after the last one.
    package func next() async throws -> Part? {
        while isInBody { _ = try await chunk() }
        guard !isDone else { return nil }
        partsRead += 1
        guard partsRead <= partsMax else { throw PlainRefusal.tooManyFields(partsMax) }
        let head = try await readHead()
        isInBody = true
        return try part(head)
    }

    /// 1 to 70 characters of RFC 2046, § 5.1.1, quoted or not.
    private static func boundary(in contentType: String) -> String? {
        let pieces = contentType.split(separator: ";").map { $0.trimmingPrefix { $0 == " " } }
        guard pieces.first?.lowercased() == "multipart/form-data",
            let piece = pieces.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let value = piece.dropFirst("boundary=".count).filter { $0 != "\"" }
        let isGood = value.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return (1...70).contains(value.utf8.count) && isGood ? String(value) : nil
    }

    /// Bytes of the current body, nil at its end.
    fileprivate func chunk() async throws -> [UInt8]? {
        while isInBody {
            if let end = place(of: delimiter) {
                let bytes = Array(buffer[..<end])
                buffer.removeFirst(end + delimiter.count)
                isInBody = false
                try await readDelimiterEnd()
                return bytes.isEmpty ? nil : bytes
            }
            // The tail may be the start of a delimiter.
            let safe = buffer.count - (delimiter.count - 1)
            if safe > 0 {
                let bytes = Array(buffer[..<safe])
                buffer.removeFirst(safe)
                return bytes
            }
            try await fill()
        }
        return nil
    }

    /// `--` ends the form, a line end starts the next part; spaces between are allowed.
    private func readDelimiterEnd() async throws {
        while buffer.count < 2 { try await fill() }
        if buffer[0] == 0x2D, buffer[1] == 0x2D {
            isDone = true
            return
        }
        while true {
            while buffer.count < 2 { try await fill() }
            if buffer[0] == 0x0D, buffer[1] == 0x0A { break }
            guard buffer[0] == 0x20 || buffer[0] == 0x09 else { throw PlainRefusal.unreadable(field: nil) }
            buffer.removeFirst()
        }
    }

    private func readHead() async throws -> [UInt8] {
        let blank: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        while true {
            if let end = place(of: blank) {
                let head = Array(buffer[..<end])
                buffer.removeFirst(end + blank.count)
                return head
            }
            guard buffer.count <= Self.headBytesMax else { throw PlainRefusal.unreadable(field: nil) }
            try await fill()
        }
    }

    private func fill() async throws {
        guard let chunk = try await source.next() else { throw PlainRefusal.unreadable(field: nil) }
        bytesRead += chunk.readableBytes
        guard bytesRead <= bytesMax else { throw PlainRefusal.tooLarge(bytesMax: bytesMax) }
        buffer.append(contentsOf: chunk.readableBytesView)
    }

    private func place(of needle: [UInt8]) -> Int? {
        var start = 0
        while start + needle.count <= buffer.count {
            guard let candidate = buffer[start...(buffer.count - needle.count)].firstIndex(of: needle[0])
            else {
                return nil
            }
            if buffer[candidate..<candidate + needle.count].elementsEqual(needle) { return candidate }
            start = candidate + 1
        }
        return nil
    }

    private func part(_ head: [UInt8]) throws -> Part {
        guard let text = String(validating: head, as: UTF8.self) else {
            throw PlainRefusal.unreadable(field: nil)
        }
        let lines = text.split(separator: "\r\n")
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = Self.parameter("name", in: line)
        else { throw PlainRefusal.unreadable(field: nil) }
        return Part(name: name, fileName: Self.parameter("filename", in: line), reader: self)
    }

    /// A quoted parameter; browsers write quotes and line ends in it as `%22`, `%0D` and `%0A`.
    private static func parameter(_ name: String, in line: Substring) -> String? {
        guard let start = line.range(of: "; \(name)=\"") ?? line.range(of: ";\(name)=\"") else { return nil }
        let value = line[start.upperBound...].prefix { $0 != "\"" }
        guard value.endIndex < line.endIndex else { return nil }
        return String(value).replacing("%22", with: "\"").replacing("%0D", with: "").replacing(
            "%0A",
            with: " "
        )
    }
}
