import SwitchboardWire

/// What a parser made of some bytes, with everything copied out of the buffer.
enum Parsed: Equatable, CustomStringConvertible {
    case inline([[UInt8]])
    case array([[UInt8]])
    case refused(String)
    case broken(String)
    case hangUp

    var description: String {
        switch self {
        case .inline(let words): "inline \(words.map { String(decoding: $0, as: UTF8.self) })"
        case .array(let words): "array \(words.map { String(decoding: $0, as: UTF8.self) })"
        case .refused(let error): "-\(error)"
        case .broken(let error): "-\(error), closed"
        case .hangUp: "closed"
        }
    }

    static func inline(_ words: String...) -> Parsed { .inline(words.map { Array($0.utf8) }) }
    static func array(_ words: String...) -> Parsed { .array(words.map { Array($0.utf8) }) }
}

/// A connection's buffer and its parser, as a session would drive them.
struct Feed {
    var parser: RequestParser
    private var buffer: [UInt8] = []
    private(set) var parsed: [Parsed] = []
    /// The most bytes that were ever kept for the rest of a request.
    private(set) var mostKept = 0
    private(set) var isClosed = false

    init(limits: WireLimits = WireLimits()) { parser = RequestParser(limits: limits) }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        buffer.append(contentsOf: bytes)
        while !isClosed {
            let (consumed, goesOn) = step()
            buffer.removeFirst(consumed)
            if !goesOn { break }
        }
        mostKept = max(mostKept, buffer.count)
    }

    private mutating func step() -> (consumed: Int, goesOn: Bool) {
        var parser = self.parser
        defer { self.parser = parser }
        var found: Parsed?
        var goesOn = true
        let consumed = buffer.withUnsafeMutableBytes { memory in
            let step = parser.next(in: memory)
            switch step.outcome {
            case .request(let request):
                let words = (0..<request.count).map { request[$0].bytes }
                found = request.form == .inline ? .inline(words) : .array(words)
            case .needMore: goesOn = false
            case .refused(let error): found = .refused("\(error.code.rawValue) \(error.message)")
            case .broken(let error):
                found = .broken("\(error.code.rawValue) \(error.message)")
                isClosed = true
            case .hangUp:
                found = .hangUp
                isClosed = true
            }
            return step.consumed
        }
        if let found { parsed.append(found) }
        return (consumed, goesOn)
    }

    /// What one parser makes of all the bytes, given in pieces of this size.
    static func parse(
        _ bytes: some Collection<UInt8>, piece: Int = .max, limits: WireLimits = WireLimits()
    ) -> [Parsed] {
        var feed = Feed(limits: limits)
        var rest = bytes[...]
        while !rest.isEmpty {
            feed.feed(rest.prefix(piece))
            rest = rest.dropFirst(piece)
        }
        return feed.parsed
    }

    static func parse(_ text: String, piece: Int = .max, limits: WireLimits = WireLimits()) -> [Parsed] {
        parse(Array(text.utf8), piece: piece, limits: limits)
    }

    /// What parsing gives for the bytes in one piece, after checking that any two pieces give the same.
    static func parseSplit(_ bytes: [UInt8], limits: WireLimits = WireLimits()) -> [Parsed] {
        let whole = parse(bytes, limits: limits)
        for position in 0...bytes.count {
            var feed = Feed(limits: limits)
            feed.feed(bytes[..<position])
            feed.feed(bytes[position...])
            if feed.parsed != whole { return feed.parsed + [.refused("differs when split at \(position)")] }
        }
        let single = parse(bytes, piece: 1, limits: limits)
        return single == whole ? whole : single + [.refused("differs byte by byte")]
    }

    static func parseSplit(_ text: String, limits: WireLimits = WireLimits()) -> [Parsed] {
        parseSplit(Array(text.utf8), limits: limits)
    }
}

/// Makes a request of words for tests of what comes after parsing, and gives it to `body`.
func withRequest<Output>(
    _ words: [String], form: RequestForm = .array, _ body: (borrowing Request) throws(WireError) -> Output
) throws(WireError) -> Output {
    try withRequest(words.map { Array($0.utf8) }, form: form, body)
}

func withRequest<Output>(
    _ words: [[UInt8]], form: RequestForm = .array, _ body: (borrowing Request) throws(WireError) -> Output
) throws(WireError) -> Output {
    var bytes: [UInt8]
    switch form {
    case .array:
        bytes = Array("*\(words.count)\r\n".utf8)
        for word in words { bytes += Array("$\(word.count)\r\n".utf8) + word + [13, 10] }
    case .inline: bytes = Array(words.map(quoted).joined(separator: [32])) + [10]
    }
    var parser = RequestParser()
    let result = bytes.withUnsafeMutableBytes { memory -> Result<Output, WireError> in
        guard case .request(let request) = parser.next(in: memory).outcome else {
            return .failure(WireError(.protocol, "no request"))
        }
        do throws(WireError) { return .success(try body(request)) } catch { return .failure(error) }
    }
    return try result.get()
}

/// A word as an inline request writes it, whatever its bytes.
func quoted(_ word: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x22]
    for byte in word {
        let digits = String(byte, radix: 16)
        result += Array("\\x\(digits.count == 1 ? "0" : "")\(digits)".utf8)
    }
    return result + [0x22]
}
