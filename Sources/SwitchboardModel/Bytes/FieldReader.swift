/// Reads fields written by `ByteWriter`: in rising order, unknown numbers skipped. An absent field is zero or empty,
/// whatever the value's own initial one is: that is what the writer left out.
public struct FieldReader: FieldCoder {
    private var input: ByteReader
    /// The key that was read and whose field was not visited yet; 0 when none.
    private var pending: UInt64 = 0

    public init(_ bytes: ArraySlice<UInt8>) { input = ByteReader(bytes) }

    /// Reads one value that takes up all of `bytes`.
    public static func read<Value: Fielded>(
        _ type: Value.Type, from bytes: ArraySlice<UInt8>
    ) throws(ByteReader.Malformed) -> Value {
        var reader = FieldReader(bytes)
        var value = Value()
        try value.visit(&reader)
        return value
    }

    /// Steps to field `number`; `false` when it was not written.
    @inline(__always)
    private mutating func find(_ number: UInt64) throws(ByteReader.Malformed) -> Bool {
        while true {
            if pending == 0 {
                guard !input.isAtEnd else { return false }
                pending = try input.varint()
                guard pending > 1 else {
                    throw ByteReader.Malformed(what: "a field has the number 0", offset: input.offset)
                }
            }
            if pending >> 1 > number { return false }
            if pending >> 1 == number { return true }
            if pending & 1 == 1 { _ = try input.blob() } else { _ = try input.varint() }
            pending = 0
        }
    }

    @inline(__always)
    private mutating func expect(length: Bool, _ number: UInt64) throws(ByteReader.Malformed) {
        guard (pending & 1 == 1) == length else {
            throw ByteReader.Malformed(what: "field \(number) is of the wrong kind", offset: input.offset)
        }
        pending = 0
    }

    public mutating func integer(_ number: UInt64, _ value: inout UInt64) throws(ByteReader.Malformed) {
        guard try find(number) else {
            value = 0
            return
        }
        try expect(length: false, number)
        value = try input.varint()
    }

    public mutating func text(_ number: UInt64, _ value: inout String) throws(ByteReader.Malformed) {
        guard try find(number) else {
            value = ""
            return
        }
        try expect(length: true, number)
        value = try input.string()
    }

    public mutating func optionalText(_ number: UInt64, _ value: inout String?) throws(ByteReader.Malformed) {
        guard try find(number) else {
            value = nil
            return
        }
        try expect(length: true, number)
        let marked = try input.blob()
        guard marked.first == presenceMark, let text = String(validating: marked.dropFirst(), as: UTF8.self) else {
            throw ByteReader.Malformed(what: "field \(number) is no text", offset: input.offset)
        }
        value = text
    }

    public mutating func blob(_ number: UInt64, _ value: inout [UInt8]) throws(ByteReader.Malformed) {
        guard try find(number) else {
            value = []
            return
        }
        try expect(length: true, number)
        value = Array(try input.blob())
    }

    public mutating func list<Element: Fielded>(
        _ number: UInt64, _ value: inout [Element]
    ) throws(ByteReader.Malformed) {
        guard try find(number) else {
            value = []
            return
        }
        try expect(length: true, number)
        var inner = ByteReader(try input.blob())
        let count = try inner.varint()
        guard count <= UInt64(inner.remaining) else {
            throw ByteReader.Malformed(what: "field \(number) counts more than it holds", offset: input.offset)
        }
        value.removeAll()
        value.reserveCapacity(Int(count))
        for _ in 0..<count { value.append(try FieldReader.read(Element.self, from: try inner.blob())) }
    }

    public mutating func value<Value: Fielded>(_ number: UInt64, _ value: inout Value) throws(ByteReader.Malformed) {
        guard try find(number) else {
            value = try FieldReader.read(Value.self, from: [])
            return
        }
        try expect(length: true, number)
        value = try FieldReader.read(Value.self, from: try input.blob())
    }
}
