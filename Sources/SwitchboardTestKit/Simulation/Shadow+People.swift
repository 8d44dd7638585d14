import SwitchboardModel

extension Shadow {
    /// Follows what concerns agents, departments and skip lists.
    mutating func applyToPeople(_ event: Event, at now: Timestamp) {
        switch event {
        case .agentAdded(let event):
            agents.append(
                Agent(
                    id: event.id.rawValue, places: event.memberships.map { Place($0) }, capacity: event.capacity,
                    maxOpen: event.maxOpen,
                    idleSince: [now, now, now]))
        case .agentChanged(let event):
            let index = Int(event.index.rawValue)
            if event.changesCapacity { agents[index].capacity = event.capacity }
            if event.changesMaxOpen { agents[index].maxOpen = event.maxOpen }
            if event.changesMemberships {
                let old = agents[index].places
                agents[index].places = event.memberships.map { membership in
                    var place = Place(membership)
                    // Who stays in a department keeps the turn.
                    if let before = old.first(where: { $0.department == place.department }) {
                        place.picked = before.picked
                    }
                    return place
                }
            }
        case .agentRemoved(let event):
            let index = Int(event.index.rawValue)
            agents[index].isRemoved = true
            agents[index].isOnline = false
            agents[index].pause = nil
            agents[index].backsOffUntil = nil
        case .agentPresenceChanged(let event):
            let index = Int(event.index.rawValue)
            agents[index].isOnline = event.presence == .online
            if event.presence == .online { returned(index, at: now) }
        case .agentPaused(let event):
            agents[Int(event.index.rawValue)].pause = event.pause
        case .agentResumed(let event):
            agents[Int(event.index.rawValue)].pause = nil
            returned(Int(event.index.rawValue), at: now)
        case .backoffEnded(let event):
            agents[Int(event.index.rawValue)].backsOffUntil = nil
        case .departmentAdded(let event):
            departments.append(Department(id: event.id.rawValue, settings: event.settings))
        case .departmentChanged(let event):
            departments[Int(event.index.rawValue)].settings = event.settings
        case .departmentRemoved(let event):
            departments[Int(event.index.rawValue)].isRemoved = true
        case .ticketSkipped(let event):
            let (ticket, agent) = (event.ticket.rawValue, Int(event.agent.rawValue))
            skips.removeAll { $0.ticket == ticket && $0.agent == agent }
            skips.append(Skip(ticket: ticket, agent: agent, until: event.until))
        case .ticketSkipsExpired(let event):
            skips.removeAll { $0.ticket == event.ticket.rawValue && (event.all || $0.until <= now) }
        default: break
        }
    }

    /// Came online or back from a pause: idle from now on, and on no skip list.
    private mutating func returned(_ agent: Int, at now: Timestamp) {
        agents[agent].idleSince = [now, now, now]
        agents[agent].backsOffUntil = nil
        skips.removeAll { $0.agent == agent }
    }
}

extension Shadow.Place {
    fileprivate init(_ membership: Membership) {
        department = Int(membership.department.rawValue)
        tier = membership.tier
    }
}
