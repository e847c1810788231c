import Foundation
import Testing

/// A program run beside the tests, its output read line by line.
///
/// Not Foundation's `Process`: there a child inherits the descriptors by which others' ends are noticed, and
/// waiting for one server would last until all have ended.
final class Child: Sendable {
    private let pid: pid_t
    private let output: Int32

    init(_ program: String, _ arguments: [String]) throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        // A neighbour that started meanwhile may hold our end too; only the first line is ever read.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid = pid_t()
        try #require(
            posix_spawn(&pid, program, &actions, nil, &words, environ) == 0,
            "\(program) does not start"
        )
        close(ends[1])
        self.pid = pid
        output = ends[0]
    }

    /// What the program says first.
    func line() -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = max(0, read(output, &bytes, bytes.count))
        return String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines
        )
    }

    /// Waits for the end; 0 is success.
    func wait() -> Int32 {
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return status
    }

    func end() {
        kill(pid, SIGKILL)
        _ = wait()
    }

    deinit { close(output) }
}
