import SwitchboardModel

extension Arguments {
    /// What stands for the words of the request, whichever form they came in. Nouns, verbs and keys count without their
    /// case and options without their order, as everywhere; all else counts as it was written.
    var words: WordsHash {
        var hasher = WordsHasher()
        hasher.add(place: 1, key: Array(shape.noun.utf8))
        hasher.add(place: 2, key: Array((shape.verb ?? "").utf8))
        for index in shape.nameCount..<shape.nameCount + shape.firstOption {
            hasher.add(place: UInt64(index - shape.nameCount + 3), value: request[index].memory)
        }
        for slot in shape.firstOption..<shape.keyCount where isGiven(slot) {
            let place = place(slot)
            let word = request[place.word].memory
            let key = word[..<(place.valueStart - 1)].map(ASCII.lowercased)
            hasher.add(key: key, value: word[place.valueStart...])
        }
        for entry in dotted {
            let word = request[entry.word].memory
            let name = word[entry.nameStart..<(entry.valueStart - 1)]
            // The name of a field is an identifier, whose case counts.
            let key =
                word[..<entry.nameStart].map(ASCII.lowercased)
                + name.map {
                    entry.scope == .none ? $0 : ASCII.lowercased($0)
                }
            hasher.add(key: key, value: word[entry.valueStart...])
        }
        return hasher.sum
    }
}

/// Sums one hash for each word, so that their order does not matter but where the place is part of it. The bits are kept
/// on disk for a day: they are the same in every version.
private struct WordsHasher {
    private(set) var sum = WordsHash()

    /// - Parameter place: 0 for an option, which stands anywhere.
    mutating func add(place: UInt64 = 0, key: [UInt8] = [], value: Slice<UnsafeRawBufferPointer>) {
        add(place: place, key: key, value: UnsafeRawBufferPointer(rebasing: value))
    }

    mutating func add(
        place: UInt64 = 0, key: [UInt8] = [],
        value: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
    ) {
        var hash = WordsHash(high: 0x9E37_79B9_7F4A_7C15, low: 0xD1B5_4A32_D192_ED03)
        hash.mix(place)
        // The lengths, so that key and value do not run into one another.
        hash.mix(UInt64(key.count))
        hash.mix(UInt64(value.count))
        key.withUnsafeBytes { hash.mix($0) }
        hash.mix(value)
        sum.high &+= hash.high
        sum.low &+= hash.low
    }
}

extension WordsHash {
    /// Eight bytes at a time, the last with zeros behind them. Raw memory, because a value may have a million bytes.
    fileprivate mutating func mix(_ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset + 8 <= bytes.count {
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        guard offset < bytes.count else { return }
        var last: UInt64 = 0
        for (shift, byte) in bytes[offset...].enumerated() { last |= UInt64(byte) << UInt64(shift * 8) }
        mix(last)
    }

    fileprivate mutating func mix(_ word: UInt64) {
        high = Self.mixed(high ^ word)
        low = Self.mixed(low &+ word)
    }

    /// The finaliser of splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
