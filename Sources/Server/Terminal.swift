import ArgumentParser
import Database
import Foundation
import Office
import Synchronization

/// Runs a command and turns what it throws into one line and exit code 1.
func speaking(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let refusal as any Refusal {
        try fail(refusal.czech)
    } catch let error as ValidationError {
        throw error
    } catch let code as ExitCode {
        throw code
    } catch {
        try fail("\(error)")
    }
}

func fail(_ sentence: String) throws -> Never {
    FileHandle.standardError.write(Data("ePOM: \(sentence)\n".utf8))
    throw ExitCode.failure
}

/// Stops with the complete list of what Postgres lacks; on localhost alone it may give durability up.
func requireGood(
    _ settings: ServerSettings?,
    connectionsNeeded: Int,
    isLocal: Bool,
    warns: Bool = true
) throws {
    guard let settings else { return }
    var faults = settings.faults(connectionsNeeded: connectionsNeeded)
    if let warning = settings.warning {
        if !isLocal {
            faults.append(warning)
        } else if warns {
            print("Postgres: \(warning)")
        }
    }
    guard !faults.isEmpty else { return }
    try fail("Postgres is not set up for ePOM:\n  - " + faults.joined(separator: "\n  - "))
}

/// A line that moves on a terminal; elsewhere a line every tenth of the work.
final class ProgressBar: Sendable {
    private let total: Int
    private let isShown: Bool
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private let done = Mutex(0)

    init(total: Int, isShown: Bool = true) {
        self.total = total
        self.isShown = isShown
    }

    func step(_ what: String) {
        reach(
            done.withLock {
                $0 += 1; return $0
            },
            what
        )
    }

    func reach(_ count: Int, _ what: String) {
        done.withLock { $0 = count }
        guard isShown, total > 0 else { return }
        let width = 30
        let filled = count * width / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        if isTerminal {
            print("\r\u{1B}[K\(bar) \(count)/\(total) \(what)", terminator: "")
            fflush(nil)
        } else if count == total || count % max(1, total / 10) == 0 {
            print("\(count)/\(total) \(what)")
        }
    }

    func end() { if isShown, isTerminal, total > 0 { print() } }
}
