import SwitchboardModel
import SwitchboardStorage

/// A server to be simulated: everything but the sockets.
protocol SimulatedServer: AnyObject {
    /// Carries out commands of one moment.
    func execute(_ requests: [DomainRequest]) throws -> SimulatedTurn
    /// Moves the clock; what is due fires.
    func advance(_ span: TimeSpan) throws -> SimulatedTurn
    func look() throws -> SeenState
    /// What the server's own verification finds wrong.
    func verification() throws -> Verification
    func saveSnapshot() throws
    /// From here to the restart, the state after each record is remembered, and a crash may lose records.
    func beginGroup() throws
    /// Ends the server, spoils the disk, starts it again. Returns what the start says.
    func restart(_ crash: Crash, shards: Int) throws -> Restarted
    /// Begins to serve after a restart. What it does then should be nothing.
    func begin() throws -> SimulatedTurn
    func image() throws -> StateImage
    /// Ends the threads.
    func close()
}

/// What a restart led to.
struct Restarted {
    /// The last record that is there again.
    var last: UInt64
    /// The last record that was reported durable before.
    var promised: UInt64
    /// The state as it was right after that record, where it was remembered.
    var before: Fingerprint?
}

/// Everything of a state in bytes: two states are equal when these are, whatever the number of shards.
struct Fingerprint: Equatable, Sendable {
    var bytes: [UInt8]
    var derived: Derived

    init(_ image: StateImage) {
        var output: [UInt8] = []
        image.forEachSection { kind, section in
            if kind != .tickets { output.append { $0.blob([kind.rawValue] + section) } }
            return true
        }
        for ticket in image.ticketsByID { output.append { $0.append(StoredTicket(ticket)) } }
        bytes = output
        derived = image.routing.derived
    }

    /// Where the bytes of two fingerprints begin to differ.
    func difference(from other: Fingerprint) -> String {
        if derived != other.derived { return "queues, candidates or holds: \(derived) / \(other.derived)" }
        let offset = zip(bytes, other.bytes).enumerated().first { $1.0 != $1.1 }?.offset
        return "byte \(offset ?? min(bytes.count, other.bytes.count)) of \(bytes.count) and \(other.bytes.count)"
    }
}

extension StateImage {
    /// All tickets in order of id, whatever the number of shards.
    var ticketsByID: [TicketView] {
        var result: [TicketView] = []
        let count = UInt64(tickets.count)
        for id in 1..<max(routing.nextTicket.rawValue, 1) {
            if let ticket = tickets[Int(id % count)].view(TicketID(id)) { result.append(ticket) }
        }
        return result
    }
}

/// The last segment of a journal, as a crash finds it.
enum JournalFile {
    static let folder = "data"

    static func last(on disk: FakeDisk) -> String? { disk.paths().last { $0.hasSuffix(".log") } }

    static func lastSize(on disk: FakeDisk) -> (path: String, bytes: Int)? {
        last(on: disk).map { ($0, disk.contents($0)?.count ?? 0) }
    }

    /// Cuts the last segment at any byte behind `start`, the size and name it had when the last group began.
    static func cut(_ disk: FakeDisk, behind start: (path: String, bytes: Int)?, _ chance: UInt64) {
        guard let (path, size) = lastSize(on: disk), let bytes = disk.contents(path) else { return }
        let least = path == start?.path ? start?.bytes ?? 0 : 0
        guard size > least else { return }
        let keep = least + Int(chance % UInt64(size - least + 1))
        disk.setContents(path, Array(bytes.prefix(keep)))
    }

    /// Spoils one byte of the newest snapshot, when there is another one to fall back on.
    static func spoilSnapshot(_ disk: FakeDisk, _ chance: UInt64) {
        let snapshots = disk.paths().filter { $0.hasSuffix(".swb") }
        guard snapshots.count > 1, let path = snapshots.last, var bytes = disk.contents(path) else { return }
        bytes[Int(chance % UInt64(bytes.count))] ^= 1 << UInt8(chance / 7 % 8)
        disk.setContents(path, bytes)
    }
}

extension JournalFile {
    /// The payloads of the records after `last`, found by walking along the lengths in the segments: a segment's
    /// header of 20 bytes, then for each record its length (31 bits), checksum, number and payload.
    static func records(on disk: FakeDisk, after last: UInt64) -> [(number: UInt64, payload: ArraySlice<UInt8>)] {
        var found: [(UInt64, ArraySlice<UInt8>)] = []
        let segments = disk.paths().filter { $0.hasSuffix(".log") }
        for (index, path) in segments.enumerated() {
            if index + 1 < segments.count, first(of: segments[index + 1]) <= last + 1 { continue }
            guard let bytes = disk.contents(path) else { continue }
            var offset = 20
            while offset + 16 <= bytes.count {
                let length = Int(number(bytes, offset, 4) & 0x7fff_ffff)
                guard length >= 8, offset + 8 + length <= bytes.count else { break }
                let record = number(bytes, offset + 8, 8)
                if record == (found.last?.0 ?? last) + 1 {
                    found.append((record, bytes[(offset + 16)..<(offset + 8 + length)]))
                }
                offset += 8 + length
            }
        }
        return found
    }

    private static func first(of path: String) -> UInt64 { UInt64(path.dropLast(4).suffix(20)) ?? 0 }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64($1 * 8) }
    }
}
