/// Many terms, each with the tickets that have it, packed and sorted; never changed.
///
/// Terms lie in groups of sixteen. Of a group's first term the key stands in `heads`; each other one has how many of its bytes are
/// those of the one before, and the others. Behind a term stand its tickets: numbers, each the difference from the one before;
/// where they are many, the numbers of blocks of four ids instead; where these are dense, a bit for each block; and where they
/// are very many, nothing.
struct TermRun: Sendable {
    static let groupSize = 16
    /// A term with more tickets than this, and than one in `exactShare` of the ids that they lie among, is kept by blocks.
    static let mostExact = 64
    static let exactShare = 256
    /// A term with more blocks than this is in so many texts that it narrows nothing down; and a list of them all would be
    /// merged in one long step.
    static let mostBlocks = 16_384
    /// Ids in a block, as a shift.
    static let blockShift: UInt32 = 2

    enum Kind: UInt64 {
        case tickets = 0
        case blocks = 1
        case bits = 2
        /// No tickets stand behind it: any may have the term.
        case common = 3
    }

    fileprivate(set) var heads: [UInt64] = []
    fileprivate(set) var offsets: [UInt32] = []
    fileprivate(set) var bytes: [UInt8] = []
    fileprivate(set) var count = 0

    /// Bytes that it occupies.
    var size: Int { heads.count * 8 + offsets.count * 4 + bytes.count }

    /// Gathers the tickets of all terms in `range`. Returns `false`, and may have gathered some, when there are more than
    /// `limit` terms.
    func look(up range: ClosedRange<TermKey>, _ found: inout TermTickets, limit: inout Int) -> Bool {
        guard count > 0 else { return true }
        var low = 0
        var high = heads.count
        while low < high {
            let middle = (low + high) / 2
            if heads[middle] <= range.lowerBound.rawValue { low = middle + 1 } else { high = middle }
        }
        var cursor = TermCursor(self, group: max(low - 1, 0))
        while let term = cursor.term, term <= range.upperBound {
            if term >= range.lowerBound {
                guard limit > 0 else { return false }
                limit -= 1
                cursor.gather(&found)
            } else {
                cursor.skip()
            }
            cursor.next()
        }
        return true
    }
}

/// Walks over a run's terms in order. At a term, either `gather` or `skip` is to be called, then `next`.
struct TermCursor: Sendable {
    private let run: TermRun
    private var place: Int
    private var index: Int
    private(set) var term: TermKey?

    init(_ run: TermRun, group: Int = 0) {
        self.run = run
        index = group * TermRun.groupSize
        place = group < run.offsets.count ? Int(run.offsets[group]) : 0
        term = nil
        readTerm()
    }

    private mutating func readTerm() {
        guard index < run.count else {
            term = nil
            return
        }
        if index % TermRun.groupSize == 0 {
            term = TermKey(rawValue: run.heads[index / TermRun.groupSize])
            return
        }
        let head = run.bytes[place]
        let (shared, more) = (Int(head >> 4), Int(head & 0x0f))
        place += 1
        var value = term?.rawValue ?? 0
        value = shared == 0 ? 0 : value & ~(shared == 8 ? 0 : .max >> UInt64(shared * 8))
        for offset in 0..<more { value |= UInt64(run.bytes[place + offset]) << UInt64(56 - (shared + offset) * 8) }
        place += more
        term = TermKey(rawValue: value)
    }

    /// Behind this term's tickets: the next term.
    mutating func next() {
        index += 1
        readTerm()
    }

    /// Adds this term's tickets to `found`.
    mutating func gather(_ found: inout TermTickets) {
        let (kind, count) = readKind()
        switch kind {
        case .tickets:
            var ticket: UInt32 = 0
            for _ in 0..<count {
                ticket &+= UInt32(truncatingIfNeeded: varint())
                found.exact.append(ticket)
            }
        case .blocks:
            _ = varint()
            var block: UInt32 = 0
            for _ in 0..<count {
                block &+= UInt32(truncatingIfNeeded: varint())
                found.blocks.append(block)
            }
        case .bits:
            let length = Int(varint())
            let end = place + length
            let first = UInt32(truncatingIfNeeded: varint())
            let start = place
            while place < end {
                var byte = run.bytes[place]
                while byte != 0 {
                    found.blocks.append(first + UInt32(place - start) * 8 + UInt32(byte.trailingZeroBitCount))
                    byte &= byte - 1
                }
                place += 1
            }
        case .common:
            found.isCommon = true
        }
    }

