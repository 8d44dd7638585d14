/// A bit for each of the 65,536 ids of a chunk.
struct ChunkBits: Sendable {
    static let words = TicketSet.chunkSize / 64

    private(set) var values: [UInt64]

    /// None of them. The first one that is inserted copies it.
    static let none = Self()

    init() { values = Array(repeating: 0, count: Self.words) }

    var count: Int { values.reduce(0) { $0 + $1.nonzeroBitCount } }

    mutating func removeAll() { fill(0) }

    mutating func insertAll() { fill(.max) }

    private mutating func fill(_ word: UInt64) {
        values.withUnsafeMutableBufferPointer { $0.update(repeating: word) }
    }

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

    mutating func formUnion(_ other: ChunkBits) { formUnion(other.values) }

    mutating func formUnion(_ other: [UInt64]) {
        values.withUnsafeMutableBufferPointer { values in
            other.withUnsafeBufferPointer { other in
                for place in 0..<Self.words { values[place] |= other[place] }
            }
        }
    }

    /// Returns whether any are left.
    mutating func formIntersection(_ other: ChunkBits) -> Bool { formIntersection(other.values) }

    /// Returns whether any are left.
    mutating func formIntersection(_ other: [UInt64]) -> Bool {
        values.withUnsafeMutableBufferPointer { values in
            other.withUnsafeBufferPointer { other in
                var all: UInt64 = 0
                for place in 0..<Self.words {
                    values[place] &= other[place]
                    all |= values[place]
                }
                return all != 0
            }
        }
    }

    /// Leaves those of a list, which rises. Returns whether any are left.
    mutating func formIntersection(rising numbers: some Sequence<UInt16>) -> Bool {
        values.withUnsafeMutableBufferPointer { values in
            var all: UInt64 = 0
            var (place, kept) = (0, UInt64(0))
            for number in numbers {
                let own = Int(number >> 6)
                if own != place {
                    values[place] &= kept
                    all |= values[place]
                    if own > place + 1 { values[(place + 1)..<own].update(repeating: 0) }
                    (place, kept) = (own, 0)
                }
                kept |= 1 << UInt64(number & 63)
            }
            values[place] &= kept
            all |= values[place]
            values[(place + 1)...].update(repeating: 0)
            return all != 0
        }
    }

    /// Takes out the first one in or behind the word at `place`, and says where that was. `nil`: there is none.
    @inline(__always)
    mutating func removeFirst(from place: inout Int) -> UInt16? {
        while place < Self.words {
            let word = values[place]
            guard word == 0 else {
                values[place] = word & (word - 1)
                return UInt16(truncatingIfNeeded: place * 64 + word.trailingZeroBitCount)
            }
            place += 1
        }
        return nil
    }

    /// The last one in or before it.
    @inline(__always)
    mutating func removeLast(to place: inout Int) -> UInt16? {
        while place >= 0 {
            let word = values[place]
            guard word == 0 else {
                let bit = 63 - word.leadingZeroBitCount
                values[place] = word & ~(1 << UInt64(bit))
                return UInt16(truncatingIfNeeded: place * 64 + bit)
            }
            place -= 1
        }
        return nil
    }

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
