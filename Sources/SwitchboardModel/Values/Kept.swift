/// A value that is never changed, in a place of its own: what looks at it looks at it there, where the payload of an indirect
/// case is copied first.
public final class Kept<Value: Sendable>: Sendable {
    public let value: Value

    init(_ value: Value) { self.value = value }
}
