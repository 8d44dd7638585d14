/// Turns the bytes of one connection into requests, inline lines and RESP arrays as they come.
///
/// The session keeps what is unread in one buffer and calls `next` until it needs more:
///
///     let step = parser.next(in: unread)   // unread begins where the last step stopped consuming
///     switch step.outcome { … }            // a request's words lie in `unread`: use them first
///     unread = unread[step.consumed...]    // then let go of the bytes
///
/// Between a `.needMore` and the next call the unread bytes must stay as they are; more may be added at the end, and
/// all of them may be moved.
public struct RequestParser: Sendable {
    public enum Outcome {
        case request(Request)
        /// Nothing whole is left. The request under way will have at least this many unread bytes in all.
        case needMore(atLeast: Int)
        /// The request is refused; the connection lives on.
        case refused(WireError)
        /// What follows cannot be told apart from garbage: answer this, then close.
        case broken(WireError)
        /// A browser is speaking. Close without an answer; nothing more is read.
        case hangUp
    }

    public struct Step {
        public let outcome: Outcome
        /// How many bytes are done with.
        public let consumed: Int
    }

    private enum Phase {
        /// Between requests. Can transition to: line, array.
        case start
        /// In an inline line. Can transition to: start, skippingLine, closed.
        case line
        /// In a RESP array. Can transition to: start, skippingArray, closed.
        case array
        /// In a line too long to keep. Can transition to: start.
        case skippingLine
        /// In a RESP array too long to keep. Can transition to: start, closed.
        case skippingArray(WireError)
        /// After `broken` or `hangUp`: every byte is dropped.
        case closed
    }

    private let limits: WireLimits
    private var phase = Phase.start
    private var line = LineScanner()
    private var array = ArrayReader()
    private let words = WordList()
    private var isFirst = true

    /// Traps when the limits are out of their bounds (`WireLimits.areSound`).
    public init(limits: WireLimits = WireLimits()) {
        precondition(limits.areSound, "wire limits out of bounds: \(limits)")
        self.limits = limits
    }

    /// The next request in `unread`, or why there is none. Empty lines and empty arrays are passed over.
    ///
    /// Never reads outside `unread`; a whole inline line is rewritten in place. Unsafe memory, because the words of a
    /// request are used where they were received.
    public mutating func next(in unread: UnsafeMutableRawBufferPointer) -> Step {
        var origin = 0
        while true {
            guard origin < unread.count, let start = unread.baseAddress else {
                return Step(outcome: .needMore(atLeast: 1), consumed: origin)
            }
            let rest = UnsafeMutableRawBufferPointer(start: start + origin, count: unread.count - origin)
            switch advance(rest) {
            case .skipped(let count): origin += count
            case .step(let outcome, let count): return Step(outcome: outcome, consumed: origin + count)
            }
        }
    }

    private enum Advance {
        /// These bytes were no request.
        case skipped(Int)
        case step(Outcome, Int)
    }

    private mutating func advance(_ rest: UnsafeMutableRawBufferPointer) -> Advance {
        switch phase {
        case .start:
            words.removeAll()
            if rest[0] == UInt8(ascii: "*") {
                phase = .array
                array = ArrayReader()
                isFirst = false
                return readArray(rest)
            }
            phase = .line
            line = LineScanner()
            return readLine(rest)
        case .line: return readLine(rest)
        case .array: return readArray(rest)
        case .skippingLine: return skipLine(rest)
        case .skippingArray(let error): return skipArray(rest, error)
        case .closed: return .step(.hangUp, rest.count)
        }
    }

    private mutating func readLine(_ rest: UnsafeMutableRawBufferPointer) -> Advance {
        guard let end = line.end(of: UnsafeRawBufferPointer(rest)) else {
            // One byte more than the limit may still be the CR of a CRLF.
            guard rest.count > limits.lineBytes + 1 else { return .step(.needMore(atLeast: rest.count + 1), 0) }
            if Self.isBrowser(UnsafeRawBufferPointer(rest), isFirst: isFirst) { return hangUp(rest) }
            phase = .skippingLine
            isFirst = false
            line.forgetScanned()
            return .skipped(rest.count)
        }
        var count = end > 0 && rest[end - 1] == ASCII.carriageReturn ? end - 1 : end
        let isTooLong = count > limits.lineBytes
        if !line.isPlain, !isTooLong {
            count = LineScanner.strip(UnsafeMutableRawBufferPointer(rebasing: rest[..<count]))
        }
        let text = UnsafeRawBufferPointer(rebasing: rest[..<count])
        if Self.isBrowser(text, isFirst: isFirst) { return hangUp(rest) }
        phase = .start
        if isTooLong {
            isFirst = false
            return .step(.refused(.lineTooLong(limits)), end + 1)
        }
        return split(rest, count: count, end: end + 1)
    }

