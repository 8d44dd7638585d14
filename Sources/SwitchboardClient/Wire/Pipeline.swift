/// A bounded run of requests on one connection, each with a tag that comes back with its reply.
///
/// The owner sends while the pipeline is not full, and takes replies when it is, or when it needs to know one.
package struct Pipeline<Tag> {
    package let client: LineClient
    /// How many requests may be on the way.
    package let window: Int
    package private(set) var count = 0

    private var tags: [Tag?]
    private var oldest = 0

    package init(client: LineClient, window: Int) {
        precondition(window > 0, "a window of \(window) requests")
        self.client = client
        self.window = window
        tags = Array(repeating: nil, count: window)
    }

    package var isFull: Bool { count == window }
    package var isEmpty: Bool { count == 0 }

    /// Sends one request. The pipeline must not be full.
    package mutating func send(_ words: [String], tag: Tag) throws(ClientError) {
        precondition(!isFull, "the pipeline is full with \(window) requests")
        try client.send(words)
        tags[(oldest + count) % window] = tag
        count += 1
    }

    /// The oldest request's tag and reply. There must be a request on the way.
    package mutating func receive() throws(ClientError) -> (tag: Tag, reply: Reply) {
        guard let tag = tags[oldest] else { preconditionFailure("receive() from an empty pipeline") }
        let reply = try client.receive()
        tags[oldest] = nil
        oldest = (oldest + 1) % window
        count -= 1
        return (tag, reply)
    }
}
