/// Which tickets may match: at least all that do. Each is still to be looked at.
indirect enum FindPlan {
    case everything
    case nothing
    case set(TicketSet)
    case blocks(BlockSet)
    case ids(ClosedRange<UInt32>)
    case both([FindPlan])
    case either([FindPlan])
    case kept(KeptPlan)

    /// How many it names at the most.
    func mostTickets(of all: Int) -> Int {
        switch self {
        case .everything: all
        case .nothing: 0
        case .set(let set): set.count
        case .blocks(let blocks): min(all, blocks.count << Int(TermRun.blockShift))
        case .ids(let range): min(all, Int(range.upperBound - range.lowerBound) + 1)
        case .both(let parts): parts.reduce(all) { min($0, $1.mostTickets(of: all)) }
        case .either(let parts): parts.reduce(0) { min(all, $0 + min(all - $0, $1.mostTickets(of: all))) }
        case .kept(let kept): kept.plan.mostTickets(of: all)
        }
    }

    /// Whether all it names are, or were, tickets, or lie close to one.
    var namesTicketsOnly: Bool {
        switch self {
        case .everything, .ids: false
        case .nothing, .set, .blocks: true
        case .both(let parts): parts.contains { $0.namesTicketsOnly }
        case .either(let parts): parts.allSatisfy { $0.namesTicketsOnly }
        case .kept(let kept): kept.plan.namesTicketsOnly
        }
    }

    /// All of these conditions together, the one that leaves the fewest first.
    static func all(of parts: [FindPlan]) -> FindPlan {
        .both(parts.sorted { $0.mostTickets(of: .max) < $1.mostTickets(of: .max) })
    }

    /// Adds those of one chunk. Returns whether there may be any.
    @discardableResult
    func add(chunk: Int, to bits: inout ChunkBits) -> Bool {
        switch self {
        case .everything: bits.insertAll()
        case .nothing: return false
        case .set(let set): return set.add(chunk: chunk, to: &bits)
        case .blocks(let blocks): return blocks.add(chunk: chunk, to: &bits)
        case .ids(let range):
            guard let range = Self.part(of: range, chunk) else { return false }
            bits.insert(range)
        case .both(let parts):
            guard let first = parts.first else { return false }
            var common = ChunkBits()
            guard first.add(chunk: chunk, to: &common) else { return false }
            for part in parts.dropFirst() {
                guard part.narrow(&common, chunk: chunk) else { return false }
            }
            bits.formUnion(common)
        case .either(let parts):
            var isAny = false
            for part in parts where part.add(chunk: chunk, to: &bits) { isAny = true }
            return isAny
        case .kept(let kept):
            guard let own = kept.bits(chunk: chunk) else { return false }
            bits.formUnion(own)
        }
        return true
    }

    /// Takes out of one chunk what the plan does not name. Returns whether any are left.
    private func narrow(_ bits: inout ChunkBits, chunk: Int) -> Bool {
        switch self {
        case .everything: return true
        case .nothing: return false
        case .set(let set): return set.narrow(&bits, chunk: chunk)
        case .both(let parts): return parts.allSatisfy { $0.narrow(&bits, chunk: chunk) }
        case .kept(let kept):
            if case .everything = kept.plan { return true }
            guard let own = kept.bits(chunk: chunk) else { return false }
            return bits.formIntersection(own)
        case .blocks, .ids, .either:
            var own = ChunkBits()
            guard add(chunk: chunk, to: &own) else { return false }
            return bits.formIntersection(own)
        }
    }

    private static func part(of range: ClosedRange<UInt32>, _ chunk: Int) -> ClosedRange<UInt16>? {
        let first = UInt64(chunk) << 16
        let low = max(UInt64(range.lowerBound), first)
        let high = min(UInt64(range.upperBound), first + 0xffff)
        return low <= high ? UInt16(truncatingIfNeeded: low)...UInt16(truncatingIfNeeded: high) : nil
    }
}

/// The tickets of a plan one after the other, in order of id.
struct CandidateWalk {
    private let plan: FindPlan
    private let isDescending: Bool
    private let end: UInt32
    private var chunk: Int
    private var bits = ChunkBits.none
    /// Where in `bits` it stands.
    private var word = 0

    /// - Parameter end: the first id that was not given to a ticket yet.
    init(_ plan: FindPlan, before end: UInt32, descending isDescending: Bool) {
        self.plan = plan
        self.isDescending = isDescending
        self.end = end
        chunk = isDescending ? Int(end >> 16) + 1 : -1
    }

    /// The next id. `nil`: none is left, or `chunks` were walked through that had none; `isAtEnd` tells which.
    mutating func next(chunks budget: inout Int) -> UInt32? {
        while true {
            while let number = isDescending ? bits.removeLast(to: &word) : bits.removeFirst(from: &word) {
                let id = UInt32(chunk) << 16 | UInt32(number)
                if id < end, id > 0 { return id }
            }
            guard budget > 0, !isAtEnd else { return nil }
            budget -= 1
            chunk += isDescending ? -1 : 1
            guard !isAtEnd else { return nil }
            bits.removeAll()
            guard plan.add(chunk: chunk, to: &bits) else { continue }
            word = isDescending ? ChunkBits.words - 1 : 0
        }
    }

    var isAtEnd: Bool { isDescending ? chunk < 0 : chunk > Int(end >> 16) }
}