    private mutating func split(_ rest: UnsafeMutableRawBufferPointer, count: Int, end: Int) -> Advance {
        guard let start = rest.baseAddress else { return .skipped(end) }
        let problem = LineWords.split(start, count: count, limits: limits, into: words)
        if problem == nil, words.isEmpty { return .skipped(end) }
        isFirst = false
        switch problem {
        case nil:
            return .step(.request(Request(.inline, at: start, words)), end)
        case .unbalancedQuotes: return .step(.refused(.syntax("unbalanced quotes in request")), end)
        case .tooManyWords: return .step(.refused(.tooManyWords(limits)), end)
        case .valueTooLong: return .step(.refused(.valueTooLong(limits)), end)
        }
    }

    private mutating func skipLine(_ rest: UnsafeMutableRawBufferPointer) -> Advance {
        guard let end = line.end(of: UnsafeRawBufferPointer(rest)) else {
            line.forgetScanned()
            return .skipped(rest.count)
        }
        phase = .start
        return .step(.refused(.lineTooLong(limits)), end + 1)
    }

    private mutating func readArray(_ rest: UnsafeMutableRawBufferPointer) -> Advance {
        switch array.read(UnsafeRawBufferPointer(rest), limits: limits, into: words) {
        case .partial(let atLeast): return .step(.needMore(atLeast: atLeast), 0)
        case .complete(let end):
            guard let start = rest.baseAddress else { return .skipped(end) }
            phase = .start
            return .step(.request(Request(.array, at: start, words)), end)
        case .nothing(let end):
            phase = .start
            return .skipped(end)
        case .tooBig(let error, let offset):
            phase = .skippingArray(error)
            return .skipped(offset)
        case .malformed(let why): return malformed(why, rest)
        }
    }

    private mutating func skipArray(_ rest: UnsafeMutableRawBufferPointer, _ error: WireError) -> Advance {
        switch array.skip(UnsafeRawBufferPointer(rest), limits: limits) {
        case .partial(let consumed): return .step(.needMore(atLeast: 1), consumed)
        case .done(let consumed):
            phase = .start
            return .step(.refused(error), consumed)
        case .malformed(let why): return malformed(why, rest)
        }
    }

    private mutating func malformed(_ why: String, _ rest: UnsafeMutableRawBufferPointer) -> Advance {
        phase = .closed
        return .step(.broken(WireError(.protocol, why)), rest.count)
    }

    private mutating func hangUp(_ rest: UnsafeMutableRawBufferPointer) -> Advance {
        phase = .closed
        return .step(.hangUp, rest.count)
    }

    /// Whether a line is HTTP's: `Host:` anywhere, `POST` only as the first line. A page in a browser can make it send
    /// these to any port, with commands in the body.
    private static func isBrowser(_ text: UnsafeRawBufferPointer, isFirst: Bool) -> Bool {
        guard let start = text.firstIndex(where: { !ASCII.isBlank($0) }) else { return false }
        switch text[start] | 0x20 {
        case UInt8(ascii: "h"): return text[start...].hasPrefix("HOST:")
        case UInt8(ascii: "p"):
            guard isFirst, text[start...].hasPrefix("POST") else { return false }
            return start + 4 == text.count || ASCII.isBlank(text[start + 4])
        default: return false
        }
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// `keyword` is in upper case; the bytes may be in any.
    fileprivate func hasPrefix(_ keyword: StaticString) -> Bool {
        guard count >= keyword.utf8CodeUnitCount else { return false }
        for index in 0..<keyword.utf8CodeUnitCount {
            guard ASCII.uppercased(self[startIndex + index]) == keyword.utf8Start[index] else { return false }
        }
        return true
    }
}
