import SwitchboardEngine
import SwitchboardModel
import SwitchboardPlatform
import SwitchboardTransport
import SwitchboardWire

/// A client's conversation: reads what arrived, parses all of it, sends what concerns tickets to the lane as one
/// batch, and encodes the answers in order. It goes on to the next batch when this one is committed, not when it is
/// durable: the connection's gate holds each reply until its record is.
final class Session: @unchecked Sendable {
    // @unchecked because everything here is touched on the connection's loop only.
    let connection: Connection
    let server: Server
    /// What the client agreed on and said of itself.
    var client = ClientState()
    /// What the client asks for.
    private(set) var intake: RequestIntake
    /// Inside `receive`: every whole request that came is answered.
    private var isWaiting = false
    /// The server ends: what was received is still answered.
    private var isEnding = false
    /// The client's wish, or its fault: nothing more of what it sent is looked at.
    private var isFinished = false
    /// What the kernel had not taken at the last flush.
    private var unsentAtFlush = 0

    /// When so many bytes of answers have gathered, they are sent and others get a turn before the next request.
    private static let outputBytesPerTurn = 128 << 10

    init(_ connection: Connection, _ server: Server) {
        self.connection = connection
        self.server = server
        intake = RequestIntake(limits: server.configuration.limits)
    }

    /// Serves the connection until its end.
    nonisolated(nonsending) func run() async {
        while !isEnding, !isFinished {
            isWaiting = true
            let arrived = await connection.receive()
            isWaiting = false
            guard arrived else { break }
            let before = intake.requests
            await readRequests()
            server.statistics.requests.add(intake.requests - before, ordering: .relaxed)
            connection.flush()
        }
        connection.close(afterFlush: true)
    }

    /// Ends the session after what is under way is answered. Called on the loop.
    func end() {
        isEnding = true
        if isWaiting { connection.close(afterFlush: true) }
    }

    /// Ends the session once what was written has left. Called from a request under way.
    func finish() { isFinished = true }

    /// Takes every whole request out of what arrived and answers them in order.
    private nonisolated(nonsending) func readRequests() async {
        unsentAtFlush = connection.unsentCount
        while !isFinished, connection.isOpen {
            let stop = gather()
            if !intake.pending.isEmpty { await commitPending() }
            switch stop {
            case .needMore: return
            case .enough: break
            case .find(let question): await find(question)
            case .server(let command, let form): await execute(command, form)
            case .refused(let error): answer(error)
            case .broken(let error):
                answer(error)
                finish()
            case .hangUp:
                Log.warning("closed the connection of \(connection.peer): it speaks HTTP")
                finish()
            }
            if connection.unsentCount > unsentAtFlush + Self.outputBytesPerTurn { await giveWay() }
        }
    }

    /// Sends what gathered and lets the others of the loop go on.
    private nonisolated(nonsending) func giveWay() async {
        connection.flush()
        unsentAtFlush = connection.unsentCount
        await withCheckedContinuation { continuation in
            connection.loop.post { continuation.resume() }
        }
    }

    /// Takes in what arrived, up to the first request that is not for the lane. Does not suspend: that is for the whole
    /// batch, never for each request.
    private func gather() -> RequestIntake.Stop {
        while true {
            let (stop, consumed) = intake.take(from: connection.unread, server.table)
            connection.consume(consumed)
            // Needs nothing beside the connection, so a pipeline of them is answered without a call for each.
            guard case .server(.ping(nil), _) = stop, intake.pending.isEmpty else { return stop }
            let more = PingRun.first(of: UnsafeRawBufferPointer(connection.unread))
            connection.consume(more.bytes)
            intake.count(repeated: more.count)
            pong(1 + more.count)
        }
    }

    /// Answers so many PINGs without text: the same bytes in every form.
    private func pong(_ count: Int) {
        connection.withOutput { out in
            for _ in 0..<count where client.shouldAnswer() { out.append(contentsOf: Self.pongReply) }
        }
    }

    private static let pongReply = Array("+PONG\r\n".utf8)

    /// Sends what gathered to the lane and encodes the answers, to leave when the newest record among them is durable.
    private nonisolated(nonsending) func commitPending() async {
        let answers = await server.engine.balancer.execute(intake.pending)
        intake.forgetPending()
        // What was answered before shows no record and does not wait with these.
        connection.mark(gate: 0)
        var newest = LogSequenceNumber.none
        connection.withOutput { out in
            // By its span, which copies an answer's outcome alone.
            let answers = answers.span
            for place in answers.indices where client.shouldAnswer() {
                Reply.outcome(answers[place].outcome, to: &out)
                newest = max(newest, answers[place].waitsFor)
            }
        }
        mark(newest)
    }

    /// Answers what takes more than one turn of the lane. Ends early when the connection breaks.
    private nonisolated(nonsending) func find(_ question: FindQuestion) async {
        let interest = FindInterest()
        connection.onBreak = { interest.end() }
        defer { connection.onBreak = nil }
        guard let found = await server.engine.balancer.find(question, interest) else { return }
        connection.mark(gate: 0)
        guard client.shouldAnswer() else { return }
        connection.withOutput { Reply.outcome(found.outcome, to: &$0) }
        mark(found.waitsFor)
    }

    /// Holds what was just written until `record` is durable, where the policy says so. The one place that decides it.
    func mark(_ record: LogSequenceNumber) {
        connection.mark(gate: server.configuration.fsync.repliesWait ? record.rawValue : 0)
    }

    func answer(_ error: WireError) {
        guard client.shouldAnswer() else { return }
        connection.withOutput { Reply.error(error, to: &$0) }
    }
}
