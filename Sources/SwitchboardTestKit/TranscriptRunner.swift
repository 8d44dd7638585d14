import SwitchboardModel
import SwitchboardStorage

/// Plays a transcript against an engine of its own. Lines of a transcript:
///
///     # a comment
///     > TICKET SHOW 7                     what the client sends
///     >[id,agent] TICKET SHOW 7           the same, of the answer only these members are written down
///     < +{"id":7,"agent":"ann"}           what the server answers, exactly
///     ! advance 30s                       moves the clock; due timers fire
///     ! repeat 3 TICKET NOTE 7 by=ann body=% the requests (` | ` between) for % = 1, 2, 3; answers `+` go unsaid
///     ! crash                             what is not durable is lost, the rest is recovered
///     ! restart                           a snapshot, a clean end and a new start
///     ! snapshot                          writes a snapshot
///     ! verify                            VERIFY must be ok
///
/// After the last line the runner itself verifies, crashes and restarts, and the digest must stay the same.
public struct TranscriptRunner {
    /// The transcript as it was found to be: the same text when everything was as expected.
    public private(set) var played: [String] = []
    /// What went wrong apart from the answers.
    public private(set) var failures: [String] = []
    private let engine: EngineUnderTest
    private let interruption: Interruption

    /// What happens after every line: the answers must be the same.
    public enum Interruption: Sendable, CaseIterable {
        case none
        case crash
        case restart
    }

    private init(_ engine: EngineUnderTest, _ interruption: Interruption) {
        self.engine = engine
        self.interruption = interruption
    }

    public static func play(
        _ text: String, shards: Int = 3, after interruption: Interruption = .none
    ) throws(StorageError) -> TranscriptRunner {
        var runner = TranscriptRunner(try EngineUnderTest(shards: shards), interruption)
        defer { runner.engine.close() }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            try runner.play(String(line), number + 1)
        }
        try runner.end()
        return runner
    }

    public var text: String { played.joined(separator: "\n") }

    /// The first line where the two differ, for a test to show; nil when they are the same.
    public func firstDifference(from expected: String) -> String? {
        let lines = expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines != played else { return nil }
        let place = zip(lines, played).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let line = place ?? min(lines.count, played.count)
        let request = played[..<min(line, played.count)].last { $0.hasPrefix(">") || $0.hasPrefix("!") } ?? ""
        return """
            line \(line + 1), after \(request)
            expected: \(line < lines.count ? lines[line] : "the end")
            found:    \(line < played.count ? played[line] : "the end")
            """
    }

    // MARK: One line

    private mutating func play(_ line: String, _ number: Int) throws(StorageError) {
        if line.hasPrefix("<") { return }
        played.append(line)
        if line.hasPrefix("> ") {
            record(try send(String(line.dropFirst(2))), nil)
            try interrupt()
        } else if line.hasPrefix(">["), let end = line.firstIndex(of: "]") {
            let members = line[line.index(line.startIndex, offsetBy: 2)..<end].split(separator: ",").map(String.init)
            record(try send(String(line[line.index(end, offsetBy: 2)...])), members)
            try interrupt()
        } else if line.hasPrefix("! ") {
            try control(line.dropFirst(2).split(separator: " ", maxSplits: 1).map(String.init), number)
            try interrupt()
        } else if !line.isEmpty, !line.hasPrefix("#") {
            failures.append("line \(number) is none of # > < !: \(line)")
        }
    }

    private func interrupt() throws(StorageError) {
        switch interruption {
        case .none: break
        case .crash: try engine.crash()
        case .restart: try engine.restart()
        }
    }

    private func send(_ request: String) throws(StorageError) -> [String] {
        let answer = try engine.send(Array(request.utf8) + [13, 10])
        return String(decoding: answer, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    private mutating func record(_ lines: [String], _ members: [String]?) {
        for line in lines {
            let start = members == nil ? nil : line.firstIndex(of: "{")
            guard let members, let start, line.hasPrefix("+") || line.hasPrefix("{") else {
                played.append("< " + line)
                continue
            }
            played.append("< " + line[..<start] + TranscriptProjection(String(line[start...])).of(members))
        }
    }

    private mutating func control(_ words: [String], _ number: Int) throws(StorageError) {
        switch words.first {
        case "advance" where words.count == 2:
            record(try send("CLOCK ADVANCE \(words[1])").filter { !$0.hasPrefix("+") }, nil)
        case "repeat" where words.count == 2:
            let parts = words[1].split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, let count = Int(parts[0]), count > 0 else { fallthrough }
            for index in 1...count {
                let requests = parts[1].split(separator: "%", omittingEmptySubsequences: false)
                    .joined(separator: String(index)).split(separator: " | ").map(String.init)
                for request in requests { record(try send(request).filter { !$0.hasPrefix("+") }, nil) }
            }
        case "crash": try engine.crash()
        case "restart": try engine.restart()
        case "snapshot": try engine.snapshot()
        case "verify": failures += engine.verify().problems.map { "line \(number): \($0)" }
        default: failures.append("line \(number): no such control")
        }
    }

    // MARK: The end

    private mutating func end() throws(StorageError) {
        let before = engine.verify()
        failures += before.problems.map { "VERIFY at the end: \($0)" }
        if interruption == .none {
            failures += TransferCheck.problems(in: engine.image(), shards: 2).map { "export and import: \($0)" }
        }
        try engine.crash()
        expectSame(before, "a crash")
        try engine.restart()
        expectSame(before, "a restart")
    }

    private mutating func expectSame(_ before: Verification, _ what: String) {
        let after = engine.verify()
        failures += after.problems.map { "VERIFY after \(what): \($0)" }
        if after.digest != before.digest { failures.append("the digest is another one after \(what)") }
    }
}
