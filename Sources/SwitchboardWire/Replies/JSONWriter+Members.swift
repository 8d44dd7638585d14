import SwitchboardModel

/// A key and its value in one call, and values that may be absent.
extension JSONWriter {
    public mutating func member(_ name: StaticString, _ value: UInt64) {
        key(name)
        unsigned(value)
    }

    public mutating func member(_ name: StaticString, _ value: Int) {
        key(name)
        integer(Int64(value))
    }

    public mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        bool(value)
    }

    public mutating func member(_ name: StaticString, _ value: Timestamp) {
        key(name)
        time(value)
    }

    public mutating func member(_ name: StaticString, _ value: TimeSpan) {
        key(name)
        span(value)
    }

    /// `null` when there is none.
    public mutating func member(_ name: StaticString, _ value: String?) {
        key(name)
        stringOrNull(value)
    }

    public mutating func member(_ name: StaticString, _ value: JSON) {
        key(name)
        self.value(value)
    }

    public mutating func stringOrNull(_ value: String?) {
        if let value { string(value) } else { null() }
    }

    /// Any value, however deep.
    public mutating func value(_ value: JSON) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .number(let value): number(value)
        case .string(let value): string(value)
        case .time(let value): time(value)
        case .span(let value): span(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                key(member.key)
                self.value(member.value)
            }
            endObject()
        }
    }
}
