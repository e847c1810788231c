import Foundation
import Synchronization

/// Three ports in a row, bound until the programs that shall have them start: nobody else takes them meanwhile.
final class Ports: Sendable {
    /// Of the server; then come its metrics and the foreign office.
    let first: Int
    private let sockets: Mutex<[Int32]>

    init() throws {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<29_990)
            let held = (port..<port + 3).compactMap(Self.hold)
            if held.count == 3 {
                first = port
                sockets = Mutex(held)
                return
            }
            held.forEach { close($0) }
        }
        throw POSIXError(.EADDRINUSE)
    }

    deinit { release() }

    func release() {
        sockets.withLock { held in
            held.forEach { close($0) }
            held = []
        }
    }

    /// Not listened on: who comes too early is refused, and does not wait.
    private static func hold(_ port: Int) -> Int32? {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0 else {
            close(socket)
            return nil
        }
        return socket
    }
}
