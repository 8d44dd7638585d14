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
        var consumed = 0
        while consumed < unread.count, let start = unread.baseAddress {
            let rest = UnsafeMutableRawBufferPointer(start: start + consumed, count: unread.count - consumed)
            if let outcome = advance(rest, &consumed) { return Step(outcome: outcome, consumed: consumed) }
        }
        return Step(outcome: .needMore(atLeast: 1), consumed: consumed)
    }

    // A line is read by one function of machine code, because each call would copy the outcome once more.

    /// Looks at `rest`, which is not empty, and adds to `consumed` what is done with. Nil when that was no request.
    @inline(__always)
    private mutating func advance(_ rest: UnsafeMutableRawBufferPointer, _ consumed: inout Int) -> Outcome? {
        switch phase {
        case .start:
            words.removeAll()
            if rest[0] == UInt8(ascii: "*") {
                array = ArrayReader()
                isFirst = false
                return readArray(rest, &consumed)
            }
            line = LineScanner()
            return readLine(rest, &consumed)
        case .line:
            phase = .start
            return readLine(rest, &consumed)
        case .array:
            phase = .start
            return readArray(rest, &consumed)
        case .skippingLine: return skipLine(rest, &consumed)
        case .skippingArray(let error): return skipArray(rest, error, &consumed)
        case .closed: return hangUp(rest, &consumed)
        }
    }

    /// Leaves the phase at `start` when the line is whole.
    @inline(__always)
    private mutating func readLine(_ rest: UnsafeMutableRawBufferPointer, _ consumed: inout Int) -> Outcome? {
        guard let end = line.end(of: UnsafeRawBufferPointer(rest)) else {
            // One byte more than the limit may still be the CR of a CRLF.
            guard rest.count > limits.lineBytes + 1 else {
                phase = .line
                return .needMore(atLeast: rest.count + 1)
            }
            if Self.isBrowser(UnsafeRawBufferPointer(rest), isFirst: isFirst) { return hangUp(rest, &consumed) }
            phase = .skippingLine
            isFirst = false
            line.forgetScanned()
            consumed += rest.count
            return nil
        }
        var count = end > 0 && rest[end - 1] == ASCII.carriageReturn ? end - 1 : end
        let isTooLong = count > limits.lineBytes
        if !line.isPlain, !isTooLong {
            count = LineScanner.strip(UnsafeMutableRawBufferPointer(rebasing: rest[..<count]))
        }
        let text = UnsafeMutableRawBufferPointer(rebasing: rest[..<count])
        if Self.isBrowser(UnsafeRawBufferPointer(text), isFirst: isFirst) { return hangUp(rest, &consumed) }
        consumed += end + 1
        if isTooLong {
            isFirst = false
            return .refused(.lineTooLong(limits))
        }
        return split(text)
    }

    @inline(__always)
    private mutating func split(_ line: UnsafeMutableRawBufferPointer) -> Outcome? {
        guard let start = line.baseAddress else { return nil }
        let problem = LineWords.split(start, count: line.count, limits: limits, into: words)
        if problem == nil, words.isEmpty { return nil }
        isFirst = false
        switch problem {
        case nil: return .request(Request(.inline, at: start, words))
        case .unbalancedQuotes: return .refused(.syntax("unbalanced quotes in request"))
        case .tooManyWords: return .refused(.tooManyWords(limits))
        case .valueTooLong: return .refused(.valueTooLong(limits))
        }
    }

    private mutating func skipLine(_ rest: UnsafeMutableRawBufferPointer, _ consumed: inout Int) -> Outcome? {
        guard let end = line.end(of: UnsafeRawBufferPointer(rest)) else {
            line.forgetScanned()
            consumed += rest.count
            return nil
        }
        phase = .start
        consumed += end + 1
        return .refused(.lineTooLong(limits))
    }

    /// Leaves the phase at `start` when the array is whole.
    private mutating func readArray(_ rest: UnsafeMutableRawBufferPointer, _ consumed: inout Int) -> Outcome? {
        switch array.read(UnsafeRawBufferPointer(rest), limits: limits, into: words) {
        case .partial(let atLeast):
            phase = .array
            return .needMore(atLeast: atLeast)
        case .complete(let end):
            consumed += end
            return rest.baseAddress.map { .request(Request(.array, at: $0, words)) }
        case .nothing(let end):
            consumed += end
            return nil
        case .tooBig(let error, let offset):
            phase = .skippingArray(error)
            consumed += offset
            return nil
        case .malformed(let why): return malformed(why, rest, &consumed)
        }
    }

    private mutating func skipArray(
        _ rest: UnsafeMutableRawBufferPointer, _ error: WireError, _ consumed: inout Int
    ) -> Outcome? {
        switch array.skip(UnsafeRawBufferPointer(rest), limits: limits) {
        case .partial(let skipped):
            consumed += skipped
            return .needMore(atLeast: 1)
        case .done(let skipped):
            phase = .start
            consumed += skipped
            return .refused(error)
        case .malformed(let why): return malformed(why, rest, &consumed)
        }
    }

    private mutating func malformed(
        _ why: String, _ rest: UnsafeMutableRawBufferPointer, _ consumed: inout Int
    ) -> Outcome {
        phase = .closed
        consumed += rest.count
        return .broken(WireError(.protocol, why))
    }

    private mutating func hangUp(_ rest: UnsafeMutableRawBufferPointer, _ consumed: inout Int) -> Outcome {
        phase = .closed
        consumed += rest.count
        return .hangUp
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
