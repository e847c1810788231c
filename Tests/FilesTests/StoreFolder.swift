import Database
import Foundation
import Sealing
import Testing

@testable import Files

/// A store in a folder of its own, removed with the last reference.
final class StoreFolder: Sendable {
    let root: String
    let store: FileStore
    let village: FileOwner
    let town: FileOwner

    init(root: String? = nil) throws {
        self.root = root ?? NSTemporaryDirectory() + "epom-files-\(UUID().uuidString)"
        store = FileStore(root: self.root)
        village = .office(try #require(TenantName("m_563510")))
        town = .office(try #require(TenantName("m_564028")))
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ owner: FileOwner, _ digest: Digest) -> String {
        let hex = digest.hex
        return "\(root)/\(owner)/\(hex.prefix(2))/\(hex.dropFirst(2).prefix(2))/\(hex)"
    }

    func exists(_ owner: FileOwner, _ digest: Digest) -> Bool {
        FileManager.default.fileExists(atPath: path(owner, digest))
    }

    /// What lies in the owner's folder of unfinished files.
    func unfinished(_ owner: FileOwner) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(owner)/new")
    }

    /// A PDF by its beginning, as long as asked.
    static func pdf(_ byteCount: Int, seed: UInt8 = 0) -> [UInt8] {
        Array("%PDF-1.7\n".utf8.prefix(byteCount))
            + (0..<max(0, byteCount - 9)).map { UInt8(truncatingIfNeeded: $0 &* 7) ^ seed }
    }

    static func stream(_ bytes: [UInt8], by size: Int) -> AsyncThrowingStream<ArraySlice<UInt8>, any Error> {
        AsyncThrowingStream { continuation in
            var rest = bytes[...]
            while !rest.isEmpty {
                continuation.yield(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            continuation.finish()
        }
    }
}

func collected<Chunks: AsyncSequence>(_ chunks: Chunks) async throws -> [UInt8]
where Chunks.Element == [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in chunks { bytes += chunk }
    return bytes
}

/// Runs a program and gives back its exit code.
func run(_ program: String, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
}
