import Foundation

/// What came back over a socket of its own; status 0 when the server closed without an answer.
struct Answer: Sendable {
    let status: Int
    let head: [(name: String, value: String)]
    let body: String

    func header(_ name: String) -> String? {
        head.first { $0.name.caseInsensitiveCompare(name) == .orderedSame }?.value
    }

    /// Cookies that were set, by name; an empty value was removed.
    var cookies: [String: String] {
        let lines = head.filter { $0.name.caseInsensitiveCompare("Set-Cookie") == .orderedSame }
        return lines.reduce(into: [:]) { cookies, line in
            let pair = line.value.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
            cookies[String(pair[0])] = pair.count > 1 ? String(pair[1]) : ""
        }
    }

    var isJSON: Bool { header("Content-Type")?.contains("json") == true }

    func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body.utf8))
    }

    static let lost = Answer(status: 0, head: [], body: "")
}

struct Ask: Sendable {
    var method = "GET"
    var path: String
    /// With its port, as browsers send it.
    var host: String
    var headers: [String: String] = [:]
    var body = ""
    /// In place of `body`, for what is no text.
    var bytes: [UInt8]?
}

/// One connection to the server under test; it blocks and must stay off the cooperative pool.
final class Line {
    private let socket: Int32

    init?(port: Int) {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // The deinitializer runs for a line that failed, too, and closes it.
        guard connected == 0 else { return nil }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    func send(_ ask: Ask) {
        var headers = ask.headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        let body = ask.bytes ?? Array(ask.body.utf8)
        if !body.isEmpty || ask.method == "POST" {
            headers += "Content-Length: \(body.count)\r\n"
        }
        let text =
            "\(ask.method) \(ask.path) HTTP/1.1\r\nHost: \(ask.host)\r\nConnection: close\r\n"
            + "\(headers)\r\n"
        send(Array(text.utf8) + body)
    }

    /// False when the server has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func answer() -> Answer {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            all += buffer[..<count]
        }
        return Answer(bytes: all)
    }
}

extension Answer {
    init(bytes: [UInt8]) {
        let mark = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else {
            self = .lost
            return
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        let fields = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (String(line[..<colon]), value)
        }
        var body = Array(bytes[(end + 4)...])
        let isChunked = fields.contains { $0.name.lowercased() == "transfer-encoding" }
        if isChunked { body = Self.joined(body) }
        self.init(
            status: Int(lines[0].dropFirst(9).prefix(3)) ?? 0,
            head: fields,
            body: String(decoding: body, as: UTF8.self)
        )
    }

    private static func joined(_ chunks: [UInt8]) -> [UInt8] {
        var rest = chunks[...]
        var whole: [UInt8] = []
        while let end = rest.firstIndex(of: 0x0D),
            let length = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), length > 0,
            rest.count >= end - rest.startIndex + 2 + length
        {
            let start = end + 2
            whole += rest[start..<start + length]
            rest = rest[min(rest.endIndex, start + length + 2)...]
        }
        return whole
    }
}
