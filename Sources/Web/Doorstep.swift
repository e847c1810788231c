import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Keeps one connection within bounds: slow heads, slow bodies, answers that nobody takes, requests nobody can read.
///
/// Hummingbird would read what is left of a request that was already refused, all 2 GB of it; here such a
/// connection is closed once its client could read the answer.
final class Doorstep: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience: Patience
    /// Heads seen whose answers have not ended.
    private var open = 0
    /// Between a request's head and its end.
    private var isReading = false
    /// Between an answer's head and its end.
    private var isAnswering = false
    /// The answer under way has told the client that the connection ends.
    private var isLast = false
    /// The answer is out; what still comes in is thrown away.
    private var isLeaving = false
    private var prefersJSON = false
    /// One of the open requests does something, which is finished whoever goes.
    private var isActing = false

    private var bytesInSpan = 0
    private var isAsked = false
    /// For a part of this span the server did not want more.
    private var wasHeldBack = false

    private var waiting: Scheduled<Void>?
    private var pace: Scheduled<Void>?
    private var taking: Scheduled<Void>?

    init(_ patience: Patience) { self.patience = patience }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { awaitHead(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancelAll() }

    func channelActive(context: ChannelHandlerContext) {
        awaitHead(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancelAll()
        context.fireChannelInactive()
    }

    // What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isLeaving {
            if case .body(let bytes) = unwrapInboundIn(data) { bytesInSpan += bytes.readableBytes }
            return
        }
        switch unwrapInboundIn(data) {
        case .head(let head):
            waiting?.cancel()
            open += 1
            isReading = true
            if head.method != .get, head.method != .head { isActing = true }
            prefersJSON = isOfProgram(path: head.path, accept: head.headerFields[.accept])
            if open == 1 { invite(head, context) }
            startPace(context)
        case .body(let bytes): bytesInSpan += bytes.readableBytes
        case .end:
            isReading = false
            pace?.cancel()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isAsked = false
        guard !isLeaving else { return bytesInSpan < patience.lingerBytesMax ? context.read() : () }
        context.fireChannelReadComplete()
        if !isAsked { wasHeldBack = true }
    }

    func read(context: ChannelHandlerContext) {
        guard !isLeaving else { return }
        isAsked = true
        context.read()
    }

    /// Some clients wait for leave before a long body.
    private func invite(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return }
        let announced = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= Limits.uploadBytesMax else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            if isLeaving { return context.close(promise: nil) }
            if open > 0, !isActing { expectGone(context) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Closed for good, so that what is looked up for nobody can be given up.
    private func expectGone(_ context: ChannelHandlerContext) {
        _ = after(patience.closedSeconds, context) {
            if self.open > 0, !self.isAnswering { context.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow:
            refuse(.requestHeaderFieldsTooLarge, context)
        case is HTTPParserError:
            refuse(.badRequest, context)
        default: context.fireErrorCaught(error)
        }
    }

    // What goes out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isLeaving else { return promise?.fail(ChannelError.ioOnClosedChannel) ?? () }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            guard head.status.kind != .informational else { break }
            isAnswering = true
            // The answer comes before the end of its request.
            guard open == 1, isReading else { break }
            isLast = true
            head.headerFields[.connection] = "close"
            return context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: break
        case .end:
            isAnswering = false
            open -= 1
            if open == 0 { isActing = false }
            let promise = promise ?? context.eventLoop.makePromise()
            promise.futureResult.assumeIsolated().whenComplete { _ in self.taken(context) }
            context.write(data, promise: promise)
            if isLast { leave(context) }
            return
        }
        context.write(data, promise: promise)
    }

    /// The kernel has all of an answer.
    private func taken(_ context: ChannelHandlerContext) {
        if open == 0, !isLeaving { awaitHead(context) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        taking?.cancel()
        if !context.channel.isWritable {
            taking = after(patience.takingSeconds, context) { context.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }

    // Time

    private func awaitHead(_ context: ChannelHandlerContext) {
        waiting?.cancel()
        waiting = after(patience.headSeconds, context) { context.close(promise: nil) }
    }

    private func startPace(_ context: ChannelHandlerContext) {
        bytesInSpan = 0
        wasHeldBack = false
        pace?.cancel()
        pace = after(patience.paceSeconds, context) {
            if !self.wasHeldBack, self.bytesInSpan < self.patience.paceBytesMin {
                return self.refuse(.requestTimeout, context)
            }
            self.startPace(context)
            self.wasHeldBack = !self.isAsked
        }
    }

    private func after(
        _ seconds: Double,
        _ context: ChannelHandlerContext,
        _ task: @escaping () -> Void
    ) -> Scheduled<Void> {
        let time = TimeAmount.milliseconds(Int64(seconds * 1000))
        return context.eventLoop.assumeIsolated().scheduleTask(in: time, task)
    }

    private func cancelAll() {
        for timer in [waiting, pace, taking] { timer?.cancel() }
    }

    // Farewell

    /// Answers in the server's own words where no handler can any more, and closes.
    private func refuse(_ status: HTTPResponse.Status, _ context: ChannelHandlerContext) {
        guard !isLeaving else { return }
        guard !isAnswering else { return context.close(promise: nil) }
        let (head, body) = Trouble(status: status).farewell(asProblem: prefersJSON)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(string: body))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        leave(context)
    }

    /// Sends what is written and closes; not at once, or the client's kernel would drop the answer.
    private func leave(_ context: ChannelHandlerContext) {
        isLeaving = true
        bytesInSpan = 0
        cancelAll()
        context.flush()
        context.close(mode: .output, promise: nil)
        _ = after(patience.lingerSeconds, context) { context.close(promise: nil) }
        context.read()
    }
}
