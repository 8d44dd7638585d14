import SwitchboardTransport

/// The sessions of one event loop: runs each, and knows them for `CLIENT LIST`, `CLIENT KILL` and the end of the server.
actor SessionRegistry {
    private let loop: EventLoop
    nonisolated let unownedExecutor: UnownedSerialExecutor
    private var sessions: [UInt64: Session] = [:]
    private var isEnding = false

    init(_ loop: EventLoop) {
        self.loop = loop
        unownedExecutor = loop.asUnownedSerialExecutor()
    }

    /// Runs a session until its end. It runs isolated to this actor, so that on the lane's loop a call of the balancer stays
    /// on the same executor: without a switch, which costs a turn in the loop's queue each way.
    func run(_ session: Session) async {
        sessions[session.connection.id] = session
        // Accepted just before the end began.
        if isEnding { session.end() }
        await session.run()
        sessions[session.connection.id] = nil
    }

    var count: Int { sessions.count }

    /// One line a client, oldest first, each with its id.
    func descriptions(_ matches: @Sendable (Session) -> Bool) -> [(id: UInt64, text: String)] {
        sessions.values.filter(matches).sorted { $0.connection.id < $1.connection.id }.map {
            ($0.connection.id, $0.description)
        }
    }

    /// Closes the sessions that `matches`, the one with the id `except` apart, and tells how many.
    func kill(except: UInt64?, _ matches: @Sendable (Session) -> Bool) -> Int {
        let found = sessions.values.filter { $0.connection.id != except && matches($0) }
        for session in found { session.connection.close(afterFlush: false) }
        return found.count
    }

    /// Ends every session after what is under way is answered, and those that come later at once.
    func endAll() {
        isEnding = true
        for session in sessions.values { session.end() }
    }
}
