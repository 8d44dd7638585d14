/// A ticket's number: 1 for the first, never given twice.
public struct TicketID: Hashable, Comparable, Sendable {
    public var rawValue: UInt64

    @inline(__always)
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    @inline(__always)
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// An agent's name in requests and replies: 1 to 64 letters, digits, `_ - . @ +`.
public struct AgentID: Hashable, Sendable {
    public var rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A department's name in requests and replies: 1 to 64 letters, digits, `_ - . @ +`.
public struct DepartmentID: Hashable, Sendable {
    public var rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// An agent's place in the tables: given once when the agent is added, never reused, so that a ticket's history
/// can name an agent in four bytes even after the agent was removed.
public struct AgentIndex: Hashable, Comparable, Sendable {
    public var rawValue: UInt32

    @inline(__always)
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    @inline(__always)
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    @inline(__always)
    var position: Int { Int(rawValue) }
}

/// A department's place in the tables: given once when the department is added, never reused.
public struct DepartmentIndex: Hashable, Comparable, Sendable {
    public var rawValue: UInt32

    @inline(__always)
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    @inline(__always)
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    @inline(__always)
    var position: Int { Int(rawValue) }
}
