/// Reads one RESP array, over as many reads as it takes, looking at each byte at most a constant number of times.
///
/// First the words are collected where they lie; when a limit shows that the request will be refused, the rest of it is
/// read past and each byte can be thrown away at once. Unowned memory, because words are handed on as places in it.
struct ArrayReader {
    enum Outcome: Equatable {
        /// Not all there. The whole request has at least `atLeast` bytes.
        case partial(atLeast: Int)
        /// The words are complete and end before `end`.
        case complete(end: Int)
        /// `*0` or `*-1`: no request.
        case nothing(end: Int)
        /// Refused; from here on call `skip`, beginning at `offset`.
        case tooBig(WireError, offset: Int)
        case malformed(String)
    }

    /// Where the next header begins, from the start of the request.
    private var offset = 0
    /// Words that have not begun yet; nil before the first header.
    private var remaining: Int?
    /// Bytes of the words so far.
    private var total = 0
    /// While skipping: bytes of the current word still to come, nil between words.
    private var skipping: Int?

    /// Appends the words that are there to `words`. `bytes` begins where the request begins, and holds what it held in
    /// the last call and more.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer, limits: WireLimits, into words: WordList
    ) -> Outcome {
        if remaining == nil {
            switch LengthHeader.read(bytes, at: 0) {
            case .partial: return .partial(atLeast: bytes.count + 1)
            case .malformed: return .malformed("invalid multibulk length")
            case .value(let count, let next):
                if count == 0 || count == -1 { return .nothing(end: next) }
                guard count > 0, count <= limits.skippedWords else { return .malformed("invalid multibulk length") }
                remaining = count
                offset = next
                if count > limits.words { return .tooBig(.tooManyWords(limits), offset: offset) }
            }
        }
        while let left = remaining, left > 0 {
            switch nextLength(bytes, limits: limits) {
            case .partial: return .partial(atLeast: bytes.count + 1)
            case .malformed(let why): return .malformed(why)
            case .length(let length, let next):
                total += length
                if length > limits.valueBytes { return refuse(.valueTooLong(limits), length, next) }
                if total > limits.requestBytes { return refuse(.requestTooLong(limits), length, next) }
                guard bytes.count >= next + length + 2 else {
                    total -= length
                    return .partial(atLeast: next + length + 2)
                }
                guard Self.isLineEnd(bytes, at: next + length) else { return .malformed(Self.noLineEnd) }
                words.append(WordRange(offset: next, count: length))
                offset = next + length + 2
                remaining = left - 1
            }
        }
        return .complete(end: offset)
    }

    enum Skip: Equatable {
        /// `consumed` bytes are done with; the request goes on.
        case partial(consumed: Int)
        case done(consumed: Int)
        case malformed(String)
    }

    /// Reads past the rest of a refused request. `bytes` begins where the last call stopped consuming.
    mutating func skip(_ bytes: UnsafeRawBufferPointer, limits: WireLimits) -> Skip {
        offset = 0
        while let left = remaining, left > 0 {
            guard let body = skipping else {
                switch nextLength(bytes, limits: limits) {
                case .partial: return .partial(consumed: offset)
                case .malformed(let why): return .malformed(why)
                case .length(let length, let next):
                    total += length
                    skipping = length
                    offset = next
                }
                continue
            }
            let dropped = min(body, bytes.count - offset)
            offset += dropped
            skipping = body - dropped
            guard skipping == 0, bytes.count >= offset + 2 else { return .partial(consumed: offset) }
            guard Self.isLineEnd(bytes, at: offset) else { return .malformed(Self.noLineEnd) }
            offset += 2
            skipping = nil
            remaining = left - 1
        }
        return .done(consumed: offset)
    }

    private enum Length {
        case partial
        case malformed(String)
        case length(Int, next: Int)
    }

    /// The `$length` header at `offset`.
    @inline(__always)
    private func nextLength(_ bytes: UnsafeRawBufferPointer, limits: WireLimits) -> Length {
        guard offset < bytes.count else { return .partial }
        guard bytes[offset] == UInt8(ascii: "$") else {
            return .malformed("expected '$', got '\(Printable.text(bytes[offset..<offset + 1]))'")
        }
        switch LengthHeader.read(bytes, at: offset) {
        case .partial: return .partial
        case .malformed: return .malformed("invalid bulk length")
        case .value(let length, let next):
            guard length >= 0, length <= limits.skippedBytes else { return .malformed("invalid bulk length") }
            guard total + length <= limits.skippedBytes else {
                return .malformed("a request is longer than \(limits.skippedBytes) bytes")
            }
            return .length(length, next: next)
        }
    }

    private mutating func refuse(_ error: WireError, _ length: Int, _ next: Int) -> Outcome {
        skipping = length
        return .tooBig(error, offset: next)
    }

    private static let noLineEnd = "expected CRLF after a value"

    @inline(__always)
    private static func isLineEnd(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        bytes[offset] == ASCII.carriageReturn && bytes[offset + 1] == ASCII.lineFeed
    }
}

/// A line such as `*3` or `$11`, ended by CRLF.
enum LengthHeader {
    case partial
    case malformed
    case value(Int, next: Int)

    /// Longest number of digits read: enough for every limit, and no overflow.
    private static let digits = 15

    /// Reads the number behind the byte at `start`, which is not looked at. As in Redis, a number has no sign but
    /// `-`, and no leading zero; so `-0` is none.
    @inline(__always)
    static func read(_ bytes: UnsafeRawBufferPointer, at start: Int) -> LengthHeader {
        var offset = start + 1
        guard offset < bytes.count else { return .partial }
        let isNegative = bytes[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let first = offset
        var value = 0
        while offset < bytes.count, ASCII.isDigit(bytes[offset]) {
            guard offset - first < digits else { return .malformed }
            value = value * 10 + Int(bytes[offset] - ASCII.zero)
            offset += 1
        }
        let count = offset - first
        if count > 1 || isNegative && count == 1, bytes[first] == ASCII.zero { return .malformed }
        guard offset < bytes.count else { return .partial }
        guard count > 0, bytes[offset] == ASCII.carriageReturn else { return .malformed }
        guard offset + 1 < bytes.count else { return .partial }
        guard bytes[offset + 1] == ASCII.lineFeed else { return .malformed }
        return .value(isNegative ? -value : value, next: offset + 2)
    }
}

extension WireError {
    static func tooManyWords(_ limits: WireLimits) -> WireError {
        WireError(.tooBig, "a request has at most \(limits.words) words")
    }

    static func valueTooLong(_ limits: WireLimits) -> WireError {
        WireError(.tooBig, "a value has at most \(limits.valueBytes) bytes")
    }

    static func requestTooLong(_ limits: WireLimits) -> WireError {
        WireError(.tooBig, "a request has at most \(limits.requestBytes) bytes")
    }

    static func lineTooLong(_ limits: WireLimits) -> WireError {
        WireError(.tooBig, "a line has at most \(limits.lineBytes) bytes")
    }
}
