import ArgumentParser
import Database
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Logging
import Messages
import NIOCore
import Records
import Region
import ServiceLifecycle
import UnixSignals
import Web

/// `epom serve`: the one HTTP server.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves until it is told to end; requests under way are finished."
    )

    func run() async throws {
        try await speaking {
            var logger = Logger(label: "epom")
            logger.logLevel =
                ProcessInfo.processInfo.environment["EPOM_LOG"].flatMap {
                    Logger.Level(rawValue: $0)
                } ?? .notice
            let settings = try Settings()
            let assembly = try Assembly(settings, logger: logger)
            try requireGood(
                try await assembly.database.region { try await ServerSettings.read(in: $0) },
                connectionsNeeded: try ServeCredentials(in: settings.data).configuration.connectionsNeeded,
                isLocal: settings.isLocal
            )
            try await assembly.book.renew()
            if !settings.isLocal {
                let hasDemo = try await assembly.database.region { try await UserStore.hasDemoUsers(in: $0) }
                if hasDemo { try fail("the database has demo accounts; they may serve on localhost only") }
            }
            let server = Entrance.application(
                assembly.reception,
                port: settings.port,
                hatch: assembly.reception.hatch,
                logger: logger
            )
            let metrics = Entrance.application(
                MetricsResponder(assembly: assembly),
                port: settings.metricsPort,
                logger: logger
            )
            let group = ServiceGroup(
                configuration: .init(
                    services: assembly.workers.map { .init(service: Worker(body: $0)) }
                        + [.init(service: metrics), .init(service: server)],
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: logger
                )
            )
            try await group.run()
            assembly.database.stop()
        }
    }
}

/// A loop that works until the server is asked to end.
private struct Worker: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do { try await body() } catch is CancellationError {}
            // A loop that ends by itself must not end the server.
            try? await Task.sleep(for: .seconds(86_400 * 3650))
        }
    }
}

/// Answers `/metrics` on a loopback port of its own.
private struct MetricsResponder: HTTPResponder {
    typealias Context = BasicRequestContext
    let assembly: Assembly

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        guard request.uri.path == "/metrics" else { return Response(status: .notFound) }
        var gauges: [(name: String, value: Double)] = []
        for pool in assembly.database.load {
            gauges.append(("epom_pool_up{pool=\"\(pool.pool)\"}", Double(pool.up)))
            gauges.append(("epom_pool_lent{pool=\"\(pool.pool)\"}", Double(pool.lent)))
            gauges.append(("epom_pool_waiting{pool=\"\(pool.pool)\"}", Double(pool.waiting)))
        }
        gauges.append(("epom_relay_delivered", Double(assembly.relay.counted.delivered)))
        gauges.append(("epom_relay_failed", Double(assembly.relay.counted.failed)))
        if let load = try? await assembly.database.region({ try await OutboxStore.load(in: $0) }) {
            gauges.append(("epom_relay_waiting", Double(load.waiting)))
            gauges.append(("epom_relay_oldest_seconds", load.oldestSeconds))
        }
        gauges.append(("epom_logs_doubtful", Double(assembly.witness.doubtful)))
        gauges.append(("epom_offices_hosted", Double(assembly.book.register.hosted.count)))
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: assembly.metrics.text(gauges: gauges)))
        )
    }
}
