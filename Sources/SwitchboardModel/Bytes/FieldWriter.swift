/// Stands before a text that may be missing.
let presenceMark = UInt8(ascii: "=")

/// Writes fields. A field is its key (number × 2, plus 1 when a length follows), then the value.
extension ByteWriter: FieldCoder {
    /// Appends `value` with its length before it, so that a reader can step over it.
    public mutating func append<Value: Fielded>(_ value: Value) {
        let length = openLength()
        fields(of: value)
        close(length)
    }

    /// Appends the fields of `value` without a length.
    @inline(__always)
    public mutating func fields<Value: Fielded>(of value: consuming Value) {
        do { try value.visit(&self) } catch { preconditionFailure("writing \(Value.self) failed: \(error)") }
    }

    /// The key of a field whose value is a number.
    @inline(__always)
    private mutating func key(_ number: UInt64) { varint(number << 1) }

    /// The key of a field whose value has a length before it.
    @inline(__always)
    private mutating func measuredKey(_ number: UInt64) { varint(number << 1 | 1) }

    @inline(__always)
    public mutating func integer(_ number: UInt64, _ value: inout UInt64) {
        guard value != 0 else { return }
        key(number)
        varint(value)
    }

    @inline(__always)
    public mutating func text(_ number: UInt64, _ value: inout String) {
        guard !value.isEmpty else { return }
        measuredKey(number)
        string(value)
    }

    @inline(__always)
    public mutating func optionalText(_ number: UInt64, _ value: inout String?) {
        guard let value else { return }
        measuredKey(number)
        varint(UInt64(value.utf8.count + 1))
        byte(presenceMark)
        raw(value.utf8)
    }

    @inline(__always)
    public mutating func blob(_ number: UInt64, _ value: inout [UInt8]) {
        guard !value.isEmpty else { return }
        measuredKey(number)
        blob(value)
    }

    public mutating func list<Element: Fielded>(_ number: UInt64, _ value: inout [Element]) {
        guard !value.isEmpty else { return }
        measuredKey(number)
        let length = openLength()
        varint(UInt64(value.count))
        for element in value { append(element) }
        close(length)
    }

    public mutating func value<Value: Fielded>(_ number: UInt64, _ value: inout Value) {
        let before = self
        measuredKey(number)
        let length = openLength()
        let start = count
        fields(of: value)
        // A value without fields is left out, its key too.
        if count > start { close(length) } else { self = before }
    }
}
