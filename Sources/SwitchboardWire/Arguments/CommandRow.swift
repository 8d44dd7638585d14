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
    ///   - group: under which COMMAND DOCS files it; the noun when not given.
    public init(
        _ noun: String, _ verb: String? = nil, _ positionals: [String] = [], repeating: String? = nil,
        _ options: [OptionSpec] = [], scopes: [String] = [], group: String? = nil, roles: Roles, _ summary: String,
        parse: @escaping Parser
    ) {
        shape = CommandShape(
            noun: noun, verb: verb, positionals: positionals, repeating: repeating, options: options, scopes: scopes,
            words: nil, parameters: nil, group: group, isListed: true, roles: roles, summary: summary)
        self.parse = parse
    }

    /// A command in the style of Redis: `words` more words, which the parser looks at one by one.
    ///
    /// - Parameters:
    ///   - parameters: what the usage line shows for them, one entry an argument: `["[name]"]`.
    ///   - listed: whether HELP and COMMAND show it.
    public init(
        _ noun: String, _ verb: String? = nil, words: ClosedRange<Int>, _ parameters: [String] = [],
        group: String? = nil, listed: Bool = true, roles: Roles, _ summary: String, parse: @escaping Parser
    ) {
        shape = CommandShape(
            noun: noun, verb: verb, positionals: [], repeating: nil, options: [], scopes: [], words: words,
            parameters: parameters, group: group, isListed: listed, roles: roles, summary: summary)
        self.parse = parse
    }

    private init(_ shape: CommandShape, _ parse: @escaping Parser) {
        self.shape = shape
        self.parse = parse
    }

    /// The same command in a table whose output is another type.
    public func map<Other>(_ transform: @escaping @Sendable (Output) -> Other) -> CommandRow<Other> {
        CommandRow<Other>(shape) { [parse] (arguments) throws(WireError) in transform(try parse(arguments)) }
    }
}
