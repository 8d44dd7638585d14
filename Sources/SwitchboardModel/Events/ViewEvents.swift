/// A view was saved, or saved anew.
public struct ViewSaved: Fielded {
    public var view = View()

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.value(1, &view)
    }
}

public struct ViewRemoved: Fielded {
    public var id = ViewID("")

    public init() {}

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.text(1, &id.rawValue)
    }
}
