/// The table in the shapes of Redis' COMMAND, for redis-cli's hints and for client libraries.
///
/// A noun with verbs is what Redis calls a container: one command whose subcommands are named `ticket|show`.
extension CommandShapes {
    /// COMMAND COUNT: a noun with verbs counts once.
    public var count: Int { nouns.count }

    /// COMMAND DOCS. Names in lower case, of a verb as `ticket|show`; none for all. Unknown ones are left out.
    public func docs(_ names: [String] = []) -> ServerValue {
        guard !names.isEmpty else { return .map(nouns.map { ServerValue.Member($0.lowercased(), docs(noun: $0)) }) }
        var members: [ServerValue.Member] = []
        for name in names {
            if let shape = subcommand(name) {
                members.append(ServerValue.Member(name, .map(docs(shape))))
            } else if let noun = nouns.first(where: { $0.lowercased() == name }) {
                members.append(ServerValue.Member(name, docs(noun: noun)))
            }
        }
        return .map(members)
    }

    /// COMMAND and COMMAND INFO. Names as for `docs`; unknown ones are null.
    public func info(_ names: [String] = []) -> ServerValue {
        guard !names.isEmpty else { return .array(nouns.map { info(noun: $0) }) }
        return .array(
            names.map { name in
                if let shape = subcommand(name) { return info(shape) }
                return nouns.first { $0.lowercased() == name }.map { info(noun: $0) } ?? .null
            })
    }

    /// COMMAND LIST: every name, verbs too.
    public func list(_ filter: ServerCommand.Command.Filter? = nil) -> ServerValue {
        let shapes = all.filter(\.isListed)
        let containers = nouns.filter { noun in shapes.allSatisfy { $0.noun != noun || $0.verb != nil } }
        var named = containers.map { (name: $0.lowercased(), group: $0.lowercased()) }
        named += shapes.map { (name: $0.redisName, group: $0.group) }
        let chosen = named.filter { entry in
            switch filter {
            case nil: true
            case .module: false
            case .category(let category): entry.group == category
            case .pattern(let pattern): Glob.matches(entry.name, pattern)
            }
        }
        return .array(chosen.map { .text($0.name) })
    }

    /// The nouns of listed commands, each once, in the table's order.
    private var nouns: [String] {
        var seen: Set<String> = []
        return all.filter { $0.isListed && seen.insert($0.noun).inserted }.map(\.noun)
    }

    private func verbs(of noun: String) -> [CommandShape] {
        all.filter { $0.isListed && $0.noun == noun && $0.verb != nil }
    }

    private func subcommand(_ name: String) -> CommandShape? {
        all.first { $0.isListed && $0.verb != nil && $0.redisName == name }
    }

    // MARK: DOCS

    private func docs(noun: String) -> ServerValue {
        let verbs = verbs(of: noun)
        var members: [ServerValue.Member]
        if let shape = find(noun: noun) {
            members = docs(shape)
        } else {
            members = docs(summary: "A container for \(noun) commands", group: verbs.first?.group ?? "", parameters: [])
        }
        if !verbs.isEmpty {
            let subcommands = verbs.map { ServerValue.Member($0.redisName, .map(docs($0))) }
            members.append(ServerValue.Member("subcommands", .map(subcommands)))
        }
        return .map(members)
    }

    private func docs(_ shape: CommandShape) -> [ServerValue.Member] {
        docs(summary: shape.summary, group: shape.group, parameters: shape.parameters)
    }

    /// redis-cli reads memory it has not set when a summary, a group or the arguments are missing.
    private func docs(summary: String, group: String, parameters: [String]) -> [ServerValue.Member] {
        [
            ServerValue.Member("summary", .text(summary)), ServerValue.Member("since", .text("1.0.0")),
            ServerValue.Member("group", .text(group)),
            ServerValue.Member("arguments", .array(parameters.map(argument))),
        ]
    }

    /// A part of the usage line as an argument. All are strings: the hint then shows the part as it is.
    private func argument(_ parameter: String) -> ServerValue {
        var name = parameter[...]
        var flags: [ServerValue] = []
        if name.first == "[", name.last == "]" {
            name = name.dropFirst().dropLast()
            flags.append(.simple("optional"))
        }
        if name.last == "…" {
            name = name.dropLast()
            flags.append(.simple("multiple"))
        }
        if name.first == "<", name.last == ">", !name.dropFirst().contains("<") {
            name = name.dropFirst().dropLast()
        }
        var members = [ServerValue.Member("name", .text(String(name))), ServerValue.Member("type", .text("string"))]
        if !flags.isEmpty { members.append(ServerValue.Member("flags", .set(flags))) }
        return .map(members)
    }

    // MARK: INFO

    private func info(noun: String) -> ServerValue {
        let verbs = verbs(of: noun)
        let own = find(noun: noun)
        let arity = own.map(arity) ?? -2
        return info(
            noun.lowercased(), arity: verbs.isEmpty ? arity : own == nil ? -2 : -1,
            group: own?.group ?? verbs.first?.group ?? "", subcommands: verbs.map(info))
    }

    private func info(_ shape: CommandShape) -> ServerValue {
        info(shape.redisName, arity: arity(shape), group: shape.group, subcommands: [])
    }

    /// Redis' ten fields; there are no keys, so first, last and step are 0.
    private func info(_ name: String, arity: Int, group: String, subcommands: [ServerValue]) -> ServerValue {
        .array([
            .text(name), .integer(Int64(arity)), .set([]), .integer(0), .integer(0), .integer(0),
            .set([.simple("@\(group)")]), .array([]), .array([]), .array(subcommands),
        ])
    }

    /// The number of words with the name's; negative when there may be more.
    private func arity(_ shape: CommandShape) -> Int {
        if let words = shape.words {
            let least = shape.nameCount + words.lowerBound
            return words.count == 1 ? least : -least
        }
        let required = Set(shape.options.filter(\.isRequired).enumerated().map { $1.group == 0 ? -1 - $0 : $1.group })
        let least = shape.nameCount + shape.positionals.count + required.count
        return shape.options.isEmpty && shape.repeating == nil ? least : -least
    }
}
