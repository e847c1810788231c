package import Database
package import Sealing

/// A digest is kept as `bytea` of 32 bytes.
extension Digest: SQLEncodable, SQLDecodable {
    package var sqlValue: SQLValue { .bytes(bytes) }

    package init(cell: Cell) throws {
        guard let digest = Digest(bytes: try [UInt8](cell: cell)) else {
            throw cell.unreadable(as: Digest.self)
        }
        self = digest
    }
}
