import Foundation
import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Public answers that stay true for a moment, handed out at the door to who comes without a name.
///
/// The board of a village is asked for by many people and by machines; decision 0022 says what this saves.
package final class Hatch: Sendable {
    /// Who asks the same; nil for a request that only the reception can judge: one with a cookie, a token, a
    /// condition, a body, or the wish to close.
    struct Key: Hashable {
        let host: String
        let path: String
        let prefersJSON: Bool

        private static let told: [HTTPField.Name] = [
            .cookie, .authorization, .ifNoneMatch, .ifModifiedSince, .ifMatch, .ifUnmodifiedSince, .range,
            .contentLength, .transferEncoding, .expect, .upgrade,
        ]

        init?(_ head: HTTPRequest) {
            guard head.method == .get, let path = head.path, let host = head.authority,
                !Self.told.contains(where: head.headerFields.contains),
                head.headerFields[.connection].map({ $0.lowercased() == "keep-alive" }) ?? true
            else { return nil }
            self.host = host
            self.path = path
            prefersJSON = accepts(json: head.headerFields[.accept])
        }
    }

    struct Answer: Sendable {
        let head: HTTPResponse
        let body: ByteBuffer
        let until: Date
        /// The row of the route table, for the metrics.
        let route: String
    }

    private static let keptMax = 500
    private let kept = Mutex<[Key: Answer]>([:])
    private let metrics: Metrics

    init(metrics: Metrics) { self.metrics = metrics }

    /// `fields` are those of the whole answer but the length and the date.
    func keep(_ body: ByteBuffer, _ fields: HTTPFields, until: Date, route: String, for key: Key) {
        var head = HTTPResponse(status: .ok, headerFields: fields)
        head.headerFields[.contentLength] = String(body.readableBytes)
        head.headerFields[.date] = Self.date(Date())
        let answer = Answer(head: head, body: body, until: until, route: route)
        kept.withLock { all in
            if all.count >= Self.keptMax { all.removeAll() }
            all[key] = answer
        }
    }

    /// `Wed, 25 Nov 2026 15:40:00 GMT` (RFC 9110, § 5.6.7); the names are the C locale's, which no program sets here.
    private static func date(_ now: Date) -> String {
        var seconds = time_t(now.timeIntervalSince1970)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func answer(to head: HTTPRequest) -> Answer? {
        guard let key = Key(head), let answer = kept.withLock({ $0[key] }), Date() < answer.until else {
            return nil
        }
        metrics.note(method: "GET", route: answer.route, status: 200, seconds: 0)
        return answer
    }
}

/// The hatch in the way of one connection; it answers only while nobody before waits for an answer.
final class HatchKeeper: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let hatch: Hatch
    /// Requests passed on whose answers have not ended.
    private var underWay = 0
    /// To be given when the request ends.
    private var ready: Hatch.Answer?

    init(_ hatch: Hatch) { self.hatch = hatch }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            ready = underWay == 0 ? hatch.answer(to: head) : nil
            if ready != nil { return }
            underWay += 1
        case .body: break
        case .end:
            guard let answer = ready else { break }
            ready = nil
            context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
            context.write(wrapOutboundOut(.body(answer.body)), promise: nil)
            return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { underWay -= 1 }
        context.write(data, promise: promise)
    }
}
