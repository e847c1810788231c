import Foundation
import Synchronization

/// A few threads of their own for work that blocks, with a bounded queue before them.
///
/// Blocking calls never run on Swift's cooperative pool: two slow disks would stop the whole server.
/// The threads end when the last reference to the crew goes.
package final class Crew: Sendable {
    /// More work waits than the crew may hold; the caller answers 503 or tries later.
    package struct Busy: Error, Equatable, CustomStringConvertible {
        package let crew: String
        package var description: String { "too much work waits for \(crew)" }
    }

    private let name: String
    private let board: JobBoard

    /// Starts `threads` threads; at most `waitingMax` jobs wait while all of them work.
    package init(name: String, threads: Int, waitingMax: Int) {
        precondition(threads > 0 && waitingMax >= 0)
        self.name = name
        board = JobBoard(threads: threads, waitingMax: waitingMax)
        let started = DispatchSemaphore(value: 0)
        for number in 1...threads {
            let board = board
            let thread = Thread {
                // Set from inside, since the name given before the start does not reach the system; and once all
                // have started, since Foundation drops the name of a thread that it does not know yet.
                started.wait()
                Thread.current.name = "\(name)-\(number)"
                while let job = board.next() {
                    job.work()
                    board.done()
                }
            }
            thread.start()
        }
        for _ in 1...threads { started.signal() }
    }

    deinit { board.close() }

    /// Runs `work` on a thread of the crew.
    ///
    /// Throws ``Busy`` at once when the queue is full, `CancellationError` when the task was cancelled before
    /// the work began, otherwise what the work throws. Work that has begun is not interrupted.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let cancelled = Flag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Value, any Error>) in
                let job = Job {
                    guard !cancelled.isRaised else {
                        continuation.resume(throwing: CancellationError())
                        return
                    }
                    continuation.resume(with: Result(catching: work))
                }
                guard board.post(job) else {
                    continuation.resume(throwing: Busy(crew: name))
                    return
                }
            }
        } onCancel: {
            cancelled.raise()
        }
    }

    /// Jobs that wait for a thread now; for the metrics.
    package var waiting: Int { board.waiting }
}

private struct Job: Sendable {
    let work: @Sendable () -> Void
}

private final class Flag: Sendable {
    private let raised = Atomic(false)
    var isRaised: Bool { raised.load(ordering: .acquiring) }
    func raise() { raised.store(true, ordering: .releasing) }
}

/// Where jobs are put and taken.
///
/// `@unchecked`: every stored variable is read and written only while `condition` is locked.
private final class JobBoard: @unchecked Sendable {
    private let condition = NSCondition()
    private let threads: Int
    private let waitingMax: Int
    private var jobs: [Job] = []
    private var working = 0
    private var closed = false

    init(threads: Int, waitingMax: Int) {
        self.threads = threads
        self.waitingMax = waitingMax
    }

    var waiting: Int { condition.withLock { max(0, jobs.count - (threads - working)) } }

    /// False when all threads have work and `waitingMax` jobs wait already.
    func post(_ job: Job) -> Bool {
        condition.withLock {
            guard !closed, working + jobs.count < threads + waitingMax else { return false }
            jobs.append(job)
            condition.signal()
            return true
        }
    }

    /// Blocks until there is a job; nil once the board is closed and empty.
    func next() -> Job? {
        condition.withLock {
            while jobs.isEmpty {
                if closed { return nil }
                condition.wait()
            }
            working += 1
            return jobs.removeFirst()
        }
    }

    func done() { condition.withLock { working -= 1 } }

    func close() {
        condition.withLock {
            closed = true
            condition.broadcast()
        }
    }
}
