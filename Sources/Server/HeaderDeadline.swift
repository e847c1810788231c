import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose next request has not shown all of its header in ten seconds after it began to wait.
///
/// The idle timeout alone would let a client send one byte now and then for ever.
final class HeaderDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private static let time = TimeAmount.seconds(30)
    private var deadline: Scheduled<Void>?

    func channelActive(context: ChannelHandlerContext) {
        start(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: deadline?.cancel()
        case .end: start(context)
        case .body: break
        }
        context.fireChannelRead(data)
    }

    private func start(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: Self.time) { channel.close(promise: nil) }
    }
}
