import Foundation
package import Sealing

/// Takes away files that no row names any more and that are older than a day.
///
/// One collector works at a time in a store, and none while a backup holds `<root>/backup.lock`
/// (`flock var/files/backup.lock …`), for a backup copies the database first and the files second.
package struct FileCollector: Sendable {
    package static let ageSecondsMin = 86_400.0

    package enum Outcome: Sendable, Equatable {
        case collected(files: Int, bytes: Int)
        case pausedForBackup
        case anotherCollectorWorks
    }

    private let store: FileStore

    package init(_ store: FileStore) { self.store = store }

    /// Goes once over an owner's files.
    ///
    /// `named` is asked, at most some hundred digests at a time, which of them a row of the owner names; when it
    /// throws, nothing more is taken. `now` is in seconds since 1970.
    package func collect(
        owner: FileOwner,
        now: Double,
        named: ([Digest]) async throws -> Set<Digest>
    ) async throws -> Outcome {
        let folders = store.folders
        try await store.work { try System.makeFolder(folders.root) }
        let backup = try await store.work { try LockFile(ifFree: folders.backupLock, .shared) }
        guard let backup else { return .pausedForBackup }
        let collector = try await store.work { try LockFile(ifFree: folders.collectorLock, .exclusive) }
        guard let collector else { return .anotherCollectorWorks }
        defer { withExtendedLifetime((backup, collector)) {} }

        let place = folders.place(of: owner)
        let before = now - Self.ageSecondsMin
        let abandoned = try await store.work { try place.removeAbandoned(changedBefore: before) }
        var files = 0
        var bytes = abandoned
        for folder in try await store.work({ try place.leafFolders() }) {
            var old = try await store.work { try place.digests(in: folder, changedBefore: before) }[...]
            while !old.isEmpty {
                let some = Array(old.prefix(Self.askedAtOnce))
                old = old.dropFirst(Self.askedAtOnce)
                let kept = try await named(some)
                let unnamed = some.filter { !kept.contains($0) }
                guard !unnamed.isEmpty else { continue }
                let taken = try await store.work { try place.collect(unnamed, changedBefore: before) }
                files += taken.files
                bytes += taken.bytes
            }
        }
        return .collected(files: files, bytes: bytes)
    }

    private static let askedAtOnce = 500
}

extension OwnerFolder {
    /// Removes what writers that died have left; returns the bytes.
    func removeAbandoned(changedBefore moment: Double) throws -> Int {
        var bytes = 0
        for name in try System.list(newFiles) {
            let path = "\(newFiles)/\(name)"
            guard let found = try System.look(path), found.changedAt < moment else { continue }
            if try System.remove(path) { bytes += found.byteCount }
        }
        return bytes
    }

    func leafFolders() throws -> [String] {
        var folders: [String] = []
        for first in try System.list(path).sorted() where first.utf8.count == 2 {
            for second in try System.list("\(path)/\(first)").sorted() {
                folders.append("\(path)/\(first)/\(second)")
            }
        }
        return folders
    }

    func digests(in folder: String, changedBefore moment: Double) throws -> [Digest] {
        try System.list(folder).compactMap { name in
            guard let digest = Digest(hex: name), let found = try System.look("\(folder)/\(name)"),
                found.changedAt < moment
            else { return nil }
            return digest
        }
    }

    /// Removes the files that are still old, while nobody keeps, links or holds one.
    func collect(_ digests: [Digest], changedBefore moment: Double) throws -> (files: Int, bytes: Int) {
        let lock = try LockFile(keepLock, .exclusive)
        defer { withExtendedLifetime(lock) {} }
        var files = 0
        var bytes = 0
        for digest in digests {
            let path = path(of: digest)
            guard let found = try System.look(path), found.changedAt < moment else { continue }
            if try System.remove(path) {
                files += 1
                bytes += found.byteCount
            }
        }
        return (files, bytes)
    }
}
