/// The words behind noun and verb, matched against a row: which argument stands where.
///
///     let id = try arguments["id"].ticketID()
///     let note = try arguments[given: "note"]?.text()
///
/// Unowned memory is used throughout, because the words lie in the connection's buffer: valid as long as the request.
/// Cannot be copied, so that a parser does not keep one by mistake.
public struct Arguments: ~Copyable {
    /// An option whose key has a dot.
    struct Dotted {
        /// Of the option in the shape.
        let option: Int
        let scope: PackedKey
        let word: Int
        /// Where in the word the part behind the dot and the value begin.
        let nameStart: Int
        let valueStart: Int
    }

    let request: Request
    @usableFromInline let shape: CommandShape
    /// A bit for each slot of the shape that was given.
    private(set) var given: UInt64 = 0
    /// A bit for the hash of each name that was given. Most look-ups are for one that was not, and end here, in the
    /// row's parser, where the bit of a literal is known to the compiler.
    @usableFromInline private(set) var givenHashes: UInt64 = 0
    /// Of a whole request all options with a dot, of a scope those under its prefix.
    private(set) var dotted: [Dotted] = []
    /// The words of a repeating argument, or of a row in the style of Redis.
    private var rest: Range<Int>
    /// Whether these are the options under a prefix: their places are in `dotted` only.
    private let isScope: Bool

    /// To be matched next.
    @usableFromInline
    init(_ request: Request, _ shape: CommandShape) {
        self.request = request
        self.shape = shape
        isScope = false
        rest = shape.nameCount..<request.count
    }

    /// Finds out which word is which argument. Throws `SYNTAX` for an argument too many or one missing, `BADARG` for a
    /// key that is unknown or given twice. Apart from `init`, because what is made by one that throws is copied.
    @usableFromInline
    mutating func match() throws(WireError) {
        if let words = shape.words {
            guard words.contains(rest.count) else { throw shape.wrongCount }
            return
        }
        let positionals = shape.firstOption
        guard rest.count >= positionals else { throw shape.missing(shape.positionalUsage(rest.count)) }
        for index in 0..<positionals { give(index, ArgumentPlace(word: shape.nameCount + index, valueStart: 0)) }
        givenHashes = shape.positionalHashes
        var next = shape.nameCount + positionals
        if shape.repeating != nil {
            let first = next
            while next < request.count, !isOption(next) { next += 1 }
            rest = first..<next
        } else {
            rest = next..<next
        }
        while next < request.count {
            try matchOption(next)
            next += 1
        }
        if dotted.count > 1 { try refuseRepeatedNames() }
        try refuseMissing(shape.requiredSlots & ~given)
        if shape.hasGroups { try refuseBothOfGroup() }
    }

    /// An argument that the row requires. Throws `SYNTAX` when it is not there after all.
    @inlinable
    @inline(__always)
    public subscript(name: StaticString) -> Argument {
        // Inlined, because a literal's key is then made by the compiler.
        get throws(WireError) { try required(PackedKey(name), name) }
    }

    /// An option, when it was given.
    @inlinable
    @inline(__always)
    public subscript(given name: StaticString) -> Argument? {
        let key = PackedKey(name)
        assert(shape.hasArgument(key), "the row has no argument '\(name)'")
        return givenHashes & key.hashBit == 0 ? nil : argument(key, name)
    }

    /// `rid=`, when it was given.
    @inline(__always)
    var requestName: Argument? {
        // A write without it pays for this look only.
        guard let slot = shape.requestSlot, isGiven(slot) else { return nil }
        return value(slot, "rid")
    }

    /// Whether any option of this name was given, under a prefix or without.
    public func has(_ name: StaticString) -> Bool {
        let slot = shape.slot(PackedKey(name))
        return isGiven(slot) || dotted.contains { $0.option + shape.firstOption == slot }
    }

    @usableFromInline
    func required(_ key: PackedKey, _ name: StaticString) throws(WireError) -> Argument {
        let slot = shape.slot(key)
        guard isGiven(slot) else { throw shape.missing(shape.usage(ofSlot: slot)) }
        return value(slot, name)
    }

    @usableFromInline
    func argument(_ key: PackedKey, _ name: StaticString) -> Argument? {
        let slot = shape.slot(key)
        return isGiven(slot) ? value(slot, name) : nil
    }

    @inline(__always)
    func isGiven(_ slot: Int) -> Bool { given &>> UInt64(slot) & 1 != 0 }

