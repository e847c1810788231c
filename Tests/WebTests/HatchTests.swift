import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import Web

@Suite("Answers at the door") struct HatchTests {
    private static let host = "hora.localhost:8080"

    /// `/stejne` says how often it was asked, and that this is the same for all until then; `/pomalu` takes its time.
    private static func routes(until: Date) -> [Route] {
        let asked = Mutex(0)
        return [
            .open(.get, "/stejne", on: [.office], "Stejné pro všechny") { _, visit in
                let count = asked.withLock { count in
                    count += 1
                    return count
                }
                let body = ByteBuffer(string: "dotaz \(count)")
                visit.trace.sameForAll(body, until: until)
                return Response(
                    status: .ok,
                    headers: [.contentType: "text/plain", .cacheControl: "public, max-age=0"],
                    body: ResponseBody(byteBuffer: body)
                )
            },
            .open(.get, "/pomalu", on: [.office], "Pomalá") { _, _ in
                try await Task.sleep(for: .milliseconds(100))
                return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "pomalá")))
            },
        ]
    }

    private static func ask(
        _ path: String = "/stejne",
        _ lines: String...,
        method: String = "GET",
        host: String = host
    ) -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
    }

    private static func body(_ answer: String) -> String {
        answer.components(separatedBy: "\r\n\r\n").last ?? ""
    }

    @Test("who comes without a name gets the same bytes and the same headers")
    func same() async throws {
        let (first, second) = try await TestHouse.open(routes: Self.routes(until: .distantFuture)) { port in
            try await onThread {
                let wire = try Wire(port: port)
                return (
                    wire.send(Self.ask()) ? wire.answer() : "",
                    wire.send(Self.ask("/stejne", "Connection: keep-alive")) ? wire.answer() : ""
                )
            }
        }
        #expect(first.hasPrefix("HTTP/1.1 200 OK") && Self.body(first) == "dotaz 1")
        func fields(_ answer: String) -> [String] {
            answer.components(separatedBy: "\r\n").filter { !$0.lowercased().hasPrefix("date:") }
                .map { $0.lowercased() }.sorted()
        }
        #expect(fields(first) == fields(second))
        #expect(first.lowercased().contains("content-security-policy:"))
        #expect(second.lowercased().contains("\r\ndate: "))
    }

    @Test(
        "everybody else is asked in",
        arguments: [
            ask("/stejne", "Cookie: epom=x"), ask("/stejne", "Authorization: Bearer dobry"),
            ask("/stejne", "If-None-Match: \"x\""), ask("/stejne", "Accept: application/json"),
            ask("/stejne", "Range: bytes=0-1"), ask("/stejne?q=1"),
        ]
    )
    func others(_ asked: String) async throws {
        let answers = try await TestHouse.open(routes: Self.routes(until: .distantFuture)) { port in
            try await onThread {
                let wire = try Wire(port: port)
                return [Self.ask(), asked, Self.ask()].map { wire.send($0) ? Self.body(wire.answer()) : "" }
            }
        }
        #expect(answers == ["dotaz 1", "dotaz 2", "dotaz 1"])
    }

    @Test(
        "another host never gets it",
        arguments: ["localhost:8080", "neni.localhost:8080", "pozadu.localhost:8080"]
    )
    func otherHost(_ other: String) async throws {
        let answer = try await TestHouse.open(routes: Self.routes(until: .distantFuture)) { port in
            try await onThread {
                let wire = try Wire(port: port)
                wire.send(Self.ask())
                _ = wire.answer()
                wire.send(Self.ask(host: other))
                return wire.answer()
            }
        }
        #expect(!answer.contains("dotaz") && !answer.hasPrefix("HTTP/1.1 200"))
    }

    @Test("what is outdated is not given")
    func outdated() async throws {
        let answers = try await TestHouse.open(routes: Self.routes(until: .distantPast)) { port in
            try await onThread {
                let wire = try Wire(port: port)
                return (0..<2).map { _ in wire.send(Self.ask()) ? Self.body(wire.answer()) : "" }
            }
        }
        #expect(answers == ["dotaz 1", "dotaz 2"])
    }

    @Test("answers come in the order of the requests")
    func order() async throws {
        let rest = try await TestHouse.open(routes: Self.routes(until: .distantFuture)) { port in
            try await onThread {
                let wire = try Wire(port: port)
                wire.send(Self.ask())
                _ = wire.answer()
                wire.send(Self.ask("/pomalu") + Self.ask() + Self.ask("/stejne", "Connection: close"))
                return wire.rest()
            }
        }
        let bodies = ["pomalá", "dotaz 2", "dotaz 3"].map { rest.range(of: $0)?.lowerBound }
        #expect(
            !bodies.contains(nil) && bodies.compactMap { $0 } == bodies.compactMap { $0 }.sorted(),
            "\(rest)"
        )
    }
}
