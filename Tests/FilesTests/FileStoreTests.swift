import Foundation
import Sealing
import Testing

@testable import Files

@Suite("The store of files")
struct FileStoreTests {
    struct BrokenOff: Error {}

    @Test(
        "keeps what was streamed, whatever the chunks",
        arguments: [1, 10, (64 << 10) - 1, 64 << 10, (64 << 10) + 1, 300_000],
        [1000, 128 << 10]
    )
    func roundTrip(byteCount: Int, chunk: Int) async throws {
        let folder = try StoreFolder()
        let bytes = byteCount == 1 ? Array("a".utf8) : StoreFolder.pdf(byteCount)
        let stored = try await folder.store.write(
            owner: folder.village,
            bytesMax: byteCount,
            StoreFolder.stream(bytes, by: chunk)
        )
        #expect(stored.digest == Digest(of: bytes))
        #expect(stored.byteCount == byteCount)
        #expect(stored.type == (byteCount == 1 ? .text : .pdf))
        let body = try await folder.store.read(owner: folder.village, digest: stored.digest)
        #expect(body.byteCount == byteCount)
        var sizes: [Int] = []
        var read: [UInt8] = []
        for try await chunk in body {
            sizes.append(chunk.count)
            read += chunk
        }
        #expect(read == bytes)
        #expect(sizes.dropLast().allSatisfy { $0 == 64 << 10 })
        #expect(try folder.unfinished(folder.village).isEmpty)
    }

    @Test("takes the largest file allowed and refuses one byte more, leaving nothing")
    func sizes() async throws {
        let folder = try StoreFolder()
        let limit = 200_000
        func write(_ count: Int) async throws -> StoredFile {
            try await folder.store.write(
                owner: .region,
                bytesMax: limit,
                StoreFolder.stream(StoreFolder.pdf(count), by: 4096)
            )
        }
        #expect(try await write(limit).byteCount == limit)
        await #expect(throws: FileRefusal.tooLarge(bytesMax: limit)) { try await write(limit + 1) }
        await #expect(throws: FileRefusal.empty) { try await write(0) }
        try await Self.settle { try folder.unfinished(.region).isEmpty }
        #expect(!folder.exists(.region, Digest(of: StoreFolder.pdf(limit + 1))))
    }

