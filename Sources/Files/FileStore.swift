import Foundation
package import Sealing
import Workshop

/// Files by the SHA-256 of their content, on the local file system.
///
/// A file lies in `<root>/<owner>/ab/cd/<sha256>`, is written in `<root>/<owner>/new/` and moved there only when
/// it lasts. Store a file first, then commit the row that names it: the collector takes what no row names.
/// Every method throws ``StoreFull``, ``StoreBusy`` or ``FileSystemError`` besides what it says itself.
package final class FileStore: Sendable {
    let folders: StoreFolders
    private let crew: Crew

    package init(root: String, threads: Int = 4, waitingMax: Int = 256) {
        folders = StoreFolders(root: root)
        crew = Crew(name: "files", threads: threads, waitingMax: waitingMax)
    }

    /// Streams a file to the disk and keeps it, if its size and its type by content are accepted.
    ///
    /// Throws ``FileRefusal`` at the first byte beyond `bytesMax`, for no bytes, and for another type. Nothing
    /// remains of a file that was refused or whose stream broke off. Two of the same content are one file.
    package func write<Chunks: AsyncSequence>(
        owner: FileOwner,
        bytesMax: Int,
        accepting: Set<MediaType> = MediaType.accepted,
        _ chunks: Chunks
    ) async throws -> StoredFile where Chunks.Element: Sequence<UInt8> {
        let place = folders.place(of: owner)
        let writing = try await work { try FileWriting(place: place) }
        var pending: [UInt8] = []
        var byteCount = 0
        for try await chunk in chunks {
            let before = pending.count
            pending.append(contentsOf: chunk)
            byteCount += pending.count - before
            guard byteCount <= bytesMax else { throw FileRefusal.tooLarge(bytesMax: bytesMax) }
            guard pending.count >= Self.writtenAtOnce else { continue }
            let bytes = pending
            pending.removeAll(keepingCapacity: true)
            try await work { try writing.append(bytes) }
        }
        guard byteCount > 0 else { throw FileRefusal.empty }
        let rest = pending
        return try await work {
            try writing.append(rest)
            let type = try writing.type()
            guard accepting.contains(type) else { throw FileRefusal.notAccepted(type, accepting) }
            return try writing.keep(type)
        }
    }

    /// Keeps bytes that are in memory already, such as a rendered document.
    package func write(
        owner: FileOwner,
        bytes: [UInt8],
        accepting: Set<MediaType> = MediaType.accepted
    ) async throws -> StoredFile {
        let once = AsyncStream<[UInt8]> { continuation in
            continuation.yield(bytes)
            continuation.finish()
        }
        return try await write(owner: owner, bytesMax: .max, accepting: accepting, once)
    }

    /// The file's bytes, in chunks of 64 kB; throws ``FileMissing``.
    ///
    /// Its digest is computed on the way: of a damaged file the last chunk is never given out,
    /// ``FileDamaged`` is thrown instead.
    package func read(owner: FileOwner, digest: Digest) async throws -> FileBody {
        let path = folders.place(of: owner).path(of: digest)
        let reading = try await work { try FileReading(path: path, digest: digest) }
        return FileBody(reading: reading, store: self)
    }

    /// The whole file; throws ``FileMissing``, ``FileDamaged`` or, beyond `bytesMax`, ``FileRefusal``.
    package func bytes(owner: FileOwner, digest: Digest, bytesMax: Int) async throws -> [UInt8] {
        let body = try await read(owner: owner, digest: digest)
        guard body.byteCount <= bytesMax else { throw FileRefusal.tooLarge(bytesMax: bytesMax) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.byteCount)
        for try await chunk in body { bytes += chunk }
        return bytes
    }

    /// Gives one owner's file to another, without copying where the disk is the same.
    ///
    /// For the delivery to a hosted office. Throws ``FileMissing``. Doing it again changes nothing.
    package func link(from sender: FileOwner, to receiver: FileOwner, digest: Digest) async throws {
        let source = folders.place(of: sender).path(of: digest)
        let place = folders.place(of: receiver)
        try await work { try place.link(source, digest) }
    }

    /// Protects a file anew against the collector for a day; throws ``FileMissing``.
    ///
    /// Before a row names a file that no row may have named any more. Returns its size in bytes.
    @discardableResult
    package func hold(owner: FileOwner, digest: Digest) async throws -> Int {
        let place = folders.place(of: owner)
        return try await work { try place.hold(digest) }
    }

    /// Destroys a file whose destruction was ordered; false when it was not there.
    @discardableResult
    package func remove(owner: FileOwner, digest: Digest) async throws -> Bool {
        let path = folders.place(of: owner).path(of: digest)
        return try await work { try System.remove(path) }
    }

    private static let writtenAtOnce = 128 << 10

    func work<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await crew.run(body)
        } catch is Crew.Busy {
            throw StoreBusy()
        }
    }
}

