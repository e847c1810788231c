import Foundation
import Sealing
import Testing

@testable import Files

@Suite("The collector of files")
struct FileCollectorTests {
    struct Unreachable: Error {}

    /// Seconds since 1970, later by so much than now.
    static func later(_ seconds: Double) -> Double { Date().timeIntervalSince1970 + seconds }

    static let dayLater = 86_400.0 + 60

    @Test("takes what no row names once it is a day old, and nothing else")
    func collects() async throws {
        let folder = try StoreFolder()
        let named = try await folder.store.write(owner: folder.village, bytes: StoreFolder.pdf(100)).digest
        let unnamed = try await folder.store.write(owner: folder.village, bytes: StoreFolder.pdf(200)).digest
        let others = try await folder.store.write(owner: folder.town, bytes: StoreFolder.pdf(300)).digest
        let collector = FileCollector(folder.store)
        func collect(_ now: Double) async throws -> FileCollector.Outcome {
            try await collector.collect(owner: folder.village, now: now) { asked in
                #expect(!asked.contains(others))
                return [named]
            }
        }
        #expect(try await collect(Self.later(86_400 - 60)) == .collected(files: 0, bytes: 0))
        #expect(folder.exists(folder.village, unnamed))
        #expect(try await collect(Self.later(Self.dayLater)) == .collected(files: 1, bytes: 200))
        #expect(!folder.exists(folder.village, unnamed))
        #expect(folder.exists(folder.village, named))
        #expect(folder.exists(folder.town, others))
    }

    @Test("takes away what a writer that died has left")
    func abandoned() async throws {
        let folder = try StoreFolder()
        _ = try await folder.store.write(owner: .region, bytes: StoreFolder.pdf(100))
        try Data(count: 70).write(to: URL(fileURLWithPath: "\(folder.root)/region/new/left"))
        let outcome = try await FileCollector(folder.store).collect(
            owner: .region,
            now: Self.later(Self.dayLater)
        ) { Set($0) }
        #expect(outcome == .collected(files: 0, bytes: 70))
        #expect(try folder.unfinished(.region).isEmpty)
    }

    @Test("asks for many files in parts")
    func many() async throws {
        let folder = try StoreFolder()
        var digests: Set<Digest> = []
        for number in 0..<30 {
            digests.insert(
                try await folder.store.write(owner: .region, bytes: Array("soubor \(number)".utf8)).digest
            )
        }
        var asked: [Digest] = []
        let outcome = try await FileCollector(folder.store).collect(
            owner: .region,
            now: Self.later(Self.dayLater)
        ) {
            asked += $0
            return []
        }
        #expect(Set(asked) == digests)
        if case .collected(let files, _) = outcome {
            #expect(files == 30)
        } else {
            Issue.record("\(outcome)")
        }
    }

    @Test("takes nothing when it cannot learn what is named")
    func unreachable() async throws {
        let folder = try StoreFolder()
        let digest = try await folder.store.write(owner: .region, bytes: StoreFolder.pdf(100)).digest
        await #expect(throws: Unreachable.self) {
            try await FileCollector(folder.store).collect(owner: .region, now: Self.later(Self.dayLater)) {
                _ in
                throw Unreachable()
            }
        }
        #expect(folder.exists(.region, digest))
    }

    @Test("spares a file that is written, linked or held anew while it asks")
    func renewed() async throws {
        let folder = try StoreFolder()
        let store = folder.store
        let written = try await store.write(owner: .region, bytes: StoreFolder.pdf(100)).digest
        let held = try await store.write(owner: .region, bytes: StoreFolder.pdf(200)).digest
        let gone = try await store.write(owner: .region, bytes: StoreFolder.pdf(300)).digest
        // All three are "old" for a collector whose day ends between now and the renewal.
        try await Task.sleep(for: .milliseconds(30))
        let now = Date().timeIntervalSince1970 + FileCollector.ageSecondsMin
        try await Task.sleep(for: .milliseconds(30))
        let outcome = try await FileCollector(store).collect(owner: .region, now: now) { asked in
            if asked.contains(written) {
                _ = try await store.write(owner: .region, bytes: StoreFolder.pdf(100))
            }
            if asked.contains(held) { try await store.hold(owner: .region, digest: held) }
            return []
        }
        #expect(outcome == .collected(files: 1, bytes: 300))
        #expect(folder.exists(.region, written))
        #expect(folder.exists(.region, held))
        #expect(!folder.exists(.region, gone))
    }

    @Test("rests while a backup holds its lock, and while another collector works")
    func locks() async throws {
        let folder = try StoreFolder()
        let digest = try await folder.store.write(owner: .region, bytes: StoreFolder.pdf(100)).digest
        let collector = FileCollector(folder.store)
        func collect() async throws -> FileCollector.Outcome {
            try await collector.collect(owner: .region, now: Self.later(Self.dayLater)) { _ in [] }
        }
        do {
            // A backup is another program: the shell's flock.
            let backup = Process()
            backup.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
            let line = Pipe()
            let stop = Pipe()
            backup.arguments = ["\(folder.root)/backup.lock", "/bin/sh", "-c", "echo locked; read line"]
            backup.standardOutput = line
            backup.standardInput = stop
            try backup.run()
            #expect(!line.fileHandleForReading.availableData.isEmpty)
            #expect(try await collect() == .pausedForBackup)
            try stop.fileHandleForWriting.close()
            backup.waitUntilExit()
        }
        do {
            let other = try LockFile("\(folder.root)/collector.lock", .exclusive)
            #expect(try await collect() == .anotherCollectorWorks)
            withExtendedLifetime(other) {}
        }
        #expect(folder.exists(.region, digest))
        #expect(try await collect() == .collected(files: 1, bytes: 100))
    }

    @Test("finds nothing where nothing was ever kept")
    func nothing() async throws {
        let folder = try StoreFolder()
        let outcome = try await FileCollector(folder.store).collect(owner: .region, now: 0) { _ in [] }
        #expect(outcome == .collected(files: 0, bytes: 0))
    }
}
