/// The commit lane: the one executor on which all shards and the balancer run, so that a command that touches several
/// of them is one synchronous turn. With one event loop it is that loop.
///
/// Its `checkIsolated` traps on any other thread, and is asked directly: outside of a task the runtime's own check looks
/// first, with casts that take 700 instructions, whether the executor is the main actor's.
public typealias Lane = any (SerialExecutor & TaskExecutor)

/// An actor that lives on the commit lane.
protocol LaneBound: Actor {
    nonisolated var laneExecutor: UnownedSerialExecutor { get }
}

extension LaneBound {
    public nonisolated var unownedExecutor: UnownedSerialExecutor { laneExecutor }
}
