import SwitchboardModel

/// Who handled which customer's last ticket.
extension Shadow {
    /// An agent had something to do with a customer's ticket.
    struct Handled {
        var department: Int
        var from: String
        var agent: Int
        var at: Timestamp
    }

    /// Notes who handled a ticket, where its department asks for it.
    mutating func followCustomer(_ event: Event, at now: Timestamp) {
        switch event {
        case .ticketOwnerChanged(let event) where event.owner == nil: return
        case .ticketTransferred(let event) where event.owner == nil: return
        case .ticketStatusChanged(let event) where event.status != .resolved: return
        case .ticketOwnerChanged, .ticketTransferred, .ticketReplied, .ticketStatusChanged: break
        default: return
        }
        guard let id = event.ticket else { return }
        let ticket = tickets[Int(id) - 1]
        guard let owner = ticket.owner, !ticket.from.isEmpty else { return }
        guard departments[ticket.department].lastAgent(ticket.channel) > .zero else { return }
        handled.append(Handled(department: ticket.department, from: ticket.from, agent: owner, at: now))
    }

    /// The customer's last agent is asked first, and perhaps waited for.
    func preferring(_ ticket: Ticket, at now: Timestamp) -> Ticket {
        var ticket = ticket
        let department = departments[ticket.department]
        let last = handled.last { $0.department == ticket.department && $0.from == ticket.from }
        guard ticket.wants == nil, !ticket.from.isEmpty, let last else { return ticket }
        guard last.at + department.lastAgent(ticket.channel) > now else { return ticket }
        guard !agents[last.agent].isRemoved, agents[last.agent].place(ticket.department) != nil else { return ticket }
        ticket.prefers = last.agent
        let wait = department.lastAgentWait(ticket.channel)
        if wait > .zero, isAvailable(last.agent, ticket.channel) { ticket.reservedUntil = now + wait }
        return ticket
    }

    func isReserved(_ ticket: Ticket, from agent: Int) -> Bool {
        guard let until = ticket.reservedUntil, ticket.widenedAt < until, let only = ticket.prefers else {
            return false
        }
        return only != agent && isAvailable(only, ticket.channel) && agents[only].place(ticket.department) != nil
            && !isOffDuty(only, ticket.department, ticket.channel)
    }
}

extension Shadow.Agent {
    func has(_ need: Skill) -> Bool { skills.contains { $0.name == need.name && $0.level >= need.level } }
}

extension Shadow.Department {
    func lastAgent(_ channel: Channel) -> TimeSpan {
        settings.own[channel].lastAgent ?? settings.base.lastAgent ?? .zero
    }
    func lastAgentWait(_ channel: Channel) -> TimeSpan {
        settings.own[channel].lastAgentWait ?? settings.base.lastAgentWait ?? .zero
    }
}
