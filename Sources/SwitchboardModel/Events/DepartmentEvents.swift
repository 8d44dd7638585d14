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

public struct ClockAdvanced: Fielded {
    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {}
}
