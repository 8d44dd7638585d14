import SwitchboardModel
import SwitchboardWire

/// What was promised for each request id: the checker's own memory, without limits or cleverness.
struct RequestBook {
    struct Entry {
        var command: Command
        var words: WordsHash
        var time: Timestamp
        var record: UInt64
        /// The line that was answered.
        var reply: [UInt8]
    }

    private static let memory = TimeSpan.seconds(24 * 60 * 60)

    private var entries: [String: Entry] = [:]
    /// How often a request was sent again and got its first answer, and how often its id was another's.
    private(set) var repeats = 0
    private(set) var conflicts = 0

    /// How many ids may be remembered.
    let limit: Int

    init(limit: Int) { self.limit = limit }

    /// The request under its id: one that is sent again is exactly the first one, as long as there was one.
    func request(_ command: Command, _ name: SimulatedCommand.Name?) -> DomainRequest {
        guard let name else { return .command(command) }
        let known = name.isAgain ? entries[name.id] : nil
        let command = known?.command ?? command
        return .once(command, RequestName(name.id, words: Self.words(command)))
    }

    /// Stands for the words of a request that never had any.
    private static func words(_ command: Command) -> WordsHash {
        var hash = RunHash()
        for byte in "\(command)".utf8 { hash.add(UInt64(byte)) }
        return WordsHash(high: 0, low: hash.value)
    }

    private func remembered(_ id: String, at now: Timestamp) -> Entry? {
        entries[id].flatMap { now < $0.time + Self.memory ? $0 : nil }
    }

    /// Holds the answers of one turn against what was promised, and notes what they promise.
    mutating func take(_ requests: [DomainRequest], _ turn: SimulatedTurn, at now: Timestamp) throws(Violation) {
        var firsts: [String] = []
        for (request, outcome) in zip(requests, turn.outcomes) {
            guard case .once(let command, let name) = request else { continue }
            let line = Self.line(outcome)
            if let known = remembered(name.id, at: now) {
                try check(name, known, line)
                // A batch may hold the first one too, whose record is its own.
                let isAlone = requests.count == 1
                try require(
                    !isAlone || turn.records.allSatisfy { $0.command == nil }, .once, "'\(name.id)' had a second effect"
                )
                continue
            }
            let count = entries.values.count { now < $0.time + Self.memory }
            if case .rejected = outcome {
                continue
            }
            try require(count < limit, .once, "'\(name.id)' is remembered beside \(count) others")
            firsts.append(name.id)
            let record = turn.records.first { $0.remembers(name.id) }
            guard let record else { throw Violation(.once, "no record remembers '\(name.id)'") }
            entries[name.id] = Entry(
                command: command, words: name.words, time: now, record: record.number, reply: line)
        }
        let written = turn.records.flatMap { $0.events.compactMap(\.request) }
        try require(written == firsts, .once, "the records remember \(written), the answers \(firsts)")
    }

    private mutating func check(_ name: RequestName, _ known: Entry, _ line: [UInt8]) throws(Violation) {
        guard name.words == known.words else {
            conflicts += 1
            let isRefused = line.starts(with: Array("-CONFLICT ".utf8))
            return try require(isRefused, .once, "'\(name.id)' was used for another request and is taken")
        }
        repeats += 1
        try require(
            line == known.reply, .once,
            "'\(name.id)' was answered \(known.reply.text) and now \(line.text)")
    }

    /// The records after `last` were lost.
    mutating func forget(after last: UInt64) { entries = entries.filter { $0.value.record <= last } }

    private static func line(_ outcome: Outcome) -> [UInt8] {
        var line: [UInt8] = []
        Reply.outcome(outcome, to: &line)
        return line
    }
}

extension SimulatedRecord {
    fileprivate func remembers(_ id: String) -> Bool { events.contains { $0.request == id } }
}

extension Event {
    /// The id that the event remembers.
    fileprivate var request: String? {
        if case .requestRemembered(let event) = self { event.id } else { nil }
    }
}

extension [UInt8] {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
