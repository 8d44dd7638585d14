/// Which tickets have which terms: a buffer of what was noted last, and sorted runs of growing size, which are merged step by
/// step. (The log-structured merge tree: O'Neil, Cheng, Gawlick, O'Neil, 1996.)
///
/// A term once noted for a ticket stays: what is found is looked at again. Nothing noted twice takes more room once runs are
/// merged.
struct TermIndex: Sendable {
    private struct Entry: Sendable {
        var term: TermKey
        var ticket: UInt32
    }

    private var buffer: [Entry] = []
    /// What was noted last, by a hash of the term: a word comes again and again in one text.
    private var latest = [Entry](repeating: Entry(term: TermKey(rawValue: 0), ticket: 0), count: 1024)
    /// By level; each holds runs that came of `fanOut` of the level before.
    private var levels: [[TermRun]] = [[]]
    private var merge: TermMerge?

    /// Entries that are searched one by one before they become a run.
    private static let mostBuffered = 8192
    /// So many runs of a level become one of the next.
    private static let fanOut = 12
    /// With so many runs in a level nothing more is noted before they are merged.
    private static let mostRuns = 30
    /// Terms that a beginning may stand for; where there are more, it is not looked up.
    private static let mostTerms = 4096

    @inline(__always)
    mutating func note(_ term: TermKey, _ ticket: UInt32) {
        let place = Int(truncatingIfNeeded: (term.rawValue &* 0x9e37_79b9_7f4a_7c15) >> 54)
        guard latest[place].term != term || latest[place].ticket != ticket else { return }
        latest[place] = Entry(term: term, ticket: ticket)
        buffer.append(Entry(term: term, ticket: ticket))
    }

    /// Whether the buffer is to be made a run before more is noted.
    var isFull: Bool { buffer.count >= Self.mostBuffered }

    /// Makes a run of the buffer.
    mutating func seal() {
        guard !buffer.isEmpty else { return }
        sortBuffer()
        var builder = TermRunBuilder(terms: buffer.count, bytes: buffer.count * 12)
        var tickets = TermTickets()
        for place in buffer.indices {
            tickets.exact.append(buffer[place].ticket)
            guard place + 1 == buffer.count || buffer[place + 1].term != buffer[place].term else { continue }
            builder.append(buffer[place].term, &tickets)
            tickets.removeAll()
        }
        buffer.removeAll(keepingCapacity: true)
        levels[0].append(builder.run)
    }

    /// By term, 11 bits at a time from the lowest: a third of what comparing takes.
    private mutating func sortBuffer() {
        let bits = 11
        var other = buffer
        var starts = [Int](repeating: 0, count: 1 << bits)
        for shift in stride(from: 0, to: 64, by: bits) {
            // In raw memory: with a check for each access, sorting was two thirds of what indexing takes.
            buffer.withUnsafeBufferPointer { entries in
                other.withUnsafeMutableBufferPointer { sorted in
                    starts.withUnsafeMutableBufferPointer { Self.distribute(entries, to: sorted, by: shift, $0) }
                }
            }
            swap(&buffer, &other)
        }
    }

    /// Puts the entries in order of the bits above `shift`, as many as `starts` has places for, and otherwise as they stand.
    private static func distribute(
        _ entries: UnsafeBufferPointer<Entry>, to sorted: UnsafeMutableBufferPointer<Entry>, by shift: Int,
        _ starts: UnsafeMutableBufferPointer<Int>
    ) {
        @inline(__always)
        func bucket(_ entry: Entry) -> Int {
            Int(truncatingIfNeeded: entry.term.rawValue &>> UInt64(shift)) & (starts.count - 1)
        }
        starts.update(repeating: 0)
        for entry in entries { starts[bucket(entry)] &+= 1 }
        var next = 0
        for place in starts.indices {
            (starts[place], next) = (next, next &+ starts[place])
        }
        for entry in entries {
            let bucket = bucket(entry)
            sorted[starts[bucket]] = entry
            starts[bucket] &+= 1
        }
    }

    /// Whether merging has fallen behind.
    var mustMerge: Bool { levels.contains { $0.count >= Self.mostRuns } }

    /// Whether there is something to merge.
    var canMerge: Bool { merge != nil || levels.contains { $0.count >= Self.fanOut } }

    /// Merges up to `count` terms.
    mutating func mergeSome(_ count: Int) {
        if merge == nil {
            guard let level = levels.firstIndex(where: { $0.count >= Self.fanOut }) else { return }
            merge = TermMerge(Array(levels[level].prefix(Self.fanOut)), level: level)
        }
        guard let run = merge?.step(count), let level = merge?.level else { return }
        merge = nil
        levels[level].removeFirst(Self.fanOut)
        if levels.count == level + 1 { levels.append([]) }
        levels[level + 1].append(run)
    }

    /// The tickets that may have one of the terms in `range`; `everything` when it stands for too many terms.
    func plan(_ range: ClosedRange<TermKey>) -> FindPlan {
        var found = TermTickets()
        for entry in buffer where range.contains(entry.term) { found.exact.append(entry.ticket) }
        var limit = Self.mostTerms
        for level in levels {
            for run in level {
                guard run.look(up: range, &found, limit: &limit) else { return .everything }
            }
        }
        return found.plan
    }

    func plan(_ term: TermKey) -> FindPlan { plan(term...term) }

    /// Bytes that it occupies, roughly.
    var size: Int {
        buffer.capacity * MemoryLayout<Entry>.stride + levels.joined().reduce(0) { $0 + $1.size } + (merge?.size ?? 0)
    }

    var runCount: Int { levels.reduce(0) { $0 + $1.count } }
}

/// Several runs becoming one, a few terms at a time.
struct TermMerge: Sendable {
    let level: Int
    private var cursors: [TermCursor]
    private var builder: TermRunBuilder
    private var tickets = TermTickets()

    init(_ runs: [TermRun], level: Int) {
        self.level = level
        cursors = runs.map { TermCursor($0) }
        builder = TermRunBuilder(
            terms: runs.reduce(0) { $0 + $1.count }, bytes: runs.reduce(0) { $0 + $1.bytes.count + $1.heads.count * 8 })
    }

    var size: Int { builder.run.size }

    /// Goes on for `count` terms; a term of many tickets counts as several. The run, when it is done.
    mutating func step(_ count: Int) -> TermRun? {
        var left = count
        while left > 0 {
            var least: TermKey?
            for cursor in cursors {
                guard let term = cursor.term else { continue }
                if least.map({ term < $0 }) ?? true { least = term }
            }
            guard let least else { return builder.run }
            tickets.removeAll()
            for place in cursors.indices where cursors[place].term == least {
                tickets.isSurelyCommon ? cursors[place].skip() : cursors[place].gather(&tickets)
                cursors[place].next()
            }
            left -= 1 + (tickets.exact.count + tickets.blocks.count) / 32
            builder.append(least, &tickets)
        }
        return nil
    }
}
