import SwitchboardModel

extension CommandRow where Output == ParsedRequest {
    /// A row of a command that changes something: also takes `rid=`, and with it is carried out once.
    static func write(
        _ noun: String, _ verb: String, _ positionals: [String] = [], repeating: String? = nil,
        _ options: [OptionSpec] = [], scopes: [String] = [], roles: Roles, _ summary: String,
        parse: @escaping @Sendable (borrowing Arguments) throws(WireError) -> Command
    ) -> CommandRow {
        CommandRow(
            noun, verb, positionals, repeating: repeating, options + [.request], scopes: scopes, roles: roles, summary
        ) { arguments throws(WireError) in
            let command = try parse(arguments)
            guard let request = arguments.requestName else { return .command(command) }
            return .domain(.once(command, RequestName(try request.requestID(), words: arguments.words)))
        }
    }
}

extension Argument {
    fileprivate func requestID() throws(WireError) -> String {
        guard !isEmpty else { throw .badArgument("\(label) must not be empty") }
        return try text(atMost: RequestName.mostBytes)
    }
}
