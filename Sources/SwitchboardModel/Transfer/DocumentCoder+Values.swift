extension DocumentCoder {
    /// A whole number; absent is what it was.
    mutating func integer(
        _ key: String, _ value: inout UInt64, _ range: ClosedRange<UInt64>, writesZero: Bool = false
    ) throws(Rejection) {
        guard isReading else {
            if value != 0 || writesZero { put(key, .integer(Int64(clamping: value))) }
            return
        }
        guard let found = self.value(key) else { return }
        guard case .integer(let number) = found, let number = UInt64(exactly: number), range.contains(number) else {
            throw Self.fault(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        value = number
    }

    mutating func number<N: FixedWidthInteger & UnsignedInteger>(
        _ key: String, _ value: inout N, _ range: ClosedRange<UInt64>
    ) throws(Rejection) {
        var wide = UInt64(value)
        try integer(key, &wide, range)
        value = N(truncatingIfNeeded: wide)
    }

    mutating func flag(_ key: String, _ value: inout Bool) throws(Rejection) {
        guard isReading else {
            if value { put(key, .bool(true)) }
            return
        }
        guard let found = self.value(key) else { return }
        guard case .bool(let flag) = found else { throw Self.fault(key, "must be true or false") }
        value = flag
    }

    mutating func text(
        _ key: String, _ value: inout String, atMost bytes: Int = .max
    ) throws(Rejection) {
        guard isReading else {
            if !value.isEmpty { put(key, .string(value)) }
            return
        }
        value = try string(key, atMost: bytes) ?? ""
    }

    /// A text that may be missing; an empty one is there.
    mutating func optionalText(
        _ key: String, _ value: inout String?, atMost bytes: Int = .max
    ) throws(Rejection) {
        guard isReading else {
            if let value { put(key, .string(value)) }
            return
        }
        value = try string(key, atMost: bytes)
    }

    mutating func string(_ key: String, atMost bytes: Int) throws(Rejection) -> String? {
        guard let found = self.value(key) else { return nil }
        guard case .string(let text) = found else { throw Self.fault(key, "must be a text") }
        guard text.utf8.count <= bytes else { throw Self.fault(key, "has more than \(bytes) bytes") }
        return text
    }

    /// An identifier, or nothing.
    mutating func identifier(_ key: String, _ value: inout String) throws(Rejection) {
        try text(key, &value)
        guard !isReading || value.isEmpty || Identifier.isValid(value) else {
            throw Self.fault(key, Identifier.expectation)
        }
    }

    /// A moment; absent is what it was.
    mutating func time(_ key: String, _ value: inout Timestamp) throws(Rejection) {
        var time: Timestamp? = value
        try self.time(key, &time)
        if let time { value = time }
    }

    mutating func time(_ key: String, _ value: inout Timestamp?) throws(Rejection) {
        guard isReading else {
            if let value { put(key, .time(value)) }
            return
        }
        guard let found = self.value(key) else { return }
        guard case .string(var text) = found,
            let time = text.withUTF8({ RFC3339.timeOrDate(UnsafeRawBufferPointer($0)) })
        else { throw Self.fault(key, "must be a time in RFC 3339 such as 2026-01-31T09:30:00Z, or a date") }
        value = time
    }

    /// A number of seconds, of which thousandths are kept.
    mutating func span(_ key: String, _ value: inout TimeSpan) throws(Rejection) {
        guard isReading else {
            put(key, .span(value))
            return
        }
        let seconds: Double? =
            switch self.value(key) {
            case nil: 0
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        let longest = Double(TimeSpan.longest.milliseconds)
        guard let seconds, seconds >= 0, seconds * 1000 <= longest else {
            throw Self.fault(key, "must be a number of seconds, at most 100 years")
        }
        value = TimeSpan(milliseconds: Int64((seconds * 1000).rounded()))
    }

    mutating func named<N: Named>(_ key: String, _ value: inout N) throws(Rejection) {
        guard isReading else {
            put(key, .string(value.name))
            return
        }
        var found: N?
        try named(key, &found)
        if let found { value = found }
    }

    mutating func named<N: Named>(_ key: String, _ value: inout N?) throws(Rejection) {
        guard isReading else {
            if let value { put(key, .string(value.name)) }
            return
        }
        value = nil
        guard let found = self.value(key) else { return }
        guard case .string(let word) = found, let known = N(name: word) else {
            throw Self.fault(key, Self.expectation(of: N.self))
        }
        value = known
    }

    /// The words that there are, unless they are many.
    private static func expectation<N: Named>(of _: N.Type) -> String {
        guard N.allCases.count <= 12 else { return "is no word that is known here" }
        return "must be one of " + N.allCases.map(\.name).joined(separator: ", ")
    }

    mutating func ticket(_ key: String, _ value: inout TicketID?) throws(Rejection) {
        var number = value?.rawValue ?? 0
        try integer(key, &number, 1...ImportLimit.id)
        value = number == 0 ? nil : TicketID(number)
    }

    // MARK: Agents and departments

    mutating func agent(_ key: String, _ value: inout AgentIndex?) throws(Rejection) {
        guard isReading else {
            if let value { put(key, .string(names.name(value))) }
            return
        }
        value = try self.value(key).map { (found) throws(Rejection) in try agent(key, found) }
    }

    /// One who must be named.
    mutating func agent(_ key: String, _ value: inout AgentIndex) throws(Rejection) {
        var agent: AgentIndex? = value
        try self.agent(key, &agent)
        guard let agent else { throw Self.fault(key, "is missing") }
        value = agent
    }

    /// `null` is nobody, which is not the same as absent.
    mutating func change(_ key: String, _ value: inout AgentIndex??) throws(Rejection) {
        guard isReading else {
            if let value { put(key, value.map { .string(names.name($0)) } ?? .null) }
            return
        }
        value = try take(key).map { (found) throws(Rejection) in found == .null ? nil : try agent(key, found) }
    }

    func agent(_ key: String, _ json: JSON) throws(Rejection) -> AgentIndex {
        guard case .string(let name) = json else { throw Self.fault(key, "must be the name of an agent") }
        guard let agent = names.agent(name) else { throw Self.fault(key, "no agent '\(name)'") }
        return agent
    }

    mutating func department(_ key: String, _ value: inout DepartmentIndex?) throws(Rejection) {
        guard isReading else {
            if let value { put(key, .string(names.name(value))) }
            return
        }
        value = nil
        guard let found = self.value(key) else { return }
        guard case .string(let name) = found else { throw Self.fault(key, "must be the name of a department") }
        guard let department = names.department(name) else { throw Self.fault(key, "no department '\(name)'") }
        value = department
    }

    /// Who wrote or did something: `by` an agent, or the `actor` where it was none. What is left out stands for the
    /// customer in a message, for nobody anywhere else.
    mutating func author(_ value: inout Actor, ofMessage isMessage: Bool) throws(Rejection) {
        guard isReading else {
            switch value {
            case .agent(let agent): put("by", .string(names.name(agent)))
            case .unnamed: if isMessage { put("actor", .string("nobody")) }
            case .customer: if !isMessage { put("actor", .string("customer")) }
            case .automatic: put("actor", .string("switchboard"))
            }
            return
        }
        var agent: AgentIndex?
        try self.agent("by", &agent)
        let actor = try string("actor", atMost: 64)
        switch (agent, actor) {
        case (let agent?, nil): value = .agent(agent)
        case (nil, nil): value = isMessage ? .customer : .unnamed
        case (nil, "customer"): value = .customer
        case (nil, "switchboard"): value = .automatic
        case (nil, "nobody"): value = .unnamed
        case (.some, .some): throw Self.fault("actor", "by and actor exclude each other")
        case (nil, .some): throw Self.fault("actor", "must be customer, switchboard or nobody")
        }
    }

    // MARK: Objects and lists

    mutating func list<Element: Documented>(
        _ key: String, _ value: inout [Element], atMost most: Int = .max
    ) throws(Rejection) {
        guard isReading else {
            if !value.isEmpty { put(key, .array(value.map { Self.write($0, names) })) }
            return
        }
        let elements = try array(key, atMost: most)
        value = []
        value.reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            do throws(Rejection) { value.append(try Self.read(Element.self, from: element, names)) } catch {
                throw Self.within("\(key)[\(place)]", error)
            }
        }
    }

    mutating func object<Value: Documented>(_ key: String, _ value: inout Value?) throws(Rejection) {
        guard isReading else {
            if let value { put(key, Self.write(value, names)) }
            return
        }
        value = nil
        guard let found = self.value(key) else { return }
        do throws(Rejection) { value = try Self.read(Value.self, from: found, names) } catch {
            throw Self.within(key, error)
        }
    }

    mutating func array(_ key: String, atMost most: Int) throws(Rejection) -> [JSON] {
        guard let found = value(key) else { return [] }
        guard case .array(let elements) = found else { throw Self.fault(key, "must be a list") }
        guard elements.count <= most else { throw Self.fault(key, "has more than \(most) elements") }
        return elements
    }
}
