import Foundation

/// One connection that listens, and everybody in this process who wants to hear.
final class Listener: @unchecked Sendable {
    private let lock = NSLock()
    private let switchboard: Switchboard
    private let wire: Int
    private let conninfo: String
    private var hearers: [UUID: AsyncStream<Database.Notification>.Continuation] = [:]
    private var isOpen = false
    private var isUp = false

    /// `wire` is the number that the switchboard gives to the line opened last.
    init(switchboard: Switchboard, wire: Int, conninfo: String) {
        self.switchboard = switchboard
        self.wire = wire
        self.conninfo = conninfo
    }

    /// The first hearer opens the line; a stream that ends is forgotten.
    func hear(_ channel: Database.Channel) -> AsyncStream<Database.Notification> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Database.Notification.self,
            bufferingPolicy: .bufferingNewest(256)
        )
        let id = UUID()
        continuation.onTermination = { [weak self] _ in self?.forget(id) }
        lock.lock()
        hearers[id] = continuation
        let opens = !isOpen
        isOpen = true
        // Who comes later has missed what was said before.
        if isUp { continuation.yield(.interrupted) }
        lock.unlock()
        if opens { open(channel) }
        return stream
    }

    private func open(_ channel: Database.Channel) {
        switchboard.hand(
            .open(
                conninfo: conninfo,
                onState: { [weak self] state in self?.note(state, channel) },
                onNotice: { [weak self] notice in self?.tell(.heard(notice)) }
            )
        )
    }

    /// Only once `listen` was answered nothing more can be missed.
    private func note(_ state: Switchboard.WireState, _ channel: Database.Channel) {
        lock.lock()
        isUp = state == .up
        lock.unlock()
        guard state == .up else { return tell(.interrupted) }
        let listen = Statement(text: "listen \(channel.rawValue)", values: [], prepares: false)
        switchboard.hand(
            .send(wire: wire, Batch(statements: [listen]) { [weak self] _ in self?.tell(.interrupted) })
        )
    }

    private func tell(_ notification: Database.Notification) {
        lock.lock()
        let all = hearers.values.map(\.self)
        lock.unlock()
        for hearer in all { hearer.yield(notification) }
    }

    private func forget(_ id: UUID) {
        lock.lock()
        hearers[id] = nil
        lock.unlock()
    }
}
