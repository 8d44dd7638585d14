import SwitchboardModel

/// A queue of theory as departments and agents of Switchboard.
public struct QueueCase: Sendable {
    public var system: QueueSystem
    public var strategy = Strategy.leastLoaded
    public var assignment = AssignmentMode.direct
    public var channel = Channel.call
    /// How many conversations an agent has at once. Each is a server of the theory.
    public var slots = 1

    public init(_ system: QueueSystem) { self.system = system }

    /// Agents with `slots` each, the last with what is left.
    var capacities: [Int] {
        stride(from: 0, to: system.servers, by: slots).map { min(slots, system.servers - $0) }
    }

    public var name: String {
        let rule =
            switch system.rule {
            case .everyone: "M/M/\(system.servers)"
            case .places(0): "M/M/\(system.servers)/\(system.servers)"
            case .places(let places): "M/M/\(system.servers)/\(system.servers + places)"
            case .patience(let mean): "M/M/\(system.servers)+M patience \(Int(mean)) s"
            case .limit(let limit): "M/M/\(system.servers)+D max_wait \(Int(limit)) s"
            }
        return "\(rule), \(decimals(system.offered, 2)) erlangs of \(Int(system.service)) s, \(strategy.name), "
            + "\(assignment.name), \(capacities.count) agents, \(channel.name)"
    }
}

/// The number with so many digits behind the point.
func decimals(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int64((abs(value) * scale).rounded())
    let behind = String(scaled % Int64(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return sign + "\(scaled / Int64(scale))." + String(repeating: "0", count: digits - behind.count) + behind
}
