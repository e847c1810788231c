import Foundation
import Sealing

/// A file that is being written.
///
/// `@unchecked`: its one owner, `FileStore.write`, awaits each call before the next.
final class FileWriting: @unchecked Sendable {
    private let place: OwnerFolder
    private let path: String
    private let descriptor: Int32
    private var digester = Digester()
    private var text = TextCheck()
    private var byteCount = 0
    private var kept = false

    init(place: OwnerFolder) throws {
        self.place = place
        try System.makeFolder(place.newFiles)
        path = "\(place.newFiles)/\(Token.random(.bits128).text)"
        descriptor = try System.open(path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
    }

    /// Also the way out of a stream that broke off or a task that was cancelled.
    deinit {
        close(descriptor)
        if !kept { unlink(path) }
    }

    func append(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { buffer in
            try System.write(descriptor, buffer)
            digester.update(buffer)
        }
        text.take(bytes)
        byteCount += bytes.count
    }

    func type() throws -> MediaType {
        let descriptor = descriptor
        let specimen = Specimen(byteCount: byteCount, isText: text.isText) { offset, count in
            try System.read(descriptor, at: offset, count: count)
        }
        return try specimen.mediaType()
    }

    func keep(_ type: MediaType) throws -> StoredFile {
        let digest = digester.finish()
        guard fchmod(descriptor, 0o400) == 0 else { throw System.failure("fchmod") }
        try System.sync(descriptor)
        try place.keep(path, as: digest)
        kept = true
        return StoredFile(digest: digest, byteCount: byteCount, type: type)
    }
}
