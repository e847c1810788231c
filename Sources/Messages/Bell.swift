package import Database
import Foundation
import Synchronization

/// Wakes the relays: rung after the commit of a transaction that posted a message.
///
/// Ringing costs nothing and may be forgotten: the relay looks by itself each second.
package final class Bell: Sendable {
    private struct Listeners {
        var next = 0
        var here: [Int: AsyncStream<Void>.Continuation] = [:]
        var others: AsyncStream<Void>.Continuation?
    }

    private let listeners = Mutex(Listeners())
    /// Tells our own notifications from those of other servers.
    private let name = UUID().uuidString

    package init() {}

    /// Wakes the relay of this process now and those of other servers within 50 ms.
    package func ring() {
        listeners.withLock { listeners in
            for listener in listeners.here.values { listener.yield() }
            listeners.others?.yield()
        }
    }

    /// Takes what was notified on the channel: another server rang, or its ringing may have been missed.
    package func hear(_ notification: Database.Notification) {
        switch notification {
        case .heard(let payload):
            guard payload.hasPrefix(Self.prefix), payload != self.payload else { return }
            ringHere()
        case .interrupted: ringHere()
        }
    }

    func ringHere() {
        listeners.withLock { listeners in
            for listener in listeners.here.values { listener.yield() }
        }
    }

    /// Rings that come while the listener is busy are one ring.
    func rings() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        let number = listeners.withLock { listeners in
            listeners.next += 1
            listeners.here[listeners.next] = continuation
            return listeners.next
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { $0.here[number] = nil }
        }
        return stream
    }

    /// Rings that other servers should hear of.
    func ringsForOthers() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        listeners.withLock { $0.others = continuation }
        return stream
    }

    var payload: String { Self.prefix + name }
    private static let prefix = "relay "
}
