/// A roster is from now on as this, new or in place of that of its number.
public struct RosterChanged: Fielded {
    public var roster = Roster()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.value(1, &roster)
    }
}

public struct RosterRemoved: Fielded {
    public var number: UInt32 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.number(1, &number)
    }
}

/// The next ones of a roster have duty.
public struct RosterTurned: Fielded {
    public var number: UInt32 = 0

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.number(1, &number)
    }
}