    @Test("refuses by content what is not accepted, leaving nothing")
    func types() async throws {
        let folder = try StoreFolder()
        let program = [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 100)
        await #expect(throws: FileRefusal.notAccepted(.program, MediaType.accepted)) {
            try await folder.store.write(owner: .region, bytes: program)
        }
        await #expect(throws: FileRefusal.notAccepted(.pdf, [.png])) {
            try await folder.store.write(owner: .region, bytes: StoreFolder.pdf(50), accepting: [.png])
        }
        try await Self.settle { try folder.unfinished(.region).isEmpty }
    }

    @Test("leaves nothing of a stream that broke off or a task that was cancelled")
    func brokenOff() async throws {
        let folder = try StoreFolder()
        let broken = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(StoreFolder.pdf(300_000))
            continuation.finish(throwing: BrokenOff())
        }
        await #expect(throws: BrokenOff.self) {
            try await folder.store.write(owner: .region, bytesMax: .max, broken)
        }
        let (endless, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        continuation.yield(StoreFolder.pdf(300_000))
        let task = Task { try await folder.store.write(owner: .region, bytesMax: .max, endless) }
        while try folder.unfinished(.region).isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        try await Self.settle { try folder.unfinished(.region).isEmpty }
    }

    @Test("keeps the same content once, also when many write it at once")
    func sameContent() async throws {
        let folder = try StoreFolder()
        let bytes = StoreFolder.pdf(150_000)
        let digests = try await withThrowingTaskGroup(of: Digest.self) { group in
            for _ in 0..<20 {
                group.addTask { try await folder.store.write(owner: .region, bytes: bytes).digest }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(digests == [Digest(of: bytes)])
        #expect(try await collected(folder.store.read(owner: .region, digest: Digest(of: bytes))) == bytes)
    }

    @Test("shows one owner nothing of another's")
    func owners() async throws {
        let folder = try StoreFolder()
        let stored = try await folder.store.write(owner: folder.village, bytes: StoreFolder.pdf(100))
        for other in [folder.town, .region] {
            await #expect(throws: FileMissing(digest: stored.digest)) {
                try await folder.store.read(owner: other, digest: stored.digest)
            }
            await #expect(throws: FileMissing(digest: stored.digest)) {
                try await folder.store.hold(owner: other, digest: stored.digest)
            }
            #expect(try await !folder.store.remove(owner: other, digest: stored.digest))
        }
        #expect(try await folder.store.hold(owner: folder.village, digest: stored.digest) == 100)
    }

    @Test("links a delivery, and each keeps its own")
    func links() async throws {
        let folder = try StoreFolder()
        let bytes = StoreFolder.pdf(100)
        let digest = try await folder.store.write(owner: .region, bytes: bytes).digest
        try await folder.store.link(from: .region, to: folder.village, digest: digest)
        try await folder.store.link(from: .region, to: folder.village, digest: digest)
        #expect(try await folder.store.remove(owner: .region, digest: digest))
        #expect(try await !folder.store.remove(owner: .region, digest: digest))
        #expect(try await folder.store.bytes(owner: folder.village, digest: digest, bytesMax: 100) == bytes)
        await #expect(throws: FileRefusal.tooLarge(bytesMax: 99)) {
            try await folder.store.bytes(owner: folder.village, digest: digest, bytesMax: 99)
        }
        await #expect(throws: FileMissing(digest: digest)) {
            try await folder.store.link(from: .region, to: folder.town, digest: digest)
        }
    }

    @Test("never gives out the end of a damaged file", arguments: [100, 64 << 10, 200_000])
    func damage(byteCount: Int) async throws {
        let folder = try StoreFolder()
        let digest = try await folder.store.write(owner: .region, bytes: StoreFolder.pdf(byteCount)).digest
        let path = folder.path(.region, digest)
        let whole = StoreFolder.pdf(byteCount)
        for damaged in [whole.dropLast() + [whole[byteCount - 1] ^ 1], Array(whole.dropLast()), whole + [0]] {
            _ = chmod(path, 0o600)
            try Data(damaged).write(to: URL(fileURLWithPath: path))
            var got = 0
            let body = try await folder.store.read(owner: .region, digest: digest)
            do {
                for try await chunk in body { got += chunk.count }
                Issue.record("a damaged file was given out")
            } catch {
                #expect(error as? FileDamaged == FileDamaged(digest: digest))
            }
            #expect(got < damaged.count)
        }
    }

    @Test("says that it is full when the disk is, leaving nothing, and goes on when there is room")
    func full() async throws {
        let mountPoint = NSTemporaryDirectory() + "epom-full-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: mountPoint, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: mountPoint) }
        let mounted =
            try geteuid() == 0
            && run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", mountPoint]) == 0
        guard mounted else {
            print("skipped: a small disk can only be mounted by root")
            return
        }
        defer { _ = try? run("/usr/bin/umount", [mountPoint]) }
        let folder = try StoreFolder(root: "\(mountPoint)/files")
        let small = try await folder.store.write(owner: .region, bytes: StoreFolder.pdf(100_000))
        await #expect(throws: StoreFull()) {
            try await folder.store.write(owner: .region, bytes: StoreFolder.pdf(700_000))
        }
        try await Self.settle { try folder.unfinished(.region).isEmpty }
        _ = try await folder.store.write(owner: .region, bytes: StoreFolder.pdf(200_000))
        #expect(try await folder.store.hold(owner: .region, digest: small.digest) == 100_000)
        // Linked across disks, the file is copied.
        let elsewhere = try StoreFolder()
        let source = folder.path(.region, small.digest)
        let place = OwnerFolder(root: elsewhere.root, path: "\(elsewhere.root)/region")
        try place.link(source, small.digest)
        #expect(
            try await elsewhere.store.bytes(owner: .region, digest: small.digest, bytesMax: 100_000)
                == StoreFolder.pdf(100_000)
        )
    }

    @Test("refuses work beyond its queue")
    func busy() async throws {
        let root = NSTemporaryDirectory() + "epom-busy-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        let store = FileStore(root: root, threads: 1, waitingMax: 0)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask {
                    do {
                        _ = try await store.write(
                            owner: .region,
                            bytes: StoreFolder.pdf(50_000, seed: UInt8(number))
                        )
                        return true
                    } catch {
                        #expect(error is StoreBusy)
                        return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.contains(false))
    }

    /// The last reference to an unfinished file may go a moment after the error came.
    static func settle(_ condition: () throws -> Bool) async throws {
        for _ in 0..<200 where try !condition() { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try condition())
    }
}
