import SwitchboardModel

extension Shadow {
    /// Follows what concerns agents, departments and skip lists.
    mutating func applyToPeople(_ event: Event, at now: Timestamp) {
        switch event {
        case .agentAdded(let event):
            agents.append(
                Agent(
                    id: event.id.rawValue, places: event.memberships.map { newPlace($0) }, capacity: event.capacity,
                    maxOpen: event.maxOpen,
                    idleSince: [now, now, now], position: event.traits.position,
                    skills: event.traits.skills, exclusive: event.traits.exclusive))
            agents[agents.count - 1].times = event.times
        case .agentChanged(let event):
            let index = Int(event.index.rawValue)
            if event.changesCapacity { agents[index].capacity = event.capacity }
            if event.changesMaxOpen { agents[index].maxOpen = event.maxOpen }
            if let traits = event.traits {
                agents[index].position = traits.position
                agents[index].skills = traits.skills
                agents[index].exclusive = traits.exclusive
            }
            if let times = event.times { set(times, of: index, at: now) }
            if event.changesMemberships {
                let old = agents[index].places
                let left = old.map(\.department)
                agents[index].places = event.memberships.map { membership in
                    var place = newPlace(membership)
                    // Who stays in a department keeps the turn, and the count.
                    if let before = old.first(where: { $0.department == place.department }) {
                        place.picked = before.picked
                        place.taken = before.taken
                    }
                    return place
                }
                retimeTiers(left + agents[index].places.map(\.department), at: now)
            }
        case .agentRemoved(let event):
            let index = Int(event.index.rawValue)
            agents[index].isRemoved = true
            agents[index].isOnline = false
            agents[index].pause = nil
            agents[index].backsOffUntil = nil
            retimeTiers(agents[index].places.map(\.department), at: now)
            agents[index].wrapUp = nil
            agents[index].asked = nil
            agents[index].schedules = []
            agents[index].isRecovering = false
            agents[index].leaseUntil = nil
        case .agentPresenceChanged(let event):
            let index = Int(event.index.rawValue)
            follow(event, at: now)
            if event.presence == .online { returned(index, at: now) }
            if event.presence == .offline { agents[index].asked = nil }
        case .agentPaused(let event):
            let index = Int(event.index.rawValue)
            endPause(of: index, at: now)
            agents[index].pause = event.pause
            agents[index].asked = nil
        case .agentResumed(let event):
            endPause(of: Int(event.index.rawValue), at: now)
            if !event.keepsRequest { agents[Int(event.index.rawValue)].asked = nil }
            returned(Int(event.index.rawValue), at: now)
        case .backoffEnded(let event):
            agents[Int(event.index.rawValue)].backsOffUntil = nil
        case .departmentAdded(let event):
            departments.append(Department(id: event.id.rawValue, settings: event.settings))
        case .departmentChanged(let event):
            let index = Int(event.index.rawValue)
            let old = departments[index]
            departments[index].settings = event.settings
            retime(index, from: old, at: now)
            retimeAnswers(index, from: old, at: now)
        case .departmentRemoved(let event):
            departments[Int(event.index.rawValue)].isRemoved = true
        case .ticketSkipped(let event):
            let (ticket, agent) = (event.ticket.rawValue, Int(event.agent.rawValue))
            skips.removeAll { $0.ticket == ticket && $0.agent == agent }
            skips.append(Skip(ticket: ticket, agent: agent, until: event.until))
        case .ticketSkipsExpired(let event):
            skips.removeAll { $0.ticket == event.ticket.rawValue && (event.all || $0.until <= now) }
        case .rosterChanged, .rosterRemoved, .rosterTurned: applyToRosters(event)
        default: applyToAttendance(event, at: now)
        }
    }

    /// A new member of a department begins at the fewest contacts that a member has.
    private func newPlace(_ membership: Membership) -> Place {
        var place = Place(membership)
        let members = agents.filter { !$0.isRemoved }.compactMap { $0.place(place.department) }
        for slot in 0..<3 { place.taken[slot] = members.map { $0.taken[slot] }.min() ?? 0 }
        return place
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
