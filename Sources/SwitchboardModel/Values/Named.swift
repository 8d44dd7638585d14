/// A closed set of words of the protocol. The raw value is what stands on disk and is for ever.
public protocol Named: CaseIterable, RawRepresentable, Sendable where RawValue == UInt8 {
    /// The word in requests and replies.
    var name: String { get }
}

extension Named {
    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}
