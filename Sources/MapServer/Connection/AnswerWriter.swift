import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Writes answers whose length is known straight into bytes: the server library would make two lists of their fields
/// first, of two kinds, and look through both for how the answer is framed.
///
/// Only what needs no framing goes this way: 200 with its length, and 304. Everything else goes the library's way, as it
/// did: streams, refusals, and whatever names an encoding of its transfer. Names and values of fields hold no line
/// breaks: their types see to it.
///
/// Stands between the library's codecs and whoever answers.
final class AnswerWriter: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Where the library's way ends: what is written from here on is bytes.
    private var exit: ChannelHandlerContext?
    /// Whether the answer that is being written goes this way.
    private var isOurs = false

    func handlerAdded(context: ChannelHandlerContext) {
        exit = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
    }

    func handlerRemoved(context: ChannelHandlerContext) { exit = nil }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = Self.unwrapOutboundIn(data)
        guard let exit else { return context.write(data, promise: promise) }
        if case .head(let head) = part {
            let answer = AnswerHead.written(head, context.channel.allocator)
            isOurs = answer != nil
            if let answer { exit.write(Self.bytes(answer), promise: promise) }
        }
        guard isOurs else { return context.write(data, promise: promise) }
        switch part {
        case .head: break  // written above
        case .body(let body): exit.write(Self.bytes(body), promise: promise)
        case .end:
            // In its turn behind the body, for whoever waits for it.
            if promise != nil { exit.write(Self.bytes(ByteBuffer()), promise: promise) }
        }
    }

    private static func bytes(_ buffer: ByteBuffer) -> NIOAny { NIOAny(IOData.byteBuffer(buffer)) }
}
