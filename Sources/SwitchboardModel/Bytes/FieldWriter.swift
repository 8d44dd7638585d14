/// Stands before a text that may be missing.
let presenceMark = UInt8(ascii: "=")

/// Writes fields. A field is its key (number × 2, plus 1 when a length follows), then the value.
public struct FieldWriter: FieldCoder, Sendable {
    public var output: ByteWriter

    public init(_ output: ByteWriter = ByteWriter()) { self.output = output }

    /// Appends `value` with its length before it, so that a reader can step over it.
    public mutating func append<Value: Fielded>(_ value: Value) {
        var inner = FieldWriter(ByteWriter(capacity: 256))
        inner.fields(of: value)
        output.blob(inner.output.bytes)
    }

    /// Appends the fields of `value` without a length.
    @inline(__always)
    public mutating func fields<Value: Fielded>(of value: consuming Value) {
        do { try value.visit(&self) } catch { preconditionFailure("writing \(Value.self) failed: \(error)") }
    }

    @inline(__always)
    public mutating func integer(_ number: UInt64, _ value: inout UInt64) {
        guard value != 0 else { return }
        output.varint(number << 1)
        output.varint(value)
    }

    @inline(__always)
    public mutating func text(_ number: UInt64, _ value: inout String) {
        guard !value.isEmpty else { return }
        output.varint(number << 1 | 1)
        output.string(value)
    }

    @inline(__always)
    public mutating func optionalText(_ number: UInt64, _ value: inout String?) {
        guard let value else { return }
        output.varint(number << 1 | 1)
        output.varint(UInt64(value.utf8.count + 1))
        output.byte(presenceMark)
        output.raw(value.utf8)
    }

    @inline(__always)
    public mutating func blob(_ number: UInt64, _ value: inout [UInt8]) {
        guard !value.isEmpty else { return }
        output.varint(number << 1 | 1)
        output.blob(value)
    }

    public mutating func list<Element: Fielded>(_ number: UInt64, _ value: inout [Element]) {
        guard !value.isEmpty else { return }
        var inner = FieldWriter()
        inner.output.varint(UInt64(value.count))
        for element in value { inner.append(element) }
        output.varint(number << 1 | 1)
        output.blob(inner.output.bytes)
    }

    public mutating func value<Value: Fielded>(_ number: UInt64, _ value: inout Value) {
        var inner = FieldWriter()
        inner.fields(of: value)
        guard inner.output.count > 0 else { return }
        output.varint(number << 1 | 1)
        output.blob(inner.output.bytes)
    }
}
