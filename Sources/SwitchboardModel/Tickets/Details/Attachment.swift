/// A file that came with an entry of the thread. Its content lies elsewhere.
public struct Attachment: Fielded, Equatable {
    /// The entry's number in the thread.
    public var entry: UInt32 = 0
    public var name = ""
    /// The media type, such as `image/png`; empty: not told, as the next ones.
    public var type = ""
    /// In bytes; `nil`: not told.
    public var size: UInt64?
    public var checksum = ""
    public var url = ""
    public var by = Actor.unnamed
    public var at = Timestamp(milliseconds: 0)

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &entry)
        try fields.text(2, &name)
        try fields.text(3, &type)
        var bytes = size.map { $0 &+ 1 } ?? 0
        try fields.integer(4, &bytes)
        size = bytes == 0 ? nil : bytes - 1
        try fields.text(5, &checksum)
        try fields.text(6, &url)
        try fields.actor(7, &by)
        try fields.time(8, &at)
    }
}
