/// Where a ticket goes that waits too long, or finds its queue full or nobody there.
public enum OverflowRule: Equatable, Sendable {
    case none
    /// Enters that department, at its age.
    case department(DepartmentIndex)
    /// A call becomes one that is called back; it keeps its place.
    case callback
    /// A chat or call becomes a ticket, to be answered in writing; it keeps its age.
    case message
    /// Refused, or resolved where it waited.
    case reject

    /// As stored: 0 is kept for "not set".
    var code: UInt64 {
        switch self {
        case .none: 1
        case .callback: 2
        case .message: 3
        case .reject: 4
        case .department(let index): 8 + UInt64(index.rawValue)
        }
    }

    init?(code: UInt64) {
        switch code {
        case 1: self = .none
        case 2: self = .callback
        case 3: self = .message
        case 4: self = .reject
        case 8...: self = .department(DepartmentIndex(UInt32(truncatingIfNeeded: code - 8)))
        default: return nil
        }
    }
}

/// As it was asked for: a department by its name.
public enum OverflowRequest: Equatable, Sendable {
    case none, callback, message, reject
    case department(DepartmentID)
}

/// Why a ticket did not wait, or no longer waits, where it was.
public enum OverflowCause: UInt8, Named {
    case queueFull = 0
    case waitedTooLong = 1
    case nobodyThere = 2

    public var name: String {
        switch self {
        case .queueFull: "queue_full"
        case .waitedTooLong: "waited_too_long"
        case .nobodyThere: "nobody_there"
        }
    }
}

/// What became of it.
public enum OverflowAction: UInt8, Named {
    case moved = 0
    case callback = 1
    case message = 2
    case rejected = 3

    public var name: String {
        switch self {
        case .moved: "moved"
        case .callback: "callback"
        case .message: "message"
        case .rejected: "rejected"
        }
    }
}

/// A call that is to be called back. It waits in its place until its turn comes.
public struct Callback: Fielded, Equatable {
    /// Empty: the ticket's `from`.
    public var phone = ""
    public var since = Timestamp(milliseconds: 0)
    /// Calls back that nobody answered.
    public var attempts: UInt32 = 0

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.text(1, &phone)
        try fields.time(2, &since)
        try fields.number(3, &attempts)
    }
}
