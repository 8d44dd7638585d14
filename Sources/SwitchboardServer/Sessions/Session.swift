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
    /// How many of this connection's requests are in the server's count.
    private var countedRequests: UInt64 = 0
    /// Why `answerAtOnce` stopped, when the rest takes a task.
    private var unanswered: RequestIntake.Stop?
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
        if connection.loop === server.lane { connection.takesInput = { self.answerAtOnce() } }
        defer { connection.takesInput = nil }
        while !isEnding, !isFinished {
            isWaiting = true
            let arrived = await connection.receive()
            isWaiting = false
            guard arrived else { break }
            await answerRest()
            hasAnswered()
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

    /// Answers what arrived as far as the lane can without a switch of tasks; returns whether that was all of it.
    private func answerAtOnce() -> Bool {
        unsentAtFlush = connection.unsentCount
        while connection.isOpen {
            let stop = gather()
            if !intake.pending.isEmpty { answer(server.engine.balancer.executeHere(intake.pending)) }
            switch stop {
            case .needMore:
                hasAnswered()
                return true
            case .refused(let error): answer(error)
            case .enough where !shouldGiveWay: break
            default:
                unanswered = stop
                return false
            }
        }
        return true
    }

    /// Takes every whole request out of what arrived and answers them in order.
    private nonisolated(nonsending) func answerRest() async {
        if unanswered == nil { unsentAtFlush = connection.unsentCount }
        while !isFinished, connection.isOpen {
            let stop = unanswered ?? gather()
            unanswered = nil
            if !intake.pending.isEmpty { answer(await server.engine.balancer.execute(intake.pending)) }
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
            if shouldGiveWay { await giveWay() }
        }
    }

    /// What came is answered as far as it is whole.
    private func hasAnswered() {
        server.statistics.requests.add(intake.requests - countedRequests, ordering: .relaxed)
        countedRequests = intake.requests
        connection.flush()
    }

    /// Whether so much was answered that the others of the loop are to have a turn.
    private var shouldGiveWay: Bool { connection.unsentCount > unsentAtFlush + Self.outputBytesPerTurn }

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

    /// Encodes the lane's answers to what was pending, to leave when the newest record among them is durable.
    private func answer(_ answers: [LaneAnswer]) {
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
