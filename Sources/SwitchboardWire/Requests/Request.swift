/// How a request was written, which decides how some commands are answered.
public enum RequestForm: Sendable, Equatable, CaseIterable {
    /// A line of text.
    case inline
    /// A RESP array.
    case array
}

/// One request as words, in the connection's buffer. It has at least one word.
///
/// Valid until the parser that made it is called again, or the buffer's bytes are moved or changed.
public struct Request {
    public let form: RequestForm
    /// Not owned, because the words lie in the caller's buffer: see `Word`. Neither are the ranges, which lie in the
    /// parser's list: a request is handed on several times, and each owner of a list would count a reference.
    let base: UnsafeRawPointer
    let ranges: UnsafeBufferPointer<WordRange>
    /// Where the words are that a row's slots were given, `CommandShape.limit` of them; the parser's too. Written by the
    /// one `Arguments` of the request.
    let places: UnsafeMutablePointer<ArgumentPlace>

    init(_ form: RequestForm, at base: UnsafeRawPointer, _ words: WordList) {
        self.form = form
        self.base = base
        ranges = words.ranges
        places = words.places
    }

    /// How many words.
    @inline(__always)
    public var count: Int { ranges.count }

    @inline(__always)
    public subscript(index: Int) -> Word {
        let range = ranges[index]
        return Word(UnsafeRawBufferPointer(start: base + range.offset, count: range.count))
    }
}

/// Where a word lies, from the start of its request.
struct WordRange {
    var offset: Int
    var count: Int
}

/// Where an argument lies: a word of the request, and where in it the value begins, which is 0 for a positional.
struct ArgumentPlace {
    // Half the size of two integers. A word's number fits (`WireLimits.areSound`), and a key with its name is short.
    private let wordNumber: UInt16
    private let start: UInt16

    @inline(__always)
    init(word: Int, valueStart: Int) {
        wordNumber = UInt16(truncatingIfNeeded: word)
        start = UInt16(truncatingIfNeeded: valueStart)
    }

    @inline(__always) var word: Int { Int(wordNumber) }
    @inline(__always) var valueStart: Int { Int(start) }
}

/// The words of the request being parsed, and room for the places of its arguments. Keeps its memory from request to
/// request.
final class WordList: @unchecked Sendable {
    // @unchecked because it is touched by whoever calls the one parser that has it. A class, because a request points
    // into it; the checks of exclusive access are left out because no method calls anything that could come back.
    @exclusivity(unchecked) private var memory: UnsafeMutablePointer<WordRange>
    @exclusivity(unchecked) private var capacity: Int
    @exclusivity(unchecked) private(set) var count = 0
    /// Not initialized: `Arguments` knows which ones it wrote.
    let places = UnsafeMutablePointer<ArgumentPlace>.allocate(capacity: CommandShape.limit)

    /// Room for most requests; more is given back after the request that needed it.
    private static let usual = 64

    init() {
        capacity = Self.usual
        memory = .allocate(capacity: capacity)
    }

    deinit {
        memory.deallocate()
        places.deallocate()
    }

    var isEmpty: Bool { count == 0 }
    var ranges: UnsafeBufferPointer<WordRange> { UnsafeBufferPointer(start: memory, count: count) }

    @inline(__always)
    func append(_ word: WordRange) {
        if count == capacity { resize(to: 2 * capacity) }
        memory[count] = word
        count += 1
    }

    func removeAll() {
        count = 0
        if capacity > Self.usual { resize(to: Self.usual) }
    }

    private func resize(to newCapacity: Int) {
        let moved = UnsafeMutablePointer<WordRange>.allocate(capacity: newCapacity)
        moved.update(from: memory, count: count)
        memory.deallocate()
        memory = moved
        capacity = newCapacity
    }
}
