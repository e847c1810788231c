import Database
import Files
import Forms
import Foundation
import Logging
import Sealing
import Submissions

/// Takes away what people uploaded to the region and never handed in, a day after its draft is forgotten.
///
/// Files that a draft or a submission names stay; offices keep their own.
struct FileBroom: Sendable {
    private static let pause = Duration.seconds(6 * 3_600)

    let database: Database
    let files: FileStore
    let logger: Logger

    /// Goes four times a day until its task is cancelled; trouble now waits for the next time.
    func run() async throws {
        while !Task.isCancelled {
            do {
                let outcome = try await sweep(now: Date())
                if case .collected(let files, let bytes) = outcome, files > 0 {
                    logger.notice(
                        "unnamed uploads taken away",
                        metadata: ["files": "\(files)", "bytes": "\(bytes)"]
                    )
                }
            } catch is CancellationError {
                return
            } catch {
                logger.warning("uploads not swept", metadata: ["why": "\(error)"])
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    func sweep(now: Date) async throws -> FileCollector.Outcome {
        try await FileCollector(files).collect(owner: .region, now: now.timeIntervalSince1970) { digests in
            try await database.region { region in
                let drafts = try await FormStore.named(digests, in: region)
                return try await SubmissionStore.named(digests, in: region).union(drafts)
            }
        }
    }
}
