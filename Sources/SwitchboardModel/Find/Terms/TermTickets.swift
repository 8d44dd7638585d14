/// The tickets that have a term: some by id, some by block.
struct TermTickets: Sendable {
    var exact: [UInt32] = []
    var blocks: [UInt32] = []
    /// Any ticket may have it.
    var isCommon = false

    /// Whether there is no need to look for more of them. Some may stand here twice.
    var isSurelyCommon: Bool { isCommon || blocks.count > 2 * TermRun.mostBlocks }

    mutating func removeAll() {
        exact.removeAll(keepingCapacity: true)
        blocks.removeAll(keepingCapacity: true)
        isCommon = false
    }

    /// Sorts them, takes out repetitions, and makes blocks of them all when they are too many to be kept by id.
    mutating func normalize() {
        guard !isSurelyCommon else { return makeCommon() }
        exact.sortUnique()
        guard !blocks.isEmpty || exact.count > TermRun.mostExact else { return }
        if blocks.isEmpty, let first = exact.first, let last = exact.last,
            exact.count <= Int(last - first) / TermRun.exactShare
        {
            return
        }
        for ticket in exact { blocks.append(ticket >> TermRun.blockShift) }
        exact.removeAll(keepingCapacity: true)
        blocks.sortUnique()
        if blocks.count > TermRun.mostBlocks { makeCommon() }
    }

    private mutating func makeCommon() {
        removeAll()
        isCommon = true
    }

    /// Which tickets may have it.
    var plan: FindPlan {
        guard !isCommon else { return .everything }
        var plans: [FindPlan] = []
        if !exact.isEmpty {
            var set = TicketSet()
            for id in exact { set.insert(id) }
            plans.append(.set(set))
        }
        if !blocks.isEmpty { plans.append(.blocks(BlockSet(blocks))) }
        return plans.isEmpty ? .nothing : plans.count == 1 ? plans[0] : .either(plans)
    }
}

/// A bit for each block of four ids.
struct BlockSet {
    private var words: [UInt64] = []
    private(set) var count = 0

    init(_ blocks: [UInt32]) {
        words = Array(repeating: 0, count: Int(blocks.max() ?? 0) / 64 + 1)
        for block in blocks {
            let bit: UInt64 = 1 << UInt64(block & 63)
            if words[Int(block >> 6)] & bit == 0 { count += 1 }
            words[Int(block >> 6)] |= bit
        }
    }

    /// Adds those of a chunk. Returns whether there are any.
    func add(chunk: Int, to bits: inout ChunkBits) -> Bool {
        let blockWords = ChunkBits.words >> Int(TermRun.blockShift)
        let first = chunk * blockWords
        guard first < words.count else { return false }
        var isAny = false
        for place in 0..<min(blockWords, words.count - first) {
            var word = words[first + place]
            isAny = isAny || word != 0
            while word != 0 {
                let block = UInt32(place * 64 + word.trailingZeroBitCount)
                bits.insert(block: UInt16(truncatingIfNeeded: block << TermRun.blockShift))
                word &= word - 1
            }
        }
        return isAny
    }
}

extension [UInt32] {
    /// Sorts, where it is not sorted already, and takes out repetitions.
    fileprivate mutating func sortUnique() {
        guard count > 1 else { return }
        var isSorted = true
        var isUnique = true
        for place in 1..<count {
            if self[place - 1] > self[place] { isSorted = false }
            if self[place - 1] == self[place] { isUnique = false }
        }
        if !isSorted { sort() }
        guard !isSorted || !isUnique else { return }
        var kept = 1
        for place in 1..<count where self[place] != self[kept - 1] {
            self[kept] = self[place]
            kept += 1
        }
        removeLast(count - kept)
    }
}
