import Foundation
import Synchronization
import Testing

@testable import Workshop

@Suite("A crew of threads")
struct CrewTests {
    struct Broken: Error {}

    @Test("gives back what the work gives, and throws what it throws")
    func results() async throws {
        let crew = Crew(name: "test", threads: 2, waitingMax: 4)
        #expect(try await crew.run { 6 * 7 } == 42)
        await #expect(throws: Broken.self) { try await crew.run { throw Broken() } }
    }

    @Test("never works on more threads than it has, and refuses the first job beyond its queue")
    func bounds() async throws {
        let crew = Crew(name: "test", threads: 2, waitingMax: 3)
        let gate = DispatchSemaphore(value: 0)
        let now = Mutex((running: 0, most: 0))
        let work: @Sendable () -> Void = {
            now.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
            }
            gate.wait()
            now.withLock { $0.running -= 1 }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { try await crew.run(work) } }
            while now.withLock({ $0.running }) < 2 || crew.waiting < 3 { await Task.yield() }
            await #expect(throws: Crew.Busy(crew: "test")) { try await crew.run {} }
            for _ in 0..<5 { gate.signal() }
            try await group.waitForAll()
        }
        #expect(now.withLock { $0.most } == 2)
        try await crew.run {}
    }

    @Test("with no place to wait takes a job only for an idle thread")
    func noQueue() async throws {
        let crew = Crew(name: "test", threads: 1, waitingMax: 0)
        let started = DispatchSemaphore(value: 0)
        let gate = DispatchSemaphore(value: 0)
        let first = Task {
            try await crew.run {
                started.signal()
                gate.wait()
            }
        }
        await Self.wait(for: started)
        await #expect(throws: Crew.Busy(crew: "test")) { try await crew.run {} }
        gate.signal()
        try await first.value
    }

    @Test("does not begin the work of a task that was cancelled while it waited")
    func cancellation() async throws {
        let crew = Crew(name: "test", threads: 1, waitingMax: 2)
        let gate = DispatchSemaphore(value: 0)
        let began = Atomic(false)
        let first = Task { try await crew.run { _ = gate.wait(timeout: .now() + 10) } }
        while crew.waiting > 0 { await Task.yield() }
        let second = Task { try await crew.run { began.store(true, ordering: .relaxed) } }
        while crew.waiting < 1 { await Task.yield() }
        second.cancel()
        gate.signal()
        try await first.value
        await #expect(throws: CancellationError.self) { try await second.value }
        let didBegin = began.load(ordering: .relaxed)
        #expect(!didBegin)
    }

    @Test("lets its threads go when nobody needs it any more")
    func end() async throws {
        func threads() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").filter { task in
                let name = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
                return name?.hasPrefix("ending-") ?? false
            }.count
        }
        /// The kernel's list may skip a thread while others end, so one look is not enough.
        func become(_ count: Int) async throws -> Bool {
            for _ in 0..<2000 {
                if try threads() == count { return true }
                try await Task.sleep(for: .milliseconds(10))
            }
            return false
        }
        do {
            let crew = Crew(name: "ending", threads: 3, waitingMax: 1)
            try await crew.run {}
            #expect(try await become(3))
            try await crew.run {}
        }
        #expect(try await become(0))
    }

    private static func wait(for semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                semaphore.wait()
                continuation.resume()
            }
        }
    }
}
