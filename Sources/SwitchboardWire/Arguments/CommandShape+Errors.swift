/// What is said of a command's words when they do not fit.
extension CommandShape {
    func missing(_ what: String) -> WireError { .syntax("missing argument \(what); usage: \(usage)") }

    /// The usage, or where to find it when it is long.
    var hint: String { usage.utf8.count <= 400 ? "usage: \(usage)" : "HELP \(name) lists what there is" }

    func positionalUsage(_ index: Int) -> String { "<\(positionals[index])>" }

    func usage(ofSlot slot: Int) -> String {
        guard slot >= positionals.count else { return positionalUsage(slot) }
        let option = options[slot - positionals.count]
        return option.group == 0 ? option.usage : usage(ofGroup: option.group)
    }

    /// Redis' own text, which clients know.
    var wrongCount: WireError { WireError(.general, "wrong number of arguments for '\(redisName)' command") }

    /// `ticket|show`, as Redis names a subcommand.
    var redisName: String { verb.map { "\(noun)|\($0)".lowercased() } ?? noun.lowercased() }
}
