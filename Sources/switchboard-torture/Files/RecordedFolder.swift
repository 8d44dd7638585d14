import SwitchboardClient
import SwitchboardModel
import SwitchboardStorage
import SwitchboardTestKit

/// A data folder in memory that a real engine filled with random requests, and the state after each record of its last
/// journal file.
struct RecordedFolder: Sendable {
    let files: [String: [UInt8]]
    /// The journal file that is damaged: the last.
    let segment: String
    let bytes: [UInt8]
    /// Where each of its records ends, from the first on. Zeros may follow the last.
    let ends: [(record: UInt64, offset: Int)]
    /// The last record of which the file says that it was on disk before the next was written.
    let certain: UInt64
    /// The digest after each of its records, and after the one before them.
    let digests: [UInt64: String]

    static let folder = "data"

    var end: Int { ends.last?.offset ?? 0 }
    var last: UInt64 { ends.last?.record ?? 0 }

    /// `tailBytes`: how much of the journal's end is to be damaged.
    init(seed: UInt64, tailBytes: Int) throws {
        files = try Self.record(seed: seed, tailBytes)
        segment = files.keys.filter { $0.hasSuffix(".log") }.max() ?? ""
        bytes = files[segment] ?? []
        var scan = try SegmentScan(segment, on: Self.disk(files))
        defer { scan.close() }
        var ends: [(UInt64, Int)] = []
        while case .record(let record) = try scan.step() {
            ends.append((record.lsn.rawValue, record.offset + record.bytes))
        }
        self.ends = ends
        let unsure = scan.unsureOffset
        certain = ends.last { $0.1 <= unsure }?.0 ?? scan.first.rawValue - 1
        digests = try Self.digests(files)
    }

    /// The folder on a disk of its own, with `bytes` in place of those of the last journal file.
    func disk(with bytes: [UInt8]) -> FakeDisk {
        let disk = Self.disk(files)
        disk.setContents(segment, bytes)
        return disk
    }

    private static func disk(_ files: [String: [UInt8]]) -> FakeDisk {
        let disk = FakeDisk()
        for (path, bytes) in files { disk.setContents(path, bytes) }
        return disk
    }

    /// Requests of two desks in groups, with the clock moved now and then; a snapshot; then as much again and more than
    /// is damaged.
    private static func record(seed: UInt64, _ tailBytes: Int) throws -> [String: [UInt8]] {
        let engine = try EngineUnderTest(seed: seed) { $0.segmentBytes = 4 << 20 }
        defer { engine.close() }
        var desks = DeskPair(seed: seed)
        try desks.setUp(engine)
        try desks.write(tailBytes, to: engine)
        try engine.snapshot()
        try engine.restart()
        try desks.write(tailBytes + tailBytes / 2, to: engine)
        var files: [String: [UInt8]] = [:]
        for path in engine.disk.paths() { files[path] = engine.disk.contents(path) }
        return files
    }

    private static func digests(_ files: [String: [UInt8]]) throws -> [UInt64: String] {
        let state = RecoveredState(shards: 3)
        let folder = try DataFolder(folder, on: disk(files))
        var digests: [UInt64: String] = [:]
        _ = try Recovery.run(folder, into: state) { record in
            digests[record.rawValue] = state.image.verify().digest.text
        }
        return digests
    }
}

/// Two desks whose requests go to an engine in this process.
struct DeskPair {
    private var desks: [Desk]
    private var serials = [0, 0]
    private var chance: SeededChance

    /// Of an exact desk every answer is foreseen, so nothing may be refused.
    init(seed: UInt64, withExact: Bool = true) {
        chance = SeededChance(seed: seed)
        desks = [Desk(number: 0, isExact: withExact), Desk(number: 1, isExact: false)]
    }

    func setUp(_ engine: EngineUnderTest) throws {
        _ = try engine.execute(HelpDeskSetUp.lines(desks))
        try engine.engine.journal.sync()
    }

    /// Groups of requests, each synced, until the journal has grown by `bytes` and a little.
    mutating func write(_ bytes: Int, to engine: EngineUnderTest) throws {
        var written = 0
        while written < bytes {
            for _ in 0..<Int.random(in: 1...6, using: &chance) { written += try group(engine) }
            try engine.engine.journal.sync()
            if Int.random(in: 0..<20, using: &chance) == 0 { _ = try engine.send(Array("CLOCK ADVANCE 5s\n".utf8)) }
        }
    }

    /// One turn with a few requests; returns about how many bytes they add to the journal.
    mutating func group(_ engine: EngineUnderTest) throws -> Int {
        let before = engine.engine.journal.appended.rawValue
        for place in desks.indices {
            var lines: [String] = []
            for _ in 0..<Int.random(in: 1...4, using: &chance) {
                lines.append(desks[place].next(serial: &serials[place], &chance).joined(separator: " "))
            }
            for answer in try engine.execute(lines) {
                desks[place].take(
                    answer.first == "+"
                        ? .success(Array(answer.utf8.dropFirst())) : .refusal(String(answer.dropFirst())))
            }
        }
        return Int(engine.engine.journal.appended.rawValue - before) * 100
    }

    /// What no answer should have said.
    var surprises: [String] { desks.flatMap(\.surprises) }
}
