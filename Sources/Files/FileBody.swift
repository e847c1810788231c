import Foundation
package import Sealing

/// The bytes of a stored file as they come from the disk; may be walked once.
package struct FileBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    let reading: FileReading
    let store: FileStore

    package var byteCount: Int { reading.byteCount }
    package var digest: Digest { reading.digest }

    package func makeAsyncIterator() -> Iterator { Iterator(reading: reading, store: store) }

    package struct Iterator: AsyncIteratorProtocol {
        let reading: FileReading
        let store: FileStore

        /// Throws ``FileDamaged`` in place of the last chunk.
        package mutating func next() async throws -> [UInt8]? {
            let reading = reading
            return try await store.work { try reading.next() }
        }
    }
}

/// A file that is being read.
///
/// `@unchecked`: the body's one reader awaits each chunk before the next.
final class FileReading: @unchecked Sendable {
    static let chunkBytes = 64 << 10

    let digest: Digest
    let byteCount: Int
    private let descriptor: Int32
    private var digester = Digester()
    private var offset = 0
    private var ended = false

    init(path: String, digest: Digest) throws {
        self.digest = digest
        do {
            descriptor = try System.open(path, O_RDONLY | O_NOFOLLOW)
        } catch let error as FileSystemError where error.code == ENOENT {
            throw FileMissing(digest: digest)
        }
        byteCount = try System.size(descriptor)
    }

    deinit { close(descriptor) }

    func next() throws -> [UInt8]? {
        guard !ended else { return nil }
        let chunk = try System.read(descriptor, at: offset, count: min(Self.chunkBytes, byteCount - offset))
        digester.update(chunk)
        offset += chunk.count
        ended = offset == byteCount || chunk.isEmpty
        if ended && digester.finish() != digest { throw FileDamaged(digest: digest) }
        return chunk.isEmpty ? nil : chunk
    }
}
