import Foundation

/// The calls on files, with errors thrown; all of them block.
enum System {
    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0) throws -> Int32 {
        let descriptor = Foundation.open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("open") }
        return descriptor
    }

    static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw failure("write") }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    /// Up to `count` bytes from `offset` on; fewer only at the end of the file.
    static func read(_ descriptor: Int32, at offset: Int, count: Int) throws -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(buffer)[filled...]
                let got = pread(
                    descriptor,
                    UnsafeMutableRawBufferPointer(rebasing: rest).baseAddress,
                    count - filled,
                    off_t(offset + filled)
                )
                if got < 0 && errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { return }
                filled += got
            }
        }
        if failed { throw failure("read") }
        return bytes
    }

    static func sync(_ descriptor: Int32) throws {
        guard fsync(descriptor) == 0 else { throw failure("fsync") }
    }

    static func syncFolder(_ path: String) throws {
        let descriptor = try open(path, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        try sync(descriptor)
    }

    /// Makes the folder and those above it that are missing, each lasting before the next is made.
    static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o700) == 0 {
            try syncFolder(parent(path))
            return
        }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try makeFolder(parent(path))
            try makeFolder(path)
        default: throw failure("mkdir")
        }
    }

    static func move(_ from: String, to: String) throws {
        guard rename(from, to) == 0 else { throw failure("rename") }
    }

    /// False when the file was not there.
    @discardableResult
    static func remove(_ path: String) throws -> Bool {
        if unlink(path) == 0 { return true }
        guard errno == ENOENT else { throw failure("unlink") }
        return false
    }

    /// Size and seconds since 1970 of the last change of the file, its names or its rights; nil when missing.
    static func look(_ path: String) throws -> (byteCount: Int, changedAt: Double)? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw failure("stat")
        }
        let changed = Double(status.st_ctim.tv_sec) + Double(status.st_ctim.tv_nsec) / 1e9
        return (Int(status.st_size), changed)
    }

    static func size(_ descriptor: Int32) throws -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("fstat") }
        return Int(status.st_size)
    }

    /// The names in a folder without `.` and `..`; none when the folder is missing.
    static func list(_ path: String) throws -> [String] {
        guard let folder = opendir(path) else {
            if errno == ENOENT { return [] }
            throw failure("opendir")
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// The error of the call that failed just now.
    static func failure(_ call: String) -> any Error {
        let code = errno
        return code == ENOSPC || code == EDQUOT ? StoreFull() : FileSystemError(call: call, code: code)
    }

    private static func parent(_ path: String) -> String {
        let above = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
        return (path.hasPrefix("/") ? "/" : "")
            + (above.isEmpty && !path.hasPrefix("/") ? "." : above.joined(separator: "/"))
    }
}

/// A lock that other processes see, held until the last reference goes.
///
/// The shell's `flock` takes the same locks.
final class LockFile: Sendable {
    enum Kind: Int32 {
        case shared = 1
        case exclusive = 2
    }

    private let descriptor: Int32

    /// Waits for the lock.
    init(_ path: String, _ kind: Kind) throws {
        let descriptor = try System.open(path, O_RDWR | O_CREAT, mode: 0o600)
        while flock(descriptor, kind.rawValue) != 0 {
            guard errno == EINTR else {
                let failure = System.failure("flock")
                close(descriptor)
                throw failure
            }
        }
        self.descriptor = descriptor
    }

    /// Nil when somebody else holds it.
    init?(ifFree path: String, _ kind: Kind) throws {
        let descriptor = try System.open(path, O_RDWR | O_CREAT, mode: 0o600)
        guard flock(descriptor, kind.rawValue | LOCK_NB) == 0 else {
            let failure = System.failure("flock")
            let taken = errno == EWOULDBLOCK
            close(descriptor)
            if taken { return nil }
            throw failure
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
