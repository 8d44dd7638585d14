public struct DepartmentAdded: Fielded {
    public var index = DepartmentIndex(0)
    public var id = DepartmentID("")
    public var title = ""
    public var settings = DepartmentSettings()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.department(1, &index)
        try coder.text(2, &id.rawValue)
        try coder.text(3, &title)
        try coder.value(4, &settings)
    }
}

/// The settings after the change, all of them.
public struct DepartmentChanged: Fielded {
    public var index = DepartmentIndex(0)
    public var title = ""
    public var settings = DepartmentSettings()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.department(1, &index)
        try coder.text(2, &title)
        try coder.value(3, &settings)
    }
}

public struct DepartmentRemoved: Fielded {
    public var index = DepartmentIndex(0)

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.department(1, &index)
    }
}

/// The journal could not be written for a time, and no command was carried out meanwhile. Tells; changes nothing.
public struct JournalInterrupted: Fielded {
    /// Real times, other than a record's own: when the disk first refused, and when all that was kept was on it again.
    public var from = Timestamp(milliseconds: 0)
    public var until = Timestamp(milliseconds: 0)
    /// What the disk said.
    public var cause = ""

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.time(1, &from)
        try coder.time(2, &until)
        try coder.text(3, &cause)
    }
}

public struct ClockAdvanced: Fielded {
    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {}
}
