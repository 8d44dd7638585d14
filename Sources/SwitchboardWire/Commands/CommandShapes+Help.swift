extension CommandShapes {
    /// The lines of `HELP [noun [verb]]`: for each command its usage and what it does, or those of a topic. Throws
    /// `ERR unknown command 'X'`.
    public func help(noun: String? = nil, verb: String? = nil) throws(WireError) -> [String] {
        if verb == nil, let topic = HelpTopic.allCases.first(where: { $0.rawValue == noun?.uppercased() }) {
            return topic.lines
        }
        let chosen = all.filter { shape in
            guard shape.isListed else { return false }
            guard let noun else { return true }
            guard shape.noun == noun.uppercased() else { return false }
            return verb == nil || shape.verb == verb?.uppercased()
        }
        guard !chosen.isEmpty || noun == nil else {
            let name = [noun, verb].compactMap { $0 }.joined(separator: " ")
            throw WireError(.general, "unknown command '\(Printable.text(name.utf8))'")
        }
        return chosen.map { "\($0.usage) - \($0.summary)" }
    }
}
