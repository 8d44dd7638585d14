/// One command of a table: what its words look like, whom it is for, and what they become.
public struct CommandRow<Output>: Sendable {
    /// Turns checked words into a command. Called only when every required argument is there and no key is unknown or
    /// given twice.
    public typealias Parser = @Sendable (borrowing Arguments) throws(WireError) -> Output

    public let shape: CommandShape
    public let parse: Parser

    /// `NOUN VERB <positional>… <repeating>… key=value…`.
    ///
    /// - Parameters:
    ///   - verb: nil for a command of one word.
    ///   - positionals: the leading words, all required, taken literally even when they hold `=`.
    ///   - repeating: any number of words more, up to the first that is one of the options.
    ///   - scopes: the prefixes of scoped options, as `call` in `call.strategy=`.
    public init(
        _ noun: String, _ verb: String? = nil, _ positionals: [String] = [], repeating: String? = nil,
        _ options: [OptionSpec] = [], scopes: [String] = [], roles: Roles, _ summary: String, parse: @escaping Parser
    ) {
        shape = CommandShape(
            noun: noun, verb: verb, positionals: positionals, repeating: repeating, options: options, scopes: scopes,
            words: nil, parameters: nil, roles: roles, summary: summary)
        self.parse = parse
    }

    /// A command in the style of Redis: `words` more words, which the parser looks at one by one.
    ///
    /// - Parameter parameters: what the usage line shows for them, one entry an argument: `["[name]"]`.
    public init(
        _ noun: String, _ verb: String? = nil, words: ClosedRange<Int>, _ parameters: [String] = [], roles: Roles,
        _ summary: String, parse: @escaping Parser
    ) {
        shape = CommandShape(
            noun: noun, verb: verb, positionals: [], repeating: nil, options: [], scopes: [], words: words,
            parameters: parameters, roles: roles, summary: summary)
        self.parse = parse
    }
}
