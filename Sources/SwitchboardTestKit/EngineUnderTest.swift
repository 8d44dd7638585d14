import SwitchboardEngine
import SwitchboardModel
import SwitchboardStorage
import SwitchboardWire

/// A whole engine without sockets: the real wire code, actors, journal and snapshots over a `FakeDisk`, on a manual
/// clock and a lane of its own.
///
/// Everything blocks until it is done and durable, as a client sees it under the policy `always`.
public final class EngineUnderTest {
    public let lane: EngineLane
    public private(set) var disk: FakeDisk
    public private(set) var engine: Engine
    private let options: EngineOptions
    private let clock: ClockSource
    private var parser = RequestParser()

    /// Files of the journal are short unless `journal` says otherwise.
    public init(
        shards: Int = 3, seed: UInt64? = nil, clock: ClockSource = .manual, mostRequests: Int = 1000,
        journal: (inout JournalOptions) -> Void = { _ in }
    ) throws(StorageError) {
        var options = EngineOptions()
        options.mostRequests = mostRequests
        options.shards = shards
        options.journal.segmentBytes = 1 << 16
        journal(&options.journal)
        self.clock = clock
        self.options = options
        lane = EngineLane(seed: seed)
        disk = FakeDisk()
        engine = try Self.open(disk, options, clock, lane)
    }

    /// Ends all threads. Nothing may be asked for after that.
    public func close() {
        engine.close()
        lane.stop()
    }

    private static func open(
        _ disk: FakeDisk, _ options: EngineOptions, _ clock: ClockSource, _ lane: EngineLane
    ) throws(StorageError) -> Engine {
        let engine = try Engine.open(
            try DataFolder("data", on: disk), options: options, clock: clock, lane: lane, wake: { _ in },
            onDurable: { _ in })
        lane.run { await engine.balancer.begin() }
        return engine
    }

    // MARK: Requests

    /// Sends the bytes of whole requests and returns the bytes that answer them.
    public func send(_ bytes: [UInt8]) throws(StorageError) -> [UInt8] {
        var unread = bytes
        var out: [UInt8] = []
        while true {
            let (parsed, consumed) = unread.withUnsafeMutableBytes { next(in: $0) }
            unread.removeFirst(consumed)
            guard let parsed else { return out }
            switch parsed {
            case .success(let request): try answer(request, &out)
            case .failure(let error): Reply.error(error, to: &out)
            }
        }
    }

    /// Carries out requests on tickets, agents and departments in one turn, each a line without its end; does not wait
    /// for the disk. Returns an answer, one line, for each.
    public func execute(_ lines: [String]) throws(WireError) -> [String] {
        var requests: [DomainRequest] = []
        for line in lines {
            var bytes = Array((line + "\n").utf8)
            let (parsed, _) = bytes.withUnsafeMutableBytes { next(in: $0) }
            guard case .domain(let request)? = try parsed?.get() else {
                throw WireError(.general, "this is not for the engine: \(line)")
            }
            requests.append(request)
        }
        let (balancer, batch) = (engine.balancer, requests)
        return lane.run { await balancer.execute(batch) }.map { answer in
            var out: [UInt8] = []
            Reply.outcome(answer.outcome, to: &out)
            return String(decoding: out.dropLast(2), as: UTF8.self)
        }
    }

    /// The next request, and how many bytes are done with; no request: nothing whole is left.
    private func next(
        in unread: UnsafeMutableRawBufferPointer
    ) -> (request: Result<ParsedRequest, WireError>?, consumed: Int) {
        let step = parser.next(in: unread)
        switch step.outcome {
        case .request(let request):
            do throws(WireError) {
                return (.success(try CommandTables.all.parse(request)), step.consumed)
            } catch {
                return (.failure(error), step.consumed)
            }
        case .refused(let error), .broken(let error): return (.failure(error), step.consumed)
        case .needMore, .hangUp: return (nil, step.consumed)
        }
    }

    private func answer(_ request: ParsedRequest, _ out: inout [UInt8]) throws(StorageError) {
        let balancer = engine.balancer
        switch request {
        case .domain(let request):
            try answer(lane.run { await balancer.execute([request]) }, &out)
        case .find(let question):
            if let found = lane.run({ await balancer.find(question) }) { try answer([found], &out) }
        case .server(.clock(.read)):
            Reply.time(lane.run { await balancer.serviceTime() }, to: &out)
        case .server(.clock(.set(let time))):
            try answer([lane.run { await balancer.moveClock { _ in time } }], &out)
        case .server(.clock(.advance(let span))):
            try answer([lane.run { await balancer.moveClock { $0 + span } }], &out)
        case .server:
            Reply.error(WireError(.general, "a session answers this, not the engine"), to: &out)
        }
    }

    private func answer(_ answers: [LaneAnswer], _ out: inout [UInt8]) throws(StorageError) {
        try engine.journal.sync()
        for answer in answers {
            if case .document(.time(let time)) = answer.outcome {
                Reply.time(time, to: &out)
            } else {
                Reply.outcome(answer.outcome, to: &out)
            }
        }
    }

    // MARK: The state

    public func verify() -> Verification {
        let engine = engine
        return lane.run { await engine.verify().result }
    }

    public func digest() -> String { verify().digest.text }

    public func image() -> StateImage {
        let engine = engine
        return lane.run { await engine.balancer.image() }
    }

    public func snapshot() throws(StorageError) {
        let engine = engine
        let result: Result<Void, StorageError> = lane.run {
            do throws(StorageError) {
                try await engine.snapshotter.save()
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    public func serviceTime() -> Timestamp {
        let engine = engine
        return lane.run { await engine.balancer.serviceTime() }
    }

    // MARK: Power

    /// The machine stops, losing what was not durable, and a new process recovers what is there.
    ///
    /// - Parameter meanwhile: does something to what is there before it is recovered.
    public func crash(
        _ model: CrashModel = .unsyncedLost, meanwhile: (FakeDisk) throws -> Void
    ) throws {
        let next = disk.crash(model)
        engine.close()
        try meanwhile(next)
        disk = next
        engine = try Self.open(disk, options, clock, lane)
        parser = RequestParser()
    }

    /// As above, and nothing is done.
    public func crash(_ model: CrashModel = .unsyncedLost) throws(StorageError) {
        let next = disk.crash(model)
        engine.close()
        disk = next
        engine = try Self.open(disk, options, clock, lane)
        parser = RequestParser()
    }

    /// A clean end with a last snapshot, and a new start.
    public func restart() throws(StorageError) {
        try snapshot()
        engine.close()
        engine = try Self.open(disk, options, clock, lane)
        parser = RequestParser()
    }
}
