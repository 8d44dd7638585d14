/// A bit for each of the 65,536 ids of a chunk.
struct ChunkBits: Sendable {
    static let words = TicketSet.chunkSize / 64

    private(set) var values: [UInt64]

    /// None of them.
    init() { values = Array(repeating: 0, count: Self.words) }

    /// All of them.
    init(all: Void) { values = Array(repeating: .max, count: Self.words) }

    @inline(__always)
    mutating func insert(_ number: UInt16) { values[Int(number >> 6)] |= 1 << UInt64(number & 63) }

    func contains(_ number: UInt16) -> Bool { values[Int(number >> 6)] & (1 << UInt64(number & 63)) != 0 }

    /// All of a block, whose first this is.
    @inline(__always)
    mutating func insert(block first: UInt16) { values[Int(first >> 6)] |= Self.block << UInt64(first & 63) }

    private static let block: UInt64 = (1 << (1 << UInt64(TermRun.blockShift))) - 1

    mutating func insert(_ range: ClosedRange<UInt16>) {
        var number = Int(range.lowerBound)
        let end = Int(range.upperBound)
        while number <= end {
            if number & 63 == 0, number + 63 <= end {
                values[number >> 6] = .max
                number += 64
            } else {
                values[number >> 6] |= 1 << UInt64(number & 63)
                number += 1
            }
        }
    }

    mutating func formUnion(_ other: [UInt64]) { for place in 0..<Self.words { values[place] |= other[place] } }

    mutating func formIntersection(_ other: ChunkBits) {
        for place in 0..<Self.words { values[place] &= other.values[place] }
    }

    mutating func formUnion(_ other: ChunkBits) { formUnion(other.values) }

    /// In rising order.
    var members: [UInt16] {
        var result: [UInt16] = []
        for place in 0..<Self.words {
            var word = values[place]
            while word != 0 {
                result.append(UInt16(truncatingIfNeeded: place * 64 + word.trailingZeroBitCount))
                word &= word - 1
            }
        }
        return result
    }
}
