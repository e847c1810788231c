import Foundation
import Testing

@testable import Web

/// Clients that are slow, endless or in a hurry, on real sockets.
@Suite(.serialized) struct `The doorstep` {
    private static var hurried: Patience {
        var patience = Patience()
        patience.headSeconds = 0.5
        patience.paceSeconds = 0.4
        patience.takingSeconds = 0.5
        patience.lingerSeconds = 0.3
        return patience
    }

    private static let head = "POST /psi HTTP/1.1\r\nHost: hora.localhost\r\n"
    private static let typed = "Authorization: Bearer dobry\r\nContent-Type: application/json\r\n"

    @Test func `lets go of a client that never ends its head`() async throws {
        try await TestHouse.open(Self.hurried) { port in
            let (sent, answer) = try await onThread {
                let wire = try Wire(port: port)
                wire.send("GET / HTTP/1.1\r\nHost: hora.localhost\r\n")
                var sent = 0
                // A line each time, and fewer than may stand in a head: only its deadline can end it.
                while sent < Limits.headersMax - 1, wire.send("X-\(sent): a\r\n") {
                    sent += 1
                    usleep(200_000)
                }
                return (sent, wire.rest())
            }
            #expect(answer.isEmpty)
            #expect(sent < Limits.headersMax - 1, "the server closed while lines still came")
        }
    }

    @Test func `answers 408 to a body that drips`() async throws {
        try await TestHouse.open(Self.hurried) { port in
            for accept in ["text/html", "application/json"] {
                let answer = try await onThread {
                    let wire = try Wire(port: port)
                    wire.send(Self.head + Self.typed + "Accept: \(accept)\r\nContent-Length: 1000\r\n\r\n")
                    for _ in 0..<20 {
                        guard wire.send("x") else { break }
                        usleep(50_000)
                    }
                    return wire.rest()
                }
                #expect(answer.status == 408, "\(answer)")
                #expect(answer.header("Connection") == "close")
                #expect(answer.body.contains("Odesílání trvalo příliš dlouho"))
                #expect(
                    answer.header("Content-Type")?.contains(accept == "text/html" ? "html" : "problem")
                        == true
                )
            }
        }
    }

    @Test func `lets a body come at a bearable pace`() async throws {
        var patience = Self.hurried
        patience.paceBytesMin = 100
        try await TestHouse.open(patience) { port in
            let answer = try await onThread {
                let wire = try Wire(port: port)
                let name = String(repeating: "R", count: 2_000)
                let body = #"{"age":3,"name":"\#(name)"}"#
                wire.send(Self.head + Self.typed + "Content-Length: \(body.utf8.count)\r\n\r\n")
                var rest = body[...]
                while !rest.isEmpty {
                    wire.send(String(rest.prefix(100)))
                    rest = rest.dropFirst(100)
                    usleep(50_000)
                }
                return wire.answer()
            }
            #expect(answer.status == 201, "\(answer)")
        }
    }

    @Test func `lets go of a client that does not take its answer`() async throws {
        try await TestHouse.open(Self.hurried) { port in
            let taken = try await onThread {
                let wire = try Wire(port: port)
                wire.send("GET /dlouhe HTTP/1.1\r\nHost: hora.localhost\r\n\r\n")
                sleep(3)
                return wire.restCount()
            }
            #expect(taken < 128 << 20)
        }
        // Who does take it gets all, however long it lasts.
        try await TestHouse.open(Patience()) { port in
            let whole = try await onThread {
                let wire = try Wire(port: port)
                wire.send("GET /dlouhe HTTP/1.1\r\nHost: hora.localhost\r\nConnection: close\r\n\r\n")
                return wire.restCount()
            }
            #expect(whole > 256 << 20)
        }
    }

    @Test func `refuses two gigabytes at once`() async throws {
        try await TestHouse.open { port in
            for (path, type) in [
                ("/api/psi", "application/json"),
                ("/api/prilohy?_token=x", "multipart/form-data; boundary=X"),
            ] {
                let began = ContinuousClock.now
                let answer = try await onThread {
                    let wire = try Wire(port: port)
                    wire.send(
                        "POST \(path) HTTP/1.1\r\nHost: hora.localhost\r\nAuthorization: Bearer dobry\r\n"
                            + "Content-Type: \(type)\r\nExpect: 100-continue\r\nContent-Length: 2147483648\r\n\r\n"
                    )
                    return wire.rest()
                }
                #expect(answer.status == 413, "\(answer)")
                #expect(answer.header("Connection") == "close")
                #expect(answer.body.contains("příliš velká"))
                #expect(ContinuousClock.now - began < .seconds(20))
            }
        }
    }

    @Test func `counts a body whose length nobody announced, and memory stays flat`() async throws {
        try await TestHouse.open(Self.hurried) { port in
            func pour(_ path: String, _ type: String, _ prelude: String) async throws -> (String, Int) {
                try await onThread {
                    let wire = try Wire(port: port)
                    wire.send(
                        "POST \(path) HTTP/1.1\r\nHost: hora.localhost\r\nAuthorization: Bearer dobry\r\n"
                            + "Content-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n"
                    )
                    if !prelude.isEmpty {
                        wire.send(String(prelude.utf8.count, radix: 16) + "\r\n" + prelude + "\r\n")
                    }
                    let piece = Array("10000\r\n".utf8) + [UInt8](repeating: 0x61, count: 65_536) + [13, 10]
                    var sent = 0
                    while sent < 2 << 30, wire.send(piece) { sent += 65_536 }
                    return (wire.rest(), sent)
                }
            }
            let part = "--X\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n"
            _ = try await pour("/api/psi", "application/json", "")
            let before = residentBytes()
            for _ in 0..<3 {
                for (path, type, prelude) in [
                    ("/api/psi", "application/json", ""),
                    ("/api/prilohy", "multipart/form-data; boundary=X", part),
                    ("/api/prilohy", "multipart/form-data; boundary=X", ""),
                ] {
                    let (_, sent) = try await pour(path, type, prelude)
                    #expect(sent < 2 << 30, "\(path)")
                }
            }
            #expect(residentBytes() - before < 48 << 20)
        }
    }

    @Test func `keeps a connection for many requests`() async throws {
        try await TestHouse.open(Self.hurried) { port in
            let statuses = try await onThread {
                let wire = try Wire(port: port)
                return (0..<30).map { _ in
                    usleep(50_000)
                    wire.send("GET / HTTP/1.1\r\nHost: hora.localhost\r\n\r\n")
                    return wire.answer().status
                }
            }
            #expect(statuses == Array(repeating: 200, count: 30))
        }
    }

    @Test func `says go on to those who ask before they send`() async throws {
        try await TestHouse.open { port in
            let answers = try await onThread {
                let wire = try Wire(port: port)
                wire.send(Self.head + Self.typed + "Expect: 100-continue\r\nContent-Length: 22\r\n\r\n")
                let leave = wire.answer()
                wire.send(#"{"name":"Rek","age":3}"#)
                return [leave, wire.answer()]
            }
            #expect(answers.map(\.status) == [100, 201], "\(answers)")
        }
    }

    @Test func `finishes what is under way when the server ends`() async throws {
        let answer = try await TestHouse.open(Self.hurried) { port in
            try await onThread {
                let wire = try Wire(port: port)
                wire.send("GET / HTTP/1.1\r\nHost: hora.localhost\r\nConnection: close\r\n\r\n")
                return wire.rest()
            }
        }
        #expect(answer.status == 200)
    }
}
