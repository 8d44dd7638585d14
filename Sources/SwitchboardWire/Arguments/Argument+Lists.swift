extension Argument {
    /// How many elements a list in one value may have.
    public static let listLimit = 1024

    /// `a,b,c`; an empty value is an empty list.
    public func identifiers() throws(WireError) -> [String] {
        try elements { (part) throws(WireError) in try part.identifier() }
    }

    /// `+a,-b`: what to add and what to take away, in the order given.
    public func tagEdits() throws(WireError) -> [TagEdit] {
        try elements { (part) throws(WireError) in
            let isAddition = part.memory.first == UInt8(ascii: "+")
            guard isAddition || part.memory.first == UInt8(ascii: "-") else {
                throw part.invalid("a list of +tag and -tag")
            }
            let name = try part.from(1).identifier()
            return isAddition ? .add(name) : .remove(name)
        }
    }

    /// `+x,-y`: in the order given what to add and what to take away, each without its sign read by `read`.
    func edits<Element>(
        _ expectation: String, _ read: (Argument) throws(WireError) -> Element
    ) throws(WireError) -> [(isAddition: Bool, element: Element)] {
        try elements { (part) throws(WireError) in
            let isAddition = part.memory.first == UInt8(ascii: "+")
            guard isAddition || part.memory.first == UInt8(ascii: "-"), part.memory.count > 1 else {
                throw part.invalid(expectation)
            }
            return (isAddition, try read(part.from(1)))
        }
    }

    public enum TagEdit: Sendable, Equatable {
        case add(String)
        case remove(String)
    }

    /// `a:5,b`: identifiers, each with a number or without.
    public func rankedIdentifiers(_ range: ClosedRange<Int>) throws(WireError) -> [RankedIdentifier] {
        try elements { (part) throws(WireError) in
            guard let colon = part.memory.firstIndex(of: UInt8(ascii: ":")) else {
                return RankedIdentifier(identifier: try part.identifier(), rank: nil)
            }
            return RankedIdentifier(
                identifier: try part.upTo(colon).identifier(), rank: try part.from(colon + 1).integer(range))
        }
    }

    public struct RankedIdentifier: Sendable, Equatable {
        public var identifier: String
        public var rank: Int?

        public init(identifier: String, rank: Int?) {
            self.identifier = identifier
            self.rank = rank
        }
    }

    /// `call,chat`: raw values, each in exactly this spelling.
    public func choices<Choice: CaseIterable & RawRepresentable<String>>(
        _: Choice.Type = Choice.self
    ) throws(WireError) -> [Choice] {
        try elements { (part) throws(WireError) in try part.choice(Choice.self) }
    }

    /// `3,5-7`: whole numbers and ranges of them, each within `range`.
    public func numberRanges(_ range: ClosedRange<Int>) throws(WireError) -> [ClosedRange<Int>] {
        try elements { (part) throws(WireError) in
            guard let dash = part.memory.firstIndex(of: UInt8(ascii: "-")) else {
                let number = try part.integer(range)
                return number...number
            }
            let first = try part.upTo(dash).integer(range)
            let last = try part.from(dash + 1).integer(range)
            guard first <= last else { throw part.invalid("numbers and rising ranges such as 3,5-7") }
            return first...last
        }
    }

    private func elements<Element>(
        _ read: (Argument) throws(WireError) -> Element
    ) throws(WireError) -> [Element] {
        var result: [Element] = []
        guard !memory.isEmpty else { return result }
        var start = 0
        while true {
            let end = memory[start...].firstIndex(of: UInt8(ascii: ",")) ?? memory.count
            guard result.count < Self.listLimit else {
                throw .badArgument("\(label) has more than \(Self.listLimit) elements")
            }
            result.append(try read(upTo(end).from(start)))
            if end == memory.count { return result }
            start = end + 1
        }
    }

    func from(_ start: Int) -> Argument { part(memory[start...]) }

    func upTo(_ end: Int) -> Argument { part(memory[..<end]) }

    private func part(_ slice: Slice<UnsafeRawBufferPointer>) -> Argument {
        Argument(memory: UnsafeRawBufferPointer(rebasing: slice), key: key, name: name)
    }
}