    mutating func skip() {
        let (kind, count) = readKind()
        switch kind {
        case .tickets:
            for _ in 0..<count {
                while run.bytes[place] >= 0x80 { place += 1 }
                place += 1
            }
        case .blocks, .bits: place += Int(varint())
        case .common: break
        }
    }

    private mutating func readKind() -> (TermRun.Kind, Int) {
        let head = varint()
        guard let kind = TermRun.Kind(rawValue: head & 3) else { preconditionFailure("a term run is damaged") }
        return (kind, Int(head >> 2))
    }

    @inline(__always)
    private mutating func varint() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = run.bytes[place]
            place += 1
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }
}

/// Packs terms, which come in rising order.
struct TermRunBuilder: Sendable {
    private(set) var run = TermRun()
    private var last: UInt64 = 0
    private var length: [UInt8] = []

    /// - Parameters: how much memory to set aside; what is not written to costs none.
    init(terms: Int, bytes: Int) {
        run.heads.reserveCapacity(terms / TermRun.groupSize + 1)
        run.offsets.reserveCapacity(terms / TermRun.groupSize + 1)
        run.bytes.reserveCapacity(bytes)
    }

    /// Adds a term with its tickets, in any order.
    mutating func append(_ term: TermKey, _ tickets: inout TermTickets) {
        if run.count % TermRun.groupSize == 0 {
            run.heads.append(term.rawValue)
            run.offsets.append(UInt32(run.bytes.count))
        } else {
            let different = (term.rawValue ^ last).leadingZeroBitCount / 8
            let used = 8 - term.rawValue.trailingZeroBitCount / 8
            let more = max(used - different, 0)
            run.bytes.append(UInt8(different << 4 | more))
            for place in different..<different + more {
                run.bytes.append(UInt8(truncatingIfNeeded: term.rawValue >> UInt64(56 - place * 8)))
            }
        }
        last = term.rawValue
        run.count += 1
        tickets.normalize()
        if tickets.isCommon {
            Self.varint(TermRun.Kind.common.rawValue, &run.bytes)
        } else {
            tickets.blocks.isEmpty ? write(tickets.exact) : write(blocks: tickets.blocks)
        }
    }

    private mutating func write(_ tickets: [UInt32]) {
        Self.varint(UInt64(tickets.count) << 2 | TermRun.Kind.tickets.rawValue, &run.bytes)
        var last: UInt32 = 0
        for ticket in tickets {
            Self.varint(UInt64(ticket - last), &run.bytes)
            last = ticket
        }
    }

    private mutating func write(blocks: [UInt32]) {
        guard let first = blocks.first, let end = blocks.last else { return }
        let bitBytes = Int(end - first) / 8 + 1
        length.removeAll(keepingCapacity: true)
        // A difference takes a byte at least.
        if bitBytes < blocks.count {
            Self.varint(UInt64(blocks.count) << 2 | TermRun.Kind.bits.rawValue, &run.bytes)
            Self.varint(UInt64(first), &length)
            let start = length.count
            length.append(contentsOf: repeatElement(0, count: bitBytes))
            for block in blocks { length[start + Int(block - first) / 8] |= 1 << UInt8((block - first) % 8) }
            // The length counts what stands behind it, the first block's number apart from the bits.
            Self.varint(UInt64(length.count), &run.bytes)
        } else {
            Self.varint(UInt64(blocks.count) << 2 | TermRun.Kind.blocks.rawValue, &run.bytes)
            var last: UInt32 = 0
            for block in blocks {
                Self.varint(UInt64(block - last), &length)
                last = block
            }
            Self.varint(UInt64(length.count), &run.bytes)
        }
        run.bytes.append(contentsOf: length)
    }

    private static func varint(_ value: UInt64, _ bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