    /// Where the argument of this slot stands, which must be given.
    @inline(__always)
    func place(_ slot: Int) -> ArgumentPlace { isScope ? placeInScope(slot) : request.places[slot] }

    private func placeInScope(_ slot: Int) -> ArgumentPlace {
        guard let entry = dotted.first(where: { $0.option + shape.firstOption == slot }) else {
            preconditionFailure("\(shape.name): no option in slot \(slot) of a scope")
        }
        return ArgumentPlace(word: entry.word, valueStart: entry.valueStart)
    }

    @inline(__always)
    private func value(_ slot: Int, _ name: StaticString) -> Argument {
        let place = place(slot)
        return Self.argument(request[place.word].memory, from: place.valueStart, name)
    }

    /// The value in `word` from this offset on; 0 for a positional, which has no key.
    @inline(__always)
    private static func argument(
        _ word: UnsafeRawBufferPointer, from valueStart: Int, _ name: StaticString
    ) -> Argument {
        Argument(
            memory: UnsafeRawBufferPointer(rebasing: word[valueStart...]),
            key: UnsafeRawBufferPointer(rebasing: word[..<valueStart]), name: name)
    }

    /// The options of a family, in the order given: for `field.Order=A-17` the name `Order` and the value `A-17`.
    public func family(_ prefix: StaticString) -> [(name: String, value: Argument)] {
        let slot = shape.slot(PackedKey(prefix)) - shape.firstOption
        var found: [(name: String, value: Argument)] = []
        for entry in dotted where entry.option == slot {
            let word = request[entry.word].memory
            let name = Word(UnsafeRawBufferPointer(rebasing: word[entry.nameStart..<entry.valueStart - 1])).printable
            found.append((name, Self.argument(word, from: entry.valueStart, prefix)))
        }
        return found
    }

    /// The options given under this prefix, as arguments of their own: `scope("call")["strategy"]` is
    /// `call.strategy=`. Positionals are not in it.
    public func scope(_ name: String) -> Arguments { Arguments(scope: name, of: self) }

    private init(scope name: String, of whole: borrowing Arguments) {
        request = whole.request
        shape = whole.shape
        rest = 0..<0
        isScope = true
        let key = PackedKey(name)
        precondition(shape.scopeKeys.contains(key), "\(shape.name) has no scope '\(name)'")
        for entry in whole.dotted where entry.scope == key {
            given |= 1 &<< UInt64(entry.option + shape.firstOption)
            givenHashes |= shape.keys[entry.option + shape.firstOption].hashBit
            dotted.append(entry)
        }
    }

    /// How many words a repeating argument, or a row in the style of Redis, was given.
    public var restCount: Int { rest.count }

    /// One of them; `name` is for errors. Traps outside of `0..<restCount`.
    public func rest(_ index: Int, _ name: StaticString) -> Argument {
        precondition(rest.indices.contains(rest.lowerBound + index), "\(shape.name) has no word \(index)")
        return Self.argument(request[rest.lowerBound + index].memory, from: 0, name)
    }

    /// How the request came, for the few commands that are answered accordingly.
    public var form: RequestForm { request.form }

    /// Redis' error for too few or too many words.
    public var wrongCount: WireError { shape.wrongCount }

    /// What is wrong between arguments, with the usage line.
    public func syntax(_ message: String) -> WireError { .syntax("\(message); usage: \(shape.usage)") }
}

// MARK: Matching

extension Arguments {
    /// Where in a word the key ends. A key and its family's name are short, so a value is not searched.
    @inline(__always)
    private static func equals(_ word: UnsafeRawBufferPointer) -> Int? {
        guard let start = word.baseAddress else { return nil }
        let end = min(word.count, PackedKey.longest + 1 + Argument.identifierBytes + 1)
        let equals = ByteScan.firstNear(UInt8(ascii: "="), in: start, from: 0, to: end)
        return equals < end ? equals : nil
    }

    /// The option that `word` names, and its slot; nil for none.
    @inline(__always)
    private func plainOption(_ word: UnsafeRawBufferPointer, _ equals: Int) -> (key: PackedKey, slot: Int)? {
        guard let key = PackedKey(UnsafeRawBufferPointer(rebasing: word[..<equals])),
            let slot = shape.slot(key, from: shape.firstOption), shape.familySlots &>> UInt64(slot) & 1 == 0
        else { return nil }
        return (key, slot)
    }

