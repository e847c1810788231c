import Database
package import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore
package import Office

/// One request: who asks, of which office, on which day.
package struct Visit: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Nil on the region's own host.
    package var office: HostedOffice?
    package var look = OfficeLook.plain
    package var visitor: Visitor?
    package var clerk: Clerk?
    /// Known on the region's pages only.
    var workplaces: [Workplace] = []
    package var authority = ""
    package var now = Date()
    /// The nonce of the anonymous, host-only cookie that drafts and form tokens are bound to.
    package var browser = ""
    /// Makes the token of a form, of a lasting one if true; called where a form is shown, most answers have none.
    var makeFormToken: (@Sendable (_ isLasting: Bool) -> String)?
    package var csrf: String { makeFormToken?(false) ?? "" }
    /// For routes that are ``Route/lasting``: bound to the browser, so that it outlives a session.
    package var lastingToken: String { makeFormToken?(true) ?? "" }
    package var flash: String?
    package let remoteAddress: String
    package let trace = RouteTrace()
    let channel: any Channel

    package init(source: Source) {
        coreContext = .init(source: source)
        channel = source.channel
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    package var today: Day { Day(of: now) }

    /// The office whose host this is.
    package var here: HostedOffice {
        get throws {
            guard let office else { throw PlainRefusal.missing }
            return office
        }
    }

    package var signedIn: Visitor {
        get throws {
            guard let visitor else { throw PlainRefusal.unauthenticated }
            return visitor
        }
    }

    /// A path parameter, decoded; Hummingbird leaves it percent-encoded.
    package func parameter(_ name: String) throws -> String {
        guard let raw = parameters.get(name), let text = raw.removingPercentEncoding, !text.contains("\0")
        else {
            throw PlainRefusal.missing
        }
        return text
    }

    package func identifier(_ name: String) throws -> UUID {
        guard let id = UUID(uuidString: try parameter(name)) else { throw PlainRefusal.missing }
        return id
    }
}
