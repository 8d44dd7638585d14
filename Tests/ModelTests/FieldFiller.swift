@testable import SwitchboardModel

/// Sets the fields of a value to something that is neither zero nor empty: all of them, or one alone and the others
/// to zero or empty. Also notes their numbers.
struct FieldFiller: FieldCoder {
    /// Which field is set, counted from 0; nil: all.
    let only: Int?
    /// What integers become; the smallest that every set of named words and every index knows.
    let integer: UInt64
    private(set) var numbers: [UInt64] = []

    init(only: Int? = nil, integer: UInt64 = 1) {
        self.only = only
        self.integer = integer
    }

    /// A value with its fields set, and their numbers.
    static func fill<Value: Fielded>(
        _: Value.Type, only: Int? = nil, integer: UInt64 = 1
    ) throws(ByteReader.Malformed) -> (value: Value, numbers: [UInt64]) {
        var filler = FieldFiller(only: only, integer: integer)
        var value = Value()
        try value.visit(&filler)
        // A field that comes after one of a higher number would be written and never read.
        guard zip(filler.numbers, filler.numbers.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw ByteReader.Malformed(what: "\(Value.self) visits its fields as \(filler.numbers)", offset: 0)
        }
        return (value, filler.numbers)
    }

    private mutating func isSet(_ number: UInt64) -> Bool {
        numbers.append(number)
        return only.map { $0 == numbers.count - 1 } ?? true
    }

    mutating func integer(_ number: UInt64, _ value: inout UInt64) { value = isSet(number) ? integer : 0 }

    mutating func text(_ number: UInt64, _ value: inout String) {
        value = isSet(number) ? "=\u{301}text \(number) é" : ""
    }

    mutating func optionalText(_ number: UInt64, _ value: inout String?) {
        // A combining mark first: it must not melt into the mark of presence.
        value = isSet(number) ? "\u{301}text \(number) é" : nil
    }

    mutating func blob(_ number: UInt64, _ value: inout [UInt8]) { value = isSet(number) ? [0, 255, 1] : [] }

    mutating func list<Element: Fielded>(_ number: UInt64, _ value: inout [Element]) throws(ByteReader.Malformed) {
        guard isSet(number) else {
            value = []
            return
        }
        let first = try Self.fill(Element.self).value
        // Another one, where its sets of words have a third.
        value = [first, (try? Self.fill(Element.self, integer: 2).value) ?? first]
    }

    mutating func value<Value: Fielded>(_ number: UInt64, _ value: inout Value) throws(ByteReader.Malformed) {
        let only: Int? = isSet(number) ? nil : -1
        value = try Self.fill(Value.self, only: only, integer: integer).value
    }
}

/// What can be seen of a value, derived parts included.
func dumped<Value>(_ value: Value) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}

/// The bytes of a value's fields.
func encoded<Value: Fielded>(_ value: Value) -> [UInt8] { ByteWriter.bytes { $0.fields(of: value) } }