    private func dottedOption(_ word: UnsafeRawBufferPointer, index: Int, equals: Int) -> Dotted? {
        guard shape.hasDotted, let dot = word[..<equals].firstIndex(of: UInt8(ascii: ".")),
            let prefix = PackedKey(UnsafeRawBufferPointer(rebasing: word[..<dot]))
        else { return nil }
        let name = UnsafeRawBufferPointer(rebasing: word[dot + 1..<equals])
        let first = shape.firstOption
        if let slot = shape.slot(prefix, from: first) {
            guard shape.options[slot - first].kind == .family, Argument.isIdentifier(name) else { return nil }
            return Dotted(option: slot - first, scope: .none, word: index, nameStart: dot + 1, valueStart: equals + 1)
        }
        guard shape.scopeKeys.contains(prefix), let key = PackedKey(name), let slot = shape.slot(key, from: first),
            shape.options[slot - first].kind == .scoped
        else { return nil }
        return Dotted(option: slot - first, scope: prefix, word: index, nameStart: dot + 1, valueStart: equals + 1)
    }

    /// Whether the word at `index` is one of the options, so that a repeating argument ends before it.
    private func isOption(_ index: Int) -> Bool {
        let word = request[index].memory
        guard let equals = Self.equals(word) else { return false }
        return plainOption(word, equals) != nil || dottedOption(word, index: index, equals: equals) != nil
    }

    @inline(__always)
    private mutating func give(_ slot: Int, _ place: ArgumentPlace) {
        request.places[slot] = place
        given |= 1 &<< UInt64(slot)
    }

    @inline(__always)
    private mutating func matchOption(_ index: Int) throws(WireError) {
        let word = request[index].memory
        guard let equals = Self.equals(word) else { throw unexpected(word) }
        if let (key, slot) = plainOption(word, equals) {
            guard !isGiven(slot) else { throw Self.twice(word, equals) }
            givenHashes |= key.hashBit
            give(slot, ArgumentPlace(word: index, valueStart: equals + 1))
            return
        }
        guard let entry = dottedOption(word, index: index, equals: equals) else { throw unexpected(word) }
        dotted.append(entry)
    }

    /// A dotted name given twice. Sets, because one request may hold a thousand fields.
    private func refuseRepeatedNames() throws(WireError) {
        var seen: Set<[UInt8]> = []
        for entry in dotted {
            let word = request[entry.word].memory
            var key = [UInt8(truncatingIfNeeded: entry.option)]
            if entry.scope == .none {
                key += word[entry.nameStart..<entry.valueStart - 1]
            } else {
                key += word[..<(entry.valueStart - 1)].map(ASCII.lowercased)
            }
            guard seen.insert(key).inserted else { throw Self.twice(word, entry.valueStart - 1) }
        }
    }

    /// Throws unless each of these slots, which have no place, was given in another way: the first one.
    @inline(__always)
    private func refuseMissing(_ slots: UInt64) throws(WireError) {
        var left = slots
        while left != 0 {
            try refuseMissing(slot: left.trailingZeroBitCount)
            left &= left &- 1
        }
    }

    private func refuseMissing(slot: Int) throws(WireError) {
        let option = shape.options[slot - shape.firstOption]
        if option.kind == .family, dotted.contains(where: { $0.option == slot - shape.firstOption }) { return }
        if option.group != 0, isGiven(group: option.group) > 0 { return }
        throw shape.missing(shape.usage(ofSlot: slot))
    }

    private func refuseBothOfGroup() throws(WireError) {
        var group = 1
        while true {
            let usage = shape.usage(ofGroup: group)
            if usage.isEmpty { return }
            if isGiven(group: group) > 1 { throw syntax("give only one of \(usage)") }
            group += 1
        }
    }

    private func isGiven(group: Int) -> Int {
        var count = 0
        for index in shape.options.indices where shape.options[index].group == group {
            if isGiven(index + shape.firstOption) { count += 1 }
        }
        return count
    }

    private func unexpected(_ word: UnsafeRawBufferPointer) -> WireError {
        guard let equals = word.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
            return syntax("unexpected argument '\(Printable.text(word))'")
        }
        return .badArgument("unknown option '\(Printable.text(word[..<equals]))'; \(shape.hint)")
    }

    private static func twice(_ word: UnsafeRawBufferPointer, _ equals: Int) -> WireError {
        .badArgument("option '\(Printable.text(word[..<equals]))' is given twice")
    }
}
