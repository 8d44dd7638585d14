/// The bytes that wait to leave one connection, in order, and how far the gate lets them. A value without I/O.
///
/// Appended bytes leave only once marked. A mark carries the number the gate must have reached; it holds its bytes
/// and everything behind them.
struct Outbox {
    /// A chunk longer than this is closed and another begun, so that what was sent is given back early.
    static let chunkBytes = 64 * 1024

    private struct Mark {
        /// The end of the marked bytes, counted from the connection's first byte.
        var end: UInt64
        let gate: UInt64
    }

    /// Full chunks in front of `tail`.
    private var older: [[UInt8]] = []
    private var tail: [UInt8] = []
    /// How much of the front chunk has left.
    private var frontOffset = 0
    // All three count from the connection's first byte: sent <= free <= appended.
    private var sent: UInt64 = 0
    private var free: UInt64 = 0
    private var appended: UInt64 = 0
    /// The held bytes; ends and gates strictly increase.
    private var marks: [Mark] = []

    /// Bytes that have not left, whether marked or not.
    var count: Int { Int(appended - sent) }
    /// Bytes that may leave now.
    var sendableCount: Int { Int(free - sent) }
    /// Whether marked bytes wait for the gate.
    var isHeld: Bool { !marks.isEmpty }

    // MARK: In

    /// Lets `body` append to the output. It may only append.
    mutating func append<Result>(_ pool: inout BufferPool, _ body: (inout [UInt8]) -> Result) -> Result {
        if tail.count >= Self.chunkBytes {
            older.append(tail)
            tail = pool.take()
        } else if tail.capacity == 0 {
            tail = pool.take()
        }
        let before = tail.count
        defer {
            precondition(tail.count >= before, "output was taken away instead of appended")
            appended += UInt64(tail.count - before)
        }
        return body(&tail)
    }

    /// Holds what was appended since the last mark until the gate reaches `gate`; `opened` is where it is now.
    mutating func mark(gate: UInt64, opened: UInt64) {
        guard appended > (marks.last?.end ?? free) else { return }
        if let last = marks.last {
            if last.gate >= gate {
                marks[marks.count - 1].end = appended
            } else {
                marks.append(Mark(end: appended, gate: gate))
            }
        } else if gate <= opened {
            free = appended
        } else {
            marks.append(Mark(end: appended, gate: gate))
        }
    }

    // MARK: Out

    /// The gate is open up to `number`.
    mutating func open(to number: UInt64) {
        guard let first = marks.first, first.gate <= number else { return }
        // Gates increase, so the marks to drop are the first ones.
        let held = marks.firstIndex { $0.gate > number } ?? marks.count
        free = marks[held - 1].end
        marks.removeSubrange(..<held)
    }

    /// Calls `body` with the next bytes that may leave; there must be some.
    func withNext<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        precondition(sendableCount > 0, "nothing may be sent")
        return (older.first ?? tail).withUnsafeBytes { chunk in
            let length = min(chunk.count - frontOffset, sendableCount)
            return body(UnsafeRawBufferPointer(rebasing: chunk[frontOffset..<frontOffset + length]))
        }
    }

    /// `length` of the bytes given by `withNext` have left.
    mutating func leave(_ length: Int, _ pool: inout BufferPool) {
        sent += UInt64(length)
        frontOffset += length
        if let front = older.first {
            if frontOffset == front.count {
                older.removeFirst()
                frontOffset = 0
            }
        } else if frontOffset == tail.count {
            pool.give(&tail)
            frontOffset = 0
        }
    }
}
