import HTTPTypes
import Office

/// The address is there, but not for this method (RFC 9110, § 15.5.6).
struct WrongMethod: Error {
    let allowed: [HTTPRequest.Method]

    private static let known: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]

    init(at routes: [Route]) {
        var allowed = Set(routes.map(\.method))
        if allowed.contains(.get) { allowed.insert(.head) }
        self.allowed = Self.known.filter(allowed.contains)
    }

    var others: [HTTPRequest.Method] { Self.known.filter { !allowed.contains($0) } }
    var header: String { allowed.map(\.rawValue).joined(separator: ", ") }
}

extension Route {
    /// Whether the route exists on this host: an office without the room has nothing there.
    func isThere(at office: HostedOffice?) -> Bool { room.map { office?.keeps($0) == true } ?? true }
}
