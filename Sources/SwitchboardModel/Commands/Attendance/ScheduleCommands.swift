/// `SCHEDULE ADD`: a planned pause of an agent.
public struct AddSchedule: Decidable {
    public var agent: AgentID
    /// Its number is given by the server.
    public var schedule: Schedule

    public init(agent: AgentID, schedule: Schedule) {
        self.agent = agent
        self.schedule = schedule
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(agent)
        let agent = routing.agents[index.position]
        guard agent.schedules.count < ScheduleLimit.schedules else {
            throw Rejection(
                .busy, "agent '\(self.agent.rawValue)' has \(ScheduleLimit.schedules) schedules: remove some")
        }
        var event = ScheduleAdded()
        event.index = index
        event.schedule = schedule
        event.schedule.number = agent.lastSchedule + 1
        events.append(.scheduleAdded(event))
        let next = schedule.next(after: now, agent.times.offset)
        return .document(routing.describe(event.schedule, of: index, next: next))
    }
}

/// `SCHEDULE REMOVE`. A pause that it began goes on.
public struct RemoveSchedule: Decidable {
    public var agent: AgentID
    public var number: UInt32

    public init(agent: AgentID, number: UInt32) {
        self.agent = agent
        self.number = number
    }

    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let index = try routing.agent(agent)
        guard routing.agents[index.position].schedules.contains(where: { $0.number == number }) else {
            throw Rejection(.notFound, "agent '\(agent.rawValue)' has no schedule \(number)")
        }
        var event = ScheduleRemoved()
        event.index = index
        event.number = number
        events.append(.scheduleRemoved(event))
        return .ok
    }
}

extension Routing {
    /// What happens when a planned pause is due. Who is not online is passed over, and so is who is paused already on all
    /// of its channels and for at least as long; who has a chat, a call or a wrap-up begins afterwards.
    func scheduleDue(_ agent: AgentIndex, _ number: UInt32, _ shards: Shards, at now: Timestamp) -> [Event] {
        var event = ScheduleCame()
        event.index = agent
        event.number = number
        let came = Event.scheduleCame(event)
        let place = agent.position
        guard agents[place].presence == .online,
            let schedule = agents[place].schedules.first(where: { $0.number == number })
        else { return [came] }
        if let pause = agents[place].pause, pause.channels.isSuperset(of: schedule.channels),
            pause.until.map({ $0 >= now + schedule.span }) ?? true
        {
            return [came]
        }
        var request = PauseRequest()
        request.channels = schedule.channels
        request.kind = schedule.kind
        request.reason = schedule.reason
        request.span = schedule.span
        request.askedAt = now
        request.isAfterWork = true
        request.isPlanned = true
        return [came] + granted(request, agent, shards, at: now)
    }
}
