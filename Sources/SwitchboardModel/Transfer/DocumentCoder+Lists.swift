extension DocumentCoder {
    /// Tags.
    mutating func identifiers(_ key: String, _ value: inout [FieldedText], atMost most: Int) throws(Rejection) {
        guard isReading else {
            if !value.isEmpty { put(key, .array(value.map { .string($0.text) })) }
            return
        }
        let elements = try array(key, atMost: most)
        value = []
        value.reserveCapacity(elements.count)
        for (place, element) in elements.enumerated() {
            guard case .string(let text) = element, Identifier.isValid(text) else {
                throw Self.fault("\(key)[\(place)]", Identifier.expectation)
            }
            guard !value.contains(FieldedText(text)) else { throw Self.fault("\(key)[\(place)]", "is there twice") }
            value.append(FieldedText(text))
        }
    }

    mutating func tickets(_ key: String, _ value: inout [TicketLink]) throws(Rejection) {
        guard isReading else {
            if !value.isEmpty { put(key, .array(value.map { .integer(Int64(clamping: $0.ticket.rawValue)) })) }
            return
        }
        value = []
        for (place, element) in try array(key, atMost: .max).enumerated() {
            guard case .integer(let number) = element, let id = UInt64(exactly: number),
                (1...ImportLimit.id).contains(id)
            else { throw Self.fault("\(key)[\(place)]", "must be the id of a ticket") }
            value.append(TicketLink(TicketID(id)))
        }
    }

    mutating func agents(_ key: String, _ value: inout [FieldedAgent], atMost most: Int) throws(Rejection) {
        guard isReading else {
            if !value.isEmpty { put(key, .array(value.map { .string(names.name($0.index)) })) }
            return
        }
        value = []
        for (place, element) in try array(key, atMost: most).enumerated() {
            let found = FieldedAgent(try agent("\(key)[\(place)]", element))
            guard !value.contains(found) else { throw Self.fault("\(key)[\(place)]", "is there twice") }
            value.append(found)
        }
    }

    /// Custom fields: an object, whose order is kept.
    mutating func fields(_ key: String, _ value: inout [CustomField]) throws(Rejection) {
        guard isReading else {
            if !value.isEmpty { put(key, .record(value.map { ($0.name, .string($0.value)) })) }
            return
        }
        value = []
        guard let found = self.value(key) else { return }
        guard case .object(let members) = found else { throw Self.fault(key, "must be an object") }
        guard members.count <= SetTicket.mostFields else {
            throw Self.fault(key, "has more than \(SetTicket.mostFields) members")
        }
        for member in members {
            guard Identifier.isValid(member.key) else {
                throw Self.fault("\(key).\(member.key)", Identifier.expectation)
            }
            guard case .string(let text) = member.value else {
                throw Self.fault("\(key).\(member.key)", "must be a text")
            }
            guard !value.contains(where: { $0.name == member.key }) else {
                throw Self.fault("\(key).\(member.key)", "is there twice")
            }
            if !text.isEmpty { value.append(CustomField(name: member.key, value: text)) }
        }
    }
}

/// A gateway's name for a ticket or a message, as a document holds it.
struct ReferenceDocument: Documented {
    var source = ""
    var reference = ""

    init() {}

    /// - Parameter key: as `Reference.key` makes it.
    init(_ key: String) {
        let parts = key.split(separator: "\u{0}", maxSplits: 1, omittingEmptySubsequences: false)
        source = String(parts[0])
        reference = parts.count > 1 ? String(parts[1]) : ""
    }

    var key: String { Reference.key(source: source, reference) }

    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.identifier("source", &source)
        try document.text("ref", &reference, atMost: TextLimit.reference)
        if document.isReading, reference.isEmpty { throw DocumentCoder.fault("ref", "is missing") }
    }
}
