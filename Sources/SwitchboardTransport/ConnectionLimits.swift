/// The bounds of one connection. Reading never stops because of unsent output (Redis clients write a whole pipeline
/// before they read), so these are what bounds its memory.
public struct ConnectionLimits: Sendable {
    /// Output not yet taken by the kernel, what the gate holds included. Beyond it the connection is closed.
    public var maxUnsentBytes: Int
    /// Input received and not consumed. Beyond it the connection is closed; the parser's own limits are far lower.
    public var maxUnreadBytes: Int

    /// How long output may be held by a gate that does not move. Beyond it the connection is closed.
    public var mostHeldNanoseconds: UInt64

    public init(
        maxUnsentBytes: Int = 64 << 20, maxUnreadBytes: Int = 64 << 20, mostHeldNanoseconds: UInt64 = 30_000_000_000
    ) {
        self.maxUnsentBytes = maxUnsentBytes
        self.maxUnreadBytes = maxUnreadBytes
        self.mostHeldNanoseconds = mostHeldNanoseconds
    }
}
