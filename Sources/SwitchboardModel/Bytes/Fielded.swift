/// A value that is stored as numbered fields. One function serves writing and reading, so the two cannot disagree.
///
/// Rules of the format, for ever: fields are visited in rising order of their numbers; a number is never given to
/// another field; a field that is zero or empty is not written; a reader skips numbers it does not know.
public protocol Fielded: Sendable {
    init()
    mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed)
}

/// Writes or reads one value's fields.
public protocol FieldCoder {
    /// An unsigned integer; absent is 0.
    mutating func integer(_ number: UInt64, _ value: inout UInt64) throws(ByteReader.Malformed)
    /// UTF-8 text; absent is empty.
    mutating func text(_ number: UInt64, _ value: inout String) throws(ByteReader.Malformed)
    /// UTF-8 text that may be missing: a present one, an empty one too, has the mark `=` before it.
    mutating func optionalText(_ number: UInt64, _ value: inout String?) throws(ByteReader.Malformed)
    /// Bytes; absent is empty.
    mutating func blob(_ number: UInt64, _ value: inout [UInt8]) throws(ByteReader.Malformed)
    /// A list; absent is empty.
    mutating func list<Element: Fielded>(_ number: UInt64, _ value: inout [Element]) throws(ByteReader.Malformed)
    /// A value inside the value.
    mutating func value<Value: Fielded>(_ number: UInt64, _ value: inout Value) throws(ByteReader.Malformed)
}

extension FieldCoder {
    @inline(__always)
    public mutating func number<N: FixedWidthInteger & UnsignedInteger>(
        _ number: UInt64, _ value: inout N
    ) throws(ByteReader.Malformed) {
        var wide = UInt64(value)
        try integer(number, &wide)
        guard let narrow = N(exactly: wide) else { throw malformed("field \(number) is out of range") }
        value = narrow
    }

    @inline(__always)
    public mutating func flag(_ number: UInt64, _ value: inout Bool) throws(ByteReader.Malformed) {
        var wide: UInt64 = value ? 1 : 0
        try integer(number, &wide)
        value = wide != 0
    }

    /// Written zigzag, so that absent is 0 and small negative numbers stay small.
    @inline(__always)
    public mutating func signed(_ number: UInt64, _ value: inout Int64) throws(ByteReader.Malformed) {
        var wide = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        try integer(number, &wide)
        value = Int64(bitPattern: wide >> 1) ^ -Int64(bitPattern: wide & 1)
    }

    @inline(__always)
    public mutating func time(_ number: UInt64, _ value: inout Timestamp) throws(ByteReader.Malformed) {
        try signed(number, &value.milliseconds)
    }

    /// `nil` is 0; a time is written as itself plus one, so that 1970 is not `nil`.
    @inline(__always)
    public mutating func time(_ number: UInt64, _ value: inout Timestamp?) throws(ByteReader.Malformed) {
        // Wrapping, because a damaged file may hold any number.
        var wide = value.map { $0.milliseconds &+ 1 } ?? 0
        try signed(number, &wide)
        value = wide == 0 ? nil : Timestamp(milliseconds: wide &- 1)
    }

    @inline(__always)
    public mutating func span(_ number: UInt64, _ value: inout TimeSpan) throws(ByteReader.Malformed) {
        try signed(number, &value.milliseconds)
    }

    /// `nil` is 0, index n is n + 1.
    @inline(__always)
    public mutating func agent(_ number: UInt64, _ value: inout AgentIndex?) throws(ByteReader.Malformed) {
        var wide = value.map { UInt64($0.rawValue) + 1 } ?? 0
        try integer(number, &wide)
        guard wide <= UInt64(UInt32.max) else { throw malformed("field \(number) is no agent") }
        value = wide == 0 ? nil : AgentIndex(UInt32(wide - 1))
    }

    @inline(__always)
    public mutating func agent(_ number: UInt64, _ value: inout AgentIndex) throws(ByteReader.Malformed) {
        try self.number(number, &value.rawValue)
    }

    @inline(__always)
    public mutating func department(_ number: UInt64, _ value: inout DepartmentIndex) throws(ByteReader.Malformed) {
        try self.number(number, &value.rawValue)
    }

    @inline(__always)
    public mutating func ticket(_ number: UInt64, _ value: inout TicketID) throws(ByteReader.Malformed) {
        try integer(number, &value.rawValue)
    }

    /// `nil` is 0.
    public mutating func optionalTicket(_ number: UInt64, _ value: inout TicketID?) throws(ByteReader.Malformed) {
        var wide = value?.rawValue ?? 0
        try integer(number, &wide)
        value = wide == 0 ? nil : TicketID(wide)
    }

    /// A value that may be missing: a list of at most one.
    public mutating func optional<Value: Fielded>(
        _ number: UInt64, _ value: inout Value?
    ) throws(ByteReader.Malformed) {
        var list = value.map { [$0] } ?? []
        try self.list(number, &list)
        value = list.first
    }

    @inline(__always)
    public mutating func named<N: Named>(_ number: UInt64, _ value: inout N) throws(ByteReader.Malformed) {
        var wide = UInt64(value.rawValue)
        try integer(number, &wide)
        guard let raw = UInt8(exactly: wide), let known = N(rawValue: raw) else {
            throw malformed("field \(number) holds \(wide), which is no \(N.self)")
        }
        value = known
    }

    /// `nil` is 0, raw value n is n + 1.
    @inline(__always)
    public mutating func named<N: Named>(_ number: UInt64, _ value: inout N?) throws(ByteReader.Malformed) {
        var wide = value.map { UInt64($0.rawValue) + 1 } ?? 0
        try integer(number, &wide)
        guard wide != 0 else {
            value = nil
            return
        }
        guard let raw = UInt8(exactly: wide - 1), let known = N(rawValue: raw) else {
            throw malformed("field \(number) holds \(wide), which is no \(N.self)")
        }
        value = known
    }

    public mutating func optionalSpan(_ number: UInt64, _ value: inout TimeSpan?) throws(ByteReader.Malformed) {
        var wide = value.map { $0.milliseconds &+ 1 } ?? 0
        try signed(number, &wide)
        value = wide == 0 ? nil : TimeSpan(milliseconds: wide &- 1)
    }

    @inline(never)
    private func malformed(_ what: String) -> ByteReader.Malformed { ByteReader.Malformed(what: what, offset: 0) }
}

/// A text among fielded values, such as a tag.
public struct FieldedText: Fielded, Hashable {
    public var text: String

    public init() { text = "" }
    public init(_ text: String) { self.text = text }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.text(1, &text)
    }
}
