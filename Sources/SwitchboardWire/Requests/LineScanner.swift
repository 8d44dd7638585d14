/// Finds the end of an inline line, over as many reads as it takes, looking at each byte once for each of the three that
/// matter.
///
/// Telnet's option negotiation may hold any byte, LF included, so finding the end means following it:
/// `IAC WILL|WONT|DO|DONT option`, `IAC SB … IAC SE`, and two-byte commands such as `IAC NOP` or `IAC IAC`. An IAC before
/// a byte that is no telnet command stays in the text, where it is reported as invalid UTF-8 and not silently lost.
/// Unowned memory, because a line is scanned where it was received.
struct LineScanner {
    /// Where in a telnet sequence the next byte stands.
    private enum Telnet {
        /// In none. Can transition to: command.
        case text
        /// After IAC. Can transition to: text, option, subnegotiation.
        case command
        /// After IAC WILL and its like. Can transition to: text.
        case option
        /// After IAC SB. Can transition to: subnegotiationCommand.
        case subnegotiation
        /// After IAC in a subnegotiation. Can transition to: text, subnegotiation.
        case subnegotiationCommand
    }

    /// Telnet's "interpret as command".
    private static let interpret: UInt8 = 255

    private var telnet = Telnet.text
    private var scanned = 0
    /// Whether the line holds neither IAC nor NUL, so that `strip` would change nothing.
    private(set) var isPlain = true

    /// The offset of the LF that ends the line, or nil when it is not there yet. `line` begins where the line begins,
    /// and holds what it held in the last call and more.
    mutating func end(of line: UnsafeRawBufferPointer) -> Int? {
        guard let memory = line.baseAddress else { return nil }
        var offset = scanned
        // The next one, kept while telnet sequences before it are followed, so that no byte is searched twice for it.
        var lineFeed = -1
        while offset < line.count {
            if telnet == .text {
                if lineFeed < offset {
                    lineFeed = ByteScan.first(ASCII.lineFeed, in: memory, from: offset, to: line.count)
                }
                let end = ByteScan.first(Self.interpret, in: memory, from: offset, to: lineFeed)
                if isPlain {
                    isPlain = end == lineFeed && ByteScan.first(ASCII.nul, in: memory, from: offset, to: end) == end
                }
                offset = end
                guard end < lineFeed else { break }
            }
            // A byte that is no telnet command belongs to the text and is looked at again as such.
            if advance(line[offset]) != .textAgain { offset += 1 }
        }
        if offset < line.count { return offset }
        scanned = offset
        return nil
    }

    /// What is scanned so far was thrown away; the line goes on.
    mutating func forgetScanned() { scanned = 0 }

    /// Moves what counts of `line` to its front: telnet sequences and a NUL after CR are dropped. Returns how many
    /// bytes are left. To be called on a whole line, without its LF.
    static func strip(_ line: UnsafeMutableRawBufferPointer) -> Int {
        var scanner = LineScanner()
        var kept = 0
        var offset = 0
        var isAfterReturn = false
        while offset < line.count {
            let byte = line[offset]
            let wasText = scanner.telnet == .text
            let step = scanner.advance(byte)
            if step == .textAgain {
                line[kept] = interpret
                kept += 1
                isAfterReturn = false
                continue
            }
            if wasText, step == .text, !(isAfterReturn && byte == ASCII.nul) {
                line[kept] = byte
                kept += 1
            }
            if wasText { isAfterReturn = byte == ASCII.carriageReturn }
            offset += 1
        }
        if scanner.telnet == .command {
            // An IAC right before the line's end, which is no telnet command.
            line[kept] = interpret
            kept += 1
        }
        return kept
    }

    private enum Step { case text, telnet, textAgain }

    private mutating func advance(_ byte: UInt8) -> Step {
        switch telnet {
        case .text:
            guard byte == Self.interpret else { return .text }
            telnet = .command
        case .command:
            switch byte {
            case 250: telnet = .subnegotiation
            case 251...254: telnet = .option
            case 240...: telnet = .text
            default:
                telnet = .text
                return .textAgain
            }
        case .option:
            telnet = .text
        case .subnegotiation:
            if byte == Self.interpret { telnet = .subnegotiationCommand }
        case .subnegotiationCommand:
            telnet = byte == 240 ? .text : .subnegotiation
        }
        return .telnet
    }
}
