/// How Redis reads its arguments, with the texts of its errors, which client libraries compare.
extension Argument {
    /// Decimal, with `-` when it is negative.
    var wholeNumber: Int? { Self.signed(memory) }

    /// A connection's name: visible ASCII without spaces; empty to take a name away.
    func clientName() throws(WireError) -> String {
        guard let text = visibleText else {
            throw WireError(.general, "Client names cannot contain spaces, newlines or special characters.")
        }
        return try limited(text)
    }

    /// What a client tells of its library.
    func clientText(_ attribute: String) throws(WireError) -> String {
        guard let text = visibleText else {
            throw WireError(.general, "\(attribute) cannot contain spaces, newlines or special characters.")
        }
        return try limited(text)
    }

    private func limited(_ text: String) throws(WireError) -> String {
        guard text.utf8.count <= ServerCommand.longestName else {
            throw .badArgument("\(label) has more than \(ServerCommand.longestName) bytes")
        }
        return text
    }

    private var visibleText: String? {
        memory.allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) } ? Word(memory).text : nil
    }
}

extension Arguments {
    /// All words as texts in lower case.
    func names(_ name: StaticString) throws(WireError) -> [String] {
        var names: [String] = []
        names.reserveCapacity(restCount)
        for index in 0..<restCount { names.append(try rest(index, name).text().lowercased()) }
        return names
    }
}

extension WireError {
    static let redisSyntax = WireError(.general, "syntax error")
    static let redisNotAnInteger = WireError(.general, "value is not an integer or out of range")
    static let noKeys = WireError(.general, "The command has no key arguments")
}
