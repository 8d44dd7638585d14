/// Which tickets may match: at least all that do. Each is still to be looked at.
indirect enum FindPlan: Sendable {
    case everything
    case nothing
    case set(TicketSet)
    case blocks(BlockSet)
    case ids(ClosedRange<UInt32>)
    case both([FindPlan])
    case either([FindPlan])

    /// How many it names at the most.
    func mostTickets(of all: Int) -> Int {
        switch self {
        case .everything: all
        case .nothing: 0
        case .set(let set): set.count
        case .blocks(let blocks): min(all, blocks.count << Int(TermRun.blockShift))
        case .ids(let range): min(all, Int(range.upperBound - range.lowerBound) + 1)
        case .both(let parts): parts.reduce(all) { min($0, $1.mostTickets(of: all)) }
        case .either(let parts): min(all, parts.reduce(0) { $0 + $1.mostTickets(of: all) })
        }
    }

    /// Those of one chunk; `nil`: none.
    func bits(chunk: Int) -> ChunkBits? {
        switch self {
        case .everything: return ChunkBits(all: ())
        case .nothing: return nil
        case .set(let set):
            var bits = ChunkBits()
            return set.add(chunk: chunk, to: &bits) ? bits : nil
        case .blocks(let blocks): return blocks.bits(chunk: chunk)
        case .ids(let range):
            let first = UInt64(chunk) << 16
            let low = max(UInt64(range.lowerBound), first)
            let high = min(UInt64(range.upperBound), first + 0xffff)
            guard low <= high else { return nil }
            var bits = ChunkBits()
            bits.insert(UInt16(truncatingIfNeeded: low)...UInt16(truncatingIfNeeded: high))
            return bits
        case .both(let parts):
            var result: ChunkBits?
            for part in parts {
                guard let bits = part.bits(chunk: chunk) else { return nil }
                if result == nil { result = bits } else { result?.formIntersection(bits) }
            }
            return result
        case .either(let parts):
            var result: ChunkBits?
            for part in parts {
                guard let bits = part.bits(chunk: chunk) else { continue }
                if result == nil { result = bits } else { result?.formUnion(bits) }
            }
            return result
        }
    }
}

/// The tickets of a plan one after the other, in order of id.
struct CandidateWalk: Sendable {
    private let plan: FindPlan
    private let isDescending: Bool
    private let end: UInt32
    private var chunk: Int
    private var values: [UInt64] = []
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
            while word >= 0, word < values.count {
                guard values[word] != 0 else {
                    word += isDescending ? -1 : 1
                    continue
                }
                let bit = isDescending ? 63 - values[word].leadingZeroBitCount : values[word].trailingZeroBitCount
                values[word] &= ~(1 << UInt64(bit))
                let id = UInt32(chunk) << 16 | UInt32(word * 64 + bit)
                if id < end, id > 0 { return id }
            }
            guard budget > 0, !isAtEnd else { return nil }
            budget -= 1
            chunk += isDescending ? -1 : 1
            guard !isAtEnd else { return nil }
            values = plan.bits(chunk: chunk)?.values ?? []
            word = isDescending ? values.count - 1 : 0
        }
    }

    var isAtEnd: Bool { isDescending ? chunk < 0 : chunk > Int(end >> 16) }
}
