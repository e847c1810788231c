import Foundation
import Support
import Testing

/// A disk of a few megabytes that can be filled and emptied.
final class SmallDisk: Sendable {
    static let isPossible = geteuid() == 0
    static let why: Comment = "only root may mount a small disk"

    let path: String
    private var ballast: String { path + "/ballast" }

    init(megabytes: Int, owner: String = "epom") throws {
        path = NSTemporaryDirectory() + "epom-disk-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let user = try #require(getpwnam(owner), "there is no user \(owner)")
        let options = "size=\(megabytes)m,mode=700,uid=\(user.pointee.pw_uid),gid=\(user.pointee.pw_gid)"
        try #require(Self.run("/usr/bin/mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]) == 0)
    }

    deinit {
        // Lazily: a server may still have a file of it open.
        _ = try? Self.run("/usr/bin/umount", ["--lazy", path])
        rmdir(path)
    }

    /// Leaves no room at all.
    func fill() throws {
        let file = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(file) }
        for size in [1 << 16, 1] {
            let block = [UInt8](repeating: 0x61, count: size)
            while write(file, block, size) > 0 {}
        }
        try #require(errno == ENOSPC)
    }

    func empty() { unlink(ballast) }

    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
