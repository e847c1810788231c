import HTTPTypes
package import Hummingbird

/// The cookies ePOM sets: always for one host only, never `Domain=`.
///
/// Over HTTPS they carry the `__Host-` prefix, which browsers enforce.
package struct CookieJar: Sendable {
    let isSecure: Bool

    package init(scheme: String) { isSecure = scheme == "https" }

    package enum Name: String, Sendable {
        case session = "epom"
        /// Binds drafts and form tokens of people who have not signed in.
        case browser = "epom-browser"
        case flash = "epom-flash"
        /// The browser's half of a sign-in that is under way.
        case signIn = "epom-signin"
        /// Who has just accepted an invitation, so that they need not type their address.
        case email = "epom-email"
    }

    package func name(_ name: Name) -> String { isSecure ? "__Host-\(name.rawValue)" : name.rawValue }

    package func value(_ name: Name, in request: Request) -> String? {
        request.cookies[self.name(name)]?.value
    }

    /// `secondsMax` nil lasts until the browser closes; 0 removes the cookie.
    package func set(_ name: Name, _ value: String, secondsMax: Int?, on response: inout Response) {
        var parts = ["\(self.name(name))=\(value)", "Path=/", "HttpOnly", "SameSite=Lax"]
        if isSecure { parts.append("Secure") }
        if let secondsMax { parts.append("Max-Age=\(secondsMax)") }
        response.headers.append(HTTPField(name: .setCookie, value: parts.joined(separator: "; ")))
    }
}
