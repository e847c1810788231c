package import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Sealing

/// Style sheet, script and icon, kept in memory: small, few, and named by the digest of all of them.
package struct AssetRoutes: Sendable {
    private struct Asset: Sendable {
        let type: String
        let body: ByteBuffer
    }

    private let assets: [String: Asset]
    /// Stands in their addresses, so that browsers may keep them for a year.
    package let version: String

    package init(directory: URL) throws {
        var assets: [String: Asset] = [:]
        var all: [UInt8] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() {
            guard let type = Self.types[URL(filePath: name).pathExtension] else { continue }
            let bytes = try Data(contentsOf: directory.appending(path: name))
            all += bytes
            assets[name] = Asset(type: type, body: ByteBuffer(bytes: bytes))
        }
        self.assets = assets
        version = String(Digest(of: all).hex.prefix(12))
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]

    package var routes: [Route] {
        [
            .open(
                .get,
                "/assets/:version/:name",
                on: [.region, .office],
                "Soubor vzhledu stránek",
                asset
            ).sending("*/*")
        ]
    }

    @Sendable private func asset(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let asset = assets[try visit.parameter("name")] else { throw PlainRefusal.missing }
        let isCurrent = try visit.parameter("version") == version
        return Response(
            status: .ok,
            headers: [
                .contentType: asset.type,
                .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "public, max-age=60",
            ],
            body: ResponseBody(byteBuffer: asset.body)
        )
    }
}
