/// A set of ticket ids: sorted numbers as long as they are few, then chunks of 65,536 ids, each a list of 16-bit numbers or a
/// map of bits, whichever is smaller. (As "Roaring bitmaps" do: Chambi, Lemire, Kaser, Godin, 2014.)
///
/// Ids have 32 bits here: more tickets than that fit into no memory.
struct TicketSet: Sendable {
    /// Ids in one chunk.
    static let chunkSize = 1 << 16
    /// More of them make chunks.
    private static let mostFew = 1024

    private(set) var count = 0
    private var few: [UInt32] = []
    private var chunks: [Chunk] = []

    init() {}

    var isEmpty: Bool { count == 0 }

    func contains(_ id: UInt32) -> Bool {
        guard !chunks.isEmpty else { return few.place(of: id).isThere }
        let chunk = Int(id >> 16)
        return chunk < chunks.count && chunks[chunk].contains(UInt16(truncatingIfNeeded: id))
    }

    mutating func insert(_ id: UInt32) {
        if chunks.isEmpty {
            let place = few.place(of: id)
            guard !place.isThere else { return }
            few.insert(id, at: place.index)
            count += 1
            if few.count > Self.mostFew { makeChunks() }
            return
        }
        let chunk = Int(id >> 16)
        while chunks.count <= chunk { chunks.append(Chunk()) }
        if chunks[chunk].insert(UInt16(truncatingIfNeeded: id)) { count += 1 }
    }

    mutating func remove(_ id: UInt32) {
        if chunks.isEmpty {
            let place = few.place(of: id)
            guard place.isThere else { return }
            few.remove(at: place.index)
            count -= 1
            return
        }
        let chunk = Int(id >> 16)
        guard chunk < chunks.count, chunks[chunk].remove(UInt16(truncatingIfNeeded: id)) else { return }
        count -= 1
        if count < Self.mostFew / 4 { makeFew() }
    }

    /// Adds the set's members of one chunk to `bits`. Returns whether there are any.
    func add(chunk: Int, to bits: inout ChunkBits) -> Bool {
        guard !chunks.isEmpty else {
            let first = UInt32(chunk) << 16
            var place = few.place(of: first).index
            guard place < few.count, few[place] >> 16 == UInt32(chunk) else { return false }
            while place < few.count, few[place] >> 16 == UInt32(chunk) {
                bits.insert(UInt16(truncatingIfNeeded: few[place]))
                place += 1
            }
            return true
        }
        guard chunk < chunks.count, chunks[chunk].count > 0 else { return false }
        chunks[chunk].add(to: &bits)
        return true
    }

    /// Takes out of one chunk's `bits` what is not in the set. Returns whether any are left.
    func narrow(_ bits: inout ChunkBits, chunk: Int) -> Bool {
        guard !chunks.isEmpty else {
            let from = few.place(of: UInt32(chunk) << 16).index
            let own = few[from...].prefix { $0 >> 16 == UInt32(chunk) }
            return bits.formIntersection(rising: own.lazy.map { UInt16(truncatingIfNeeded: $0) })
        }
        guard chunk < chunks.count, chunks[chunk].count > 0 else { return false }
        return chunks[chunk].narrow(&bits)
    }

    /// Bytes that it occupies, roughly.
    var bytes: Int {
        few.capacity * 4 + (few.isEmpty ? 0 : 32)
            + chunks.reduce(0) { $0 + 40 + $1.bytes }
    }

    private mutating func makeChunks() {
        let ids = few
        few = []
        chunks = Array(repeating: Chunk(), count: Int((ids.last ?? 0) >> 16) + 1)
        for id in ids { _ = chunks[Int(id >> 16)].insert(UInt16(truncatingIfNeeded: id)) }
    }

    private mutating func makeFew() {
        var ids: [UInt32] = []
        for place in chunks.indices {
            var bits = ChunkBits()
            chunks[place].add(to: &bits)
            for number in bits.members { ids.append(UInt32(place) << 16 | UInt32(number)) }
        }
        chunks = []
        few = ids
    }
}

/// The members of one chunk.
private struct Chunk: Sendable {
    private(set) var count = 0
    private var list: [UInt16] = []
    private var bits: [UInt64] = []

    /// More of them take less as bits.
    private static let mostListed = 4096

    func contains(_ number: UInt16) -> Bool {
        guard !bits.isEmpty else { return list.place(of: number).isThere }
        return bits[Int(number >> 6)] & (1 << UInt64(number & 63)) != 0
    }

    mutating func insert(_ number: UInt16) -> Bool {
        if !bits.isEmpty {
            let bit: UInt64 = 1 << UInt64(number & 63)
            guard bits[Int(number >> 6)] & bit == 0 else { return false }
            bits[Int(number >> 6)] |= bit
            count += 1
            return true
        }
        let place = list.place(of: number)
        guard !place.isThere else { return false }
        list.insert(number, at: place.index)
        count += 1
        guard count > Self.mostListed else { return true }
        bits = Array(repeating: 0, count: ChunkBits.words)
        for number in list { bits[Int(number >> 6)] |= 1 << UInt64(number & 63) }
        list = []
        return true
    }

    mutating func remove(_ number: UInt16) -> Bool {
        if !bits.isEmpty {
            let bit: UInt64 = 1 << UInt64(number & 63)
            guard bits[Int(number >> 6)] & bit != 0 else { return false }
            bits[Int(number >> 6)] &= ~bit
            count -= 1
            if count < Self.mostListed / 2 {
                var own = ChunkBits()
                add(to: &own)
                bits = []
                list = own.members
            }
            return true
        }
        let place = list.place(of: number)
        guard place.isThere else { return false }
        list.remove(at: place.index)
        count -= 1
        return true
    }

    func add(to result: inout ChunkBits) {
        if bits.isEmpty {
            for number in list { result.insert(number) }
        } else {
            result.formUnion(bits)
        }
    }

    /// Returns whether any are left.
    func narrow(_ result: inout ChunkBits) -> Bool {
        bits.isEmpty ? result.formIntersection(rising: list) : result.formIntersection(bits)
    }

    var bytes: Int { (list.capacity > 0 ? 32 + list.capacity * 2 : 0) + (bits.isEmpty ? 0 : 32 + bits.count * 8) }
}

extension Array where Element: Comparable {
    /// Where the element is or belongs, in a sorted array. Ids come mostly in rising order, so the end is tried first.
    @inline(__always)
    fileprivate func place(of element: Element) -> (index: Int, isThere: Bool) {
        guard let last, last >= element else { return (count, false) }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return (low, low < count && self[low] == element)
    }
}
