/// How long and how much a connection may ask of the server; past that it is closed.
package struct Patience: Sendable {
    /// From the opening of a connection, or its last answer, to the end of the next request's head.
    package var headSeconds = 20.0
    /// In each such span a body under way must bring at least ``paceBytesMin``.
    package var paceSeconds = 10.0
    /// 1 KiB a second: the slowest line that still hands in an attachment.
    package var paceBytesMin = 10 * 1024
    /// How long the kernel may take nothing of an answer: it asks for more when a third of its buffer,
    /// up to some MB, is free.
    package var takingSeconds = 300.0
    /// After an answer that came before the end of its request: time for the client to read it.
    package var lingerSeconds = 2.0
    /// How much more is then read and thrown away.
    package var lingerBytesMax = 1 << 20
    /// How long a client that has closed its own side may wait for the answer to what it reads; most have gone.
    package var closedSeconds = 1.0

    package init() {}
}
