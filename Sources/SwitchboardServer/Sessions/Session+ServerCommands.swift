import Glibc
import SwitchboardEngine
import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardWire

/// The commands that concern the server or the connection rather than tickets.
extension Session {
    /// Executes one and writes its answer.
    nonisolated(nonsending) func execute(_ command: ServerCommand, _ form: RequestForm) async {
        switch command {
        case .ping(let text):
            respond(text.map { .bulk($0) } ?? .simple("PONG"), form)
        case .echo(let text):
            respond(.bulk(text), form)
        case .hello(let hello):
            self.hello(hello, form)
        case .authenticate(let credentials):
            respond(authenticate(credentials) ?? .ok, form)
        case .select:
            respond(.ok, form)
        case .reset:
            client.reset()
            respond(.simple("RESET"), form)
        case .quit:
            respond(.ok, form)
            connection.flush()
            finish()
        case .help(let noun, let verb):
            line { out throws(WireError) in
                Reply.lines(try server.table.shapes.help(noun: noun, verb: verb), to: &out)
            }
        case .info(let sections):
            await info(sections, form)
        case .save, .saveInBackground, .lastSave, .verify, .clock:
            await executeState(command)
        case .command(let command):
            respond(describe(command), form)
        case .client(let command):
            await execute(command, form)
        case .config(let command):
            await execute(command, form)
        case .time:
            let now = SystemClock.wallMicroseconds()
            respond(.array([.text(String(now / 1_000_000)), .text(String(now % 1_000_000))]), form)
        case .shutdown(let how):
            server.stopRequest.stop(saving: how != .withoutSaving)
            finish()
        }
    }

    /// Writes a value with Redis' own types, as the client sent the request and agreed on.
    func respond(_ value: ServerValue, _ form: RequestForm) {
        guard client.shouldAnswer() else { return }
        connection.withOutput {
            value.encode(ReplyForm(form, version: client.protocolVersion), to: &$0)
        }
    }

    /// Writes an answer of lines, the same in every form.
    private func line(_ body: (inout [UInt8]) throws(WireError) -> Void) {
        guard client.shouldAnswer() else { return }
        connection.withOutput { out in
            do throws(WireError) { try body(&out) } catch { Reply.error(error, to: &out) }
        }
    }

    private func hello(_ hello: ServerCommand.Hello, _ form: RequestForm) {
        if let credentials = hello.credentials, let refusal = authenticate(credentials) {
            return respond(refusal, form)
        }
        client.protocolVersion = hello.version ?? client.protocolVersion
        client.name = hello.name ?? client.name
        respond(
            .map([
                .init("server", .text("switchboard")), .init("version", .text(ServerVersion.redis)),
                .init("proto", .integer(Int64(client.protocolVersion))),
                .init("id", .integer(Int64(connection.id))), .init("mode", .text("standalone")),
                .init("role", .text("master")), .init("modules", .array([])),
            ]), form)
    }

    /// The refusal, if there is one. There are no users yet: like a Redis without a password, the default user may come
    /// in with any password, and nobody else is known.
    private func authenticate(_ credentials: Credentials) -> ServerValue? {
        guard let user = credentials.user else {
            return .error(
                WireError(
                    .general,
                    "AUTH <password> called without any password configured for the default user. "
                        + "Are you sure your configuration is correct?"))
        }
        guard user == "default" else {
            return .error(WireError(.wrongPassword, "invalid username-password pair or user is disabled."))
        }
        return nil
    }

    private func describe(_ command: ServerCommand.Command) -> ServerValue {
        let shapes = server.table.shapes
        switch command {
        case .all: return shapes.info()
        case .count: return .integer(Int64(shapes.count))
        case .docs(let names): return shapes.docs(names)
        case .info(let names): return shapes.info(names)
        case .list(let filter): return shapes.list(filter)
        }
    }

    // MARK: State

    private nonisolated(nonsending) func executeState(_ command: ServerCommand) async {
        let engine = server.engine
        switch command {
        case .save:
            await save(engine)
        case .saveInBackground(let schedule):
            let isRunning = await engine.snapshotter.current().isRunning
            if isRunning, !schedule {
                return answer(WireError(.general, "a snapshot is being written already"))
            }
            _ = server.lane.task {
                // A failure was logged; INFO tells of it too.
                do { try await engine.snapshotter.save() } catch { return }
            }
            line { Reply.simple(isRunning ? "Background saving scheduled" : "Background saving started", to: &$0) }
        case .lastSave:
            let last = await engine.snapshotter.current().lastMilliseconds
            line { Reply.integer((last ?? server.startedWallMilliseconds) / 1000, to: &$0) }
        case .verify:
            let (result, shows) = await engine.verify()
            line { Reply.json(result.document, to: &$0) }
            mark(shows)
        case .clock(let clock):
            await execute(clock, engine.balancer)
        default:
            preconditionFailure("\(command) does not concern the state")
        }
    }

    private nonisolated(nonsending) func save(_ engine: Engine) async {
        do throws(StorageError) {
            try await engine.snapshotter.save()
            line { Reply.ok(to: &$0) }
        } catch {
            answer(WireError(.misconfigured, "the snapshot was not written: \(error.message)"))
        }
    }

    private nonisolated(nonsending) func execute(_ clock: ServerCommand.Clock, _ balancer: LoadBalancer) async {
        let answer: LaneAnswer
        switch clock {
        case .read:
            let now = await balancer.serviceTime()
            return line { Reply.time(now, to: &$0) }
        case .set(let time): answer = await balancer.moveClock { _ in time }
        case .advance(let span): answer = await balancer.moveClock { $0 + span }
        }
        line { out in
            if case .document(.time(let time)) = answer.outcome { return Reply.time(time, to: &out) }
            Reply.outcome(answer.outcome, to: &out)
        }
        mark(answer.waitsFor)
    }
}

extension Verification {
    fileprivate var document: JSON {
        [
            "ok": .bool(isOK), "checked": .integer(Int64(checked)), "digest": .string(digest.text),
            "problems": .array(problems.map { .string($0) }),
        ]
    }
}
