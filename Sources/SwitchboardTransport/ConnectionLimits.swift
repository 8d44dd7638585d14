/// The bounds of one connection. Reading never stops because of unsent output (Redis clients write a whole pipeline
/// before they read), so these are what bounds its memory.
public struct ConnectionLimits: Sendable {
    /// Output not yet taken by the kernel, what the gate holds included. Beyond it the connection is closed.
    public var maxUnsentBytes: Int
    /// Input received and not consumed. Beyond it the connection is closed; the parser's own limits are far lower.
    public var maxUnreadBytes: Int

    public init(maxUnsentBytes: Int = 64 << 20, maxUnreadBytes: Int = 64 << 20) {
        self.maxUnsentBytes = maxUnsentBytes
        self.maxUnreadBytes = maxUnreadBytes
    }
}
