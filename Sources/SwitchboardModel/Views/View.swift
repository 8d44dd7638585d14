/// A view's name in requests and replies: 1 to 64 letters, digits, `_ - . @ +`.
public struct ViewID: Hashable, Sendable {
    public var rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A question that was saved: which tickets, in which order or by what counted.
public struct View: Fielded, Equatable {
    public var id = ViewID("")
    public var title = ""
    /// As the client wrote them; they were read once when the view was saved, so they can be read.
    public var filter = ""
    /// Empty: the standard order.
    public var sort = ""
    /// Empty: tickets are listed, not counted.
    public var group = ""
    /// Whose it is; `nil`: nobody's.
    public var owner: AgentIndex?
    /// Anyone may run it. One that is not shared has an owner.
    public var isShared = false
    public var savedAt = Timestamp(milliseconds: 0)

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.text(1, &id.rawValue)
        try fields.text(2, &title)
        try fields.text(3, &filter)
        try fields.text(4, &sort)
        try fields.text(5, &group)
        try fields.agent(6, &owner)
        try fields.flag(7, &isShared)
        try fields.time(8, &savedAt)
    }
}

/// How many views there may be.
public enum ViewLimit {
    public static let views = 10_000
}