/// Where things lie in a store.
struct StoreFolders: Sendable {
    let root: String

    func place(of owner: FileOwner) -> OwnerFolder { OwnerFolder(root: root, path: "\(root)/\(owner)") }

    /// The locks are files of the root: who may write there may lock.
    var collectorLock: String { "\(root)/collector.lock" }
    var backupLock: String { "\(root)/backup.lock" }
}

/// One owner's folder; all its methods block.
struct OwnerFolder: Sendable {
    let root: String
    let path: String

    var newFiles: String { "\(path)/new" }
    var keepLock: String { "\(root)/keep.lock" }

    func path(of digest: Digest) -> String { "\(folder(of: digest))/\(digest.hex)" }

    private func folder(of digest: Digest) -> String {
        let hex = digest.hex
        return "\(path)/\(hex.prefix(2))/\(hex.dropFirst(2).prefix(2))"
    }

    /// Moves a finished file to its place, where it lasts.
    ///
    /// The collector's look and removal exclude this move, so it cannot take a file that just came anew.
    func keep(_ newFile: String, as digest: Digest) throws {
        let folder = folder(of: digest)
        try System.makeFolder(folder)
        try withKeepLock { try System.move(newFile, to: self.path(of: digest)) }
        try System.syncFolder(folder)
    }

    func link(_ source: String, _ digest: Digest) throws {
        let folder = folder(of: digest)
        let target = path(of: digest)
        try System.makeFolder(folder)
        let code = try withKeepLock { Foundation.link(source, target) == 0 ? 0 : errno }
        switch code {
        case 0: try System.syncFolder(folder)
        case EEXIST: try hold(digest)
        case ENOENT: throw FileMissing(digest: digest)
        // Another disk, or more names than the file system allows for one file.
        case EXDEV, EMLINK, EPERM: try copy(source, digest)
        default:
            throw code == ENOSPC || code == EDQUOT ? StoreFull() : FileSystemError(call: "link", code: code)
        }
    }

    private func copy(_ source: String, _ digest: Digest) throws {
        let reading = try FileReading(path: source, digest: digest)
        let writing = try FileWriting(place: self)
        while let chunk = try reading.next() { try writing.append(chunk) }
        _ = try writing.keep(writing.type())
    }

    @discardableResult
    func hold(_ digest: Digest) throws -> Int {
        let path = path(of: digest)
        return try withKeepLock {
            // Sets the time of the last change, which is what the collector looks at.
            guard chmod(path, 0o400) == 0, let found = try System.look(path) else {
                if errno == ENOENT { throw FileMissing(digest: digest) }
                throw System.failure("chmod")
            }
            return found.byteCount
        }
    }

    private func withKeepLock<Value>(_ body: () throws -> Value) throws -> Value {
        let lock = try LockFile(keepLock, .shared)
        defer { withExtendedLifetime(lock) {} }
        return try body()
    }
}
