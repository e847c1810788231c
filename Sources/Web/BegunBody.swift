import Hummingbird
import NIOCore
import Synchronization

/// A body of which the beginning was read already: that first, then what is still to come.
///
/// Walked once, as a body is.
struct BegunBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private final class Rest: Sendable {
        let iterator: Mutex<RequestBody.AsyncIterator?>

        init(_ iterator: consuming sending RequestBody.AsyncIterator) { self.iterator = Mutex(iterator) }

        func take() -> sending RequestBody.AsyncIterator? {
            iterator.withLock { iterator in
                let taken = iterator
                iterator = nil
                return taken
            }
        }
    }

    private let begun: ByteBuffer
    private let rest: Rest

    init(_ begun: ByteBuffer, _ rest: consuming sending RequestBody.AsyncIterator) {
        self.begun = begun
        self.rest = Rest(rest)
    }

    func makeAsyncIterator() -> Iterator { Iterator(begun: begun, rest: rest.take()) }

    struct Iterator: AsyncIteratorProtocol {
        var begun: ByteBuffer?
        var rest: RequestBody.AsyncIterator?

        mutating func next() async throws -> ByteBuffer? {
            if let begun, begun.readableBytes > 0 {
                self.begun = nil
                return begun
            }
            return try await rest?.next()
        }
    }
}
