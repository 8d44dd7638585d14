import SwitchboardModel

extension Argument {
    /// `french:3,sales`: skills, each with its level or without one, which is 1. An empty value is none.
    func skills() throws(WireError) -> [Skill] {
        var skills: [Skill] = []
        for part in try rankedIdentifiers(Skill.levels) {
            guard !skills.contains(where: { $0.name == part.identifier }) else {
                throw invalid("a list of skills, each named once")
            }
            skills.append(Skill(name: part.identifier, level: UInt8(part.rank ?? 1)))
        }
        guard skills.count <= Skill.most else { throw invalid("at most \(Skill.most) skills") }
        return skills
    }

    /// `none`, `5m` or `5m:2`: after how long what is needed becomes less, and by how many levels.
    func relaxation() throws(WireError) -> Relaxation {
        if matches("NONE") { return Relaxation() }
        guard let colon = memory.firstIndex(of: UInt8(ascii: ":")) else {
            return Relaxation(span: try positiveDuration(), step: 0)
        }
        let step = UInt8(try from(colon + 1).integer(Skill.levels))
        return Relaxation(span: try upTo(colon).positiveDuration(), step: step)
    }

    /// A duration of more than nothing.
    private func positiveDuration() throws(WireError) -> TimeSpan {
        let span = try duration()
        guard span > .zero else { throw invalid("longer than nothing") }
        return span
    }
}
