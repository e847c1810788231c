package import Database
package import Sealing

/// Whose files they are: nothing is shared between owners.
///
/// A common store would tell one office what another has, and would stand in the way of erasing.
package enum FileOwner: Sendable, Hashable, CustomStringConvertible {
    case region
    case office(TenantName)

    /// The owner's folder in the store: `region`, `m_563510`.
    package var description: String {
        switch self {
        case .region: "region"
        case .office(let name): name.rawValue
        }
    }
}

/// A file that lies safely on the disk.
package struct StoredFile: Sendable, Hashable {
    package let digest: Digest
    package let byteCount: Int

    /// What the file is by its content.
    package let type: MediaType

    package init(digest: Digest, byteCount: Int, type: MediaType) {
        self.digest = digest
        self.byteCount = byteCount
        self.type = type
    }
}

/// The disk, or the owner's share of it, is full.
package struct StoreFull: Error, Equatable {}

/// Too much reading and writing waits; the server answers 503.
package struct StoreBusy: Error, Equatable {}

/// The store has no such file of this owner.
package struct FileMissing: Error, Equatable {
    package let digest: Digest
}

/// The bytes on the disk are not those that were stored.
package struct FileDamaged: Error, Equatable {
    package let digest: Digest
}

/// The system refused a call on a file.
package struct FileSystemError: Error, Equatable, CustomStringConvertible {
    package let call: String
    package let code: Int32
    package var description: String { "\(call): error \(code) of the system" }
}
