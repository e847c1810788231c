import Foundation
import Support
import Synchronization
import Testing

/// A program beside the tests, as an operator would run it: it can be killed and asked for its last words.
final class Program: Sendable {
    let pid: pid_t
    private let outputFile: String
    private let ended = Mutex<Int32?>(nil)

    /// `epom` of this very build, which lies beside the tests.
    static let epom: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(filePath: own).deletingLastPathComponent().appending(path: "epom").path
        return FileManager.default.isExecutableFile(atPath: beside)
            ? beside : TestCell.root.appending(path: ".build/debug/epom").path
    }()

    struct Outcome: Sendable {
        /// 0 is success; 128 and more, ended by a signal.
        let code: Int32
        let said: String
    }

    init(_ words: [String], environment: [String: String] = [:], output: String) throws {
        outputFile = output
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("EPOM_") }
        let merged = inherited.merging(environment) { $1 }
        var arguments = words.map { strdup($0) } + [nil]
        var variables = merged.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in arguments + variables { free(word) } }
        var pid = pid_t()
        let code = posix_spawn(&pid, words[0], &actions, nil, &arguments, &variables)
        try #require(code == 0, "\(words[0]) does not start: \(String(cString: strerror(code)))")
        self.pid = pid
        Nursery.took(pid)
    }

    var said: String { (try? String(contentsOfFile: outputFile, encoding: .utf8)) ?? "" }

    /// False for one that has ended and is not yet waited for, too.
    var isRunning: Bool {
        let line = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        return !line.isEmpty && !line.contains(") Z ")
    }

    func wait() async throws -> Outcome {
        let code = try await onThread { [self] in
            ended.withLock { known in
                if let known { return known }
                var status: Int32 = 0
                while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                Nursery.left(pid)
                let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
                known = code
                return code
            }
        }
        return Outcome(code: code, said: said)
    }

    func kill() async throws {
        Foundation.kill(pid, SIGKILL)
        _ = try await wait()
    }

    /// Asks it to end, as an operator does.
    func end() async throws -> Outcome {
        Foundation.kill(pid, SIGTERM)
        return try await wait()
    }
}

/// What must not outlive the tests, however they end.
private enum Nursery {
    private static let programs = Mutex<Set<pid_t>>([])
    private static let isWatched: Bool = {
        atexit {
            for pid in Nursery.programs.withLock({ $0 }) { kill(pid, SIGKILL) }
        }
        return true
    }()

    static func took(_ pid: pid_t) {
        _ = isWatched
        programs.withLock { _ = $0.insert(pid) }
    }

    static func left(_ pid: pid_t) { programs.withLock { _ = $0.remove(pid) } }
}

/// Runs blocking work on a thread of its own.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
}

/// Asks again until the answer is there; what takes longer than a minute has failed.
@discardableResult
func eventually<Value: Sendable>(
    _ what: Comment,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ look: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
        if let value = try await look() { return value }
        try #require(ContinuousClock.now < deadline, what, sourceLocation: sourceLocation)
        try await Task.sleep(for: .milliseconds(50))
    }
}
