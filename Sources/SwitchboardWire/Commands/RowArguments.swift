import SwitchboardModel

/// What every list takes.
enum ListOptions {
    static let all: [OptionSpec] = [.option("limit", "1…1000"), .option("after", "<cursor>")]
}

extension Arguments {
    var listRange: ListRange {
        get throws(WireError) {
            var range = ListRange()
            if let limit = self[given: "limit"] { range.limit = try limit.integer(1...ListRange.mostLimit) }
            range.after = try self[given: "after"]?.text(atMost: TextLimit.cursor)
            return range
        }
    }
}

extension Argument {
    func agent() throws(WireError) -> AgentID { AgentID(try identifier()) }
    func department() throws(WireError) -> DepartmentID { DepartmentID(try identifier()) }
    func priority() throws(WireError) -> UInt8 { UInt8(try integer(1...9)) }
    func ticketWeight() throws(WireError) -> UInt8 { UInt8(try integer(TicketWeight.range)) }

    func reference() throws(WireError) -> String {
        guard !isEmpty else { throw .badArgument("\(label) must not be empty") }
        return try text(atMost: TextLimit.reference)
    }

    /// One of a closed set of words.
    func named<Value: Named>(_: Value.Type = Value.self) throws(WireError) -> Value {
        for value in Value.allCases where Word(memory).isEqual(to: value.name) { return value }
        throw invalid(choices: Value.allCases.map(\.name))
    }

    /// Some of a closed set of words, at least one.
    func names<Value: Named>(_: Value.Type = Value.self) throws(WireError) -> [Value] {
        var result: [Value] = []
        for word in try identifiers() {
            guard let value = Value(name: word) else { throw invalid(choices: Value.allCases.map(\.name)) }
            result.append(value)
        }
        guard !result.isEmpty else { throw invalid(choices: Value.allCases.map(\.name)) }
        return result
    }
}
