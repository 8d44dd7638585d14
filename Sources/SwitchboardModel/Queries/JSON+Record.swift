extension JSON {
    /// An object of these members, in this order.
    static func record(_ members: [(String, JSON)]) -> JSON { .object(members.map { Member($0.0, $0.1) }) }

    /// An object with one more member at its end.
    func with(_ key: String, _ value: JSON) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + [Member(key, value)])
    }
}
