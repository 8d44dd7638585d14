/// How much there is of everything the balancer knows.
public struct RoutingFigures: Sendable {
    public var departments = 0
    public var agents = 0
    public var online = 0
    public var paused = 0
    public var timers = 0
    public var skips = 0
    /// Tickets that ring.
    public var ringing = 0
    public var requests = 0
    public var waiting = PerChannel<Int>(0)
    public var held = PerChannel<Int>(0)
    public var capacity = PerChannel<Int>(0)
}

extension Routing {
    public func figures() -> RoutingFigures {
        var result = RoutingFigures()
        result.departments = departments.count { !$0.isRemoved }
        for agent in agents {
            guard !agent.isRemoved else { continue }
            result.agents += 1
            if agent.presence == .online { result.online += 1 }
            if agent.pause != nil { result.paused += 1 }
            for channel in Channel.allCases {
                result.held[channel] += agent.load(channel)
                result.capacity[channel] += Int(agent.capacity[channel])
            }
        }
        for index in 0..<queues.count {
            result.waiting[QueueIndex(rawValue: index).channel] += queues[index].waitingCount
        }
        result.timers = timers.count
        result.skips = skips.count
        result.ringing = offers.count
        result.requests = requests.count
        return result
    }
}
