import ArgumentParser
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Post
import Sealing
import ServiceLifecycle
import Synchronization
import UnixSignals
import Web

/// `demo-office.json`: the foreign filing services of the demo and their keys, mode 0600.
struct ForeignOffices: Codable {
    struct Office: Codable {
        let tenant: String
        let prefix: String
        let key: String
    }

    let offices: [Office]

    private static func file(in data: URL) -> URL { data.appending(path: "demo-office.json") }

    init(offices: [Office]) { self.offices = offices }
    init(in data: URL) throws { self = try readJSON(ForeignOffices.self, Self.file(in: data)) }

    func write(in data: URL) throws { try writeSecret(JSONEncoder().encode(self), Self.file(in: data)) }
}

/// `epom demo-office`: a small filing service as another supplier would run it, behind the signed webhook.
///
/// It registers each delivery once under its own number, keeps what came in files, and then tells the region of
/// each step until the matter is settled, also after a restart.
struct ForeignOfficeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo-office",
        abstract: "The foreign filing services of the demo region."
    )

    func run() async throws {
        try await speaking {
            let settings = try Settings()
            let service = try ForeignService(settings)
            let server = Application(
                responder: service,
                configuration: .init(address: .hostname("127.0.0.1", port: settings.port + 2)),
                logger: Logger(label: "demo-office")
            )
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: server), .init(service: ForeignClerk(service: service))],
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: Logger(label: "demo-office")
                )
            )
            try await group.run()
        }
    }
}

private struct ForeignService: HTTPResponder {
    typealias Context = BasicRequestContext

    private struct Kept: Codable {
        let reference: String
        let submission: String
        let tenant: String
        let at: Date
        /// How many of the steps the region knows.
        var told = 0
        /// Nobody has confirmed it, so nothing but its number is told.
        var isUnconfirmed: Bool?
    }

    /// What its clerks do, and how many seconds after it came.
    private static let steps: [(status: String, seconds: Double, note: String)] = [
        ("registered", 3, "Zapsáno v podatelně (ukázková spisová služba)."),
        ("assigned", 8, "Věc převzal odbor, který ji vyřizuje (ukázková spisová služba)."),
        ("settled", 20, "Odpověď jsme poslali poštou (ukázková spisová služba)."),
    ]

    private let settings: Settings
    private let offices: [String: ForeignOffices.Office]
    private let folder: URL
    private let client = WebhookClient()

    init(_ settings: Settings) throws {
        self.settings = settings
        folder = settings.data.appending(path: "demo-office")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let known = try ForeignOffices(in: settings.data)
        offices = Dictionary(known.offices.map { ($0.tenant, $0) }, uniquingKeysWith: { $1 })
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        guard request.method == .post, let office = offices[String(request.uri.path.dropFirst())],
            let key = HMACKey(text: office.key)
        else { return Response(status: .notFound) }
        let body = Array(try await request.body.collect(upTo: 64 << 20).readableBytesView)
        let header = { (name: String) in HTTPField.Name(name).flatMap { request.headers[$0] } ?? "" }
        let delivery: String
        do {
            delivery = try WebhookSignature.verify(
                body: body,
                timestamp: header(WebhookSignature.timestampHeader),
                delivery: header(WebhookSignature.deliveryHeader),
                signature: header(WebhookSignature.signatureHeader),
                keys: [key],
                secondsNow: Int(Date().timeIntervalSince1970)
            )
        } catch {
            return Response(status: .unauthorized)
        }
        struct Parcel: Decodable {
            struct Inner: Decodable {
                let submissionID: String
                let confirmBy: String?
            }
            let delivery: Inner
        }
        guard let parcel = try? JSONDecoder().decode(Parcel.self, from: Data(body)) else {
            return Response(status: .badRequest)
        }
        let kept = try keep(
            delivery,
            parcel.delivery.submissionID,
            isUnconfirmed: parcel.delivery.confirmBy != nil,
            Data(body),
            office
        )
        let answer = try JSONEncoder().encode(["reference": kept.reference])
        return Response(
            status: .created,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer))
        )
    }

    private static let lock = Mutex(0)

    /// The same delivery gets the same number again.
    private func keep(
        _ delivery: String,
        _ submission: String,
        isUnconfirmed: Bool,
        _ body: Data,
        _ office: ForeignOffices.Office
    ) throws -> Kept {
        try Self.lock.withLock { _ in
            let file = folder.appending(path: "\(office.tenant)-\(delivery).json")
            if let known = try? readJSON(Kept.self, file) { return known }
            let count = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .count { $0.hasPrefix(office.tenant) && !$0.hasSuffix(".parcel.json") }
            let year = Calendar(identifier: .gregorian).component(.year, from: Date())
            let kept = Kept(
                reference: "\(office.prefix) \(40_000 + count + 1)/\(year)",
                submission: submission,
                tenant: office.tenant,
                at: Date(),
                isUnconfirmed: isUnconfirmed
            )
            try body.write(
                to: folder.appending(path: "\(office.tenant)-\(delivery).parcel.json"),
                options: .atomic
            )
            try JSONEncoder().encode(kept).write(to: file, options: .atomic)
            return kept
        }
    }

    /// Tells the next step of everything whose time has come; what fails is told the next time.
    func work() async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        for name in names.sorted() where name.hasSuffix(".json") && !name.hasSuffix(".parcel.json") {
            let file = folder.appending(path: name)
            var kept = try readJSON(Kept.self, file)
            let known = kept.isUnconfirmed == true ? 1 : Self.steps.count
            guard kept.told < known, let office = offices[kept.tenant],
                let key = HMACKey(text: office.key)
            else { continue }
            let step = Self.steps[kept.told]
            guard Date().timeIntervalSince(kept.at) >= step.seconds,
                try await report(step.status, step.note, kept, key)
            else { continue }
            kept.told += 1
            try JSONEncoder().encode(kept).write(to: file, options: .atomic)
        }
    }

    private func report(_ status: String, _ note: String, _ kept: Kept, _ key: HMACKey) async throws -> Bool {
        let body = ["office": kept.tenant, "status": status, "reference": kept.reference, "note": note]
        let address = WebhookAddress(
            "\(settings.hosts.regionURL)/api/submissions/\(kept.submission)/status"
                .replacingOccurrences(of: "//localhost", with: "//127.0.0.1")
        )
        guard let address else { return false }
        let answer = try? await client.deliver(
            to: address,
            delivery: "\(status)-\(kept.submission.lowercased())",
            body: Array(try JSONEncoder().encode(body)),
            key: key,
            secondsNow: Int(Date().timeIntervalSince1970)
        )
        return (200...299).contains(answer?.status ?? 0)
    }
}

/// Works through what came in until the process is asked to end.
private struct ForeignClerk: Service {
    let service: ForeignService

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await service.work() } catch is CancellationError { return }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
