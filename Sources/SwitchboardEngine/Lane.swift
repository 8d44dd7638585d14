/// The commit lane: the one executor on which all shards and the balancer run, so that a command that touches several
/// of them is one synchronous turn. With one event loop it is that loop.
public typealias Lane = any (SerialExecutor & TaskExecutor)

/// An actor that lives on the commit lane.
protocol LaneBound: Actor {
    nonisolated var laneExecutor: UnownedSerialExecutor { get }
}

extension LaneBound {
    public nonisolated var unownedExecutor: UnownedSerialExecutor { laneExecutor }
}
