extension StateBuilder {
    /// Throws when an event read from the journal names what is not there, or adds what is: applying it would end the
    /// server. A checksum tells a damaged record from a whole one, but not what a faulty or an edited file says.
    func requireSound(_ event: Event, at time: Timestamp) throws(ByteReader.Malformed) {
        try require(time <= Timestamp.latest, "a record is of a time later than the year 9999")
        if let last = routing.lastTime { try require(last <= time, "a record is older than the one before it") }
        switch event {
        case .ticketOpened(let event):
            try require(
                event.ticket == routing.nextTicket, "ticket \(event.ticket.rawValue) is not the next to be opened")
            try require((1...9).contains(event.priority), "a ticket is opened at the priority \(event.priority)")
            try requireSound(weight: event.weight)
            try require(event.department)
            try require(event.wants)
        case .ticketReplied(let event):
            try require(event.ticket)
            try require(event.by)
        case .ticketMessageAdded(let event):
            try require(event.ticket)
        case .ticketNoted(let event):
            try require(event.ticket)
            try require(event.by.agent)
        case .ticketOwnerChanged(let event):
            try require(event.ticket)
            try require(event.owner)
            try require(event.by.agent)
        case .ticketTransferred(let event):
            try require(event.ticket)
            try require(event.department)
            try require(event.owner)
            try require(event.by.agent)
        case .ticketStatusChanged(let event):
            try require(event.ticket)
            try require(event.by.agent)
        case .ticketChanged(let event):
            try require(event.priority <= 9, "a ticket is given the priority \(event.priority)")
            if event.weight != 0 { try requireSound(weight: event.weight) }
            try require(event.ticket)
            try require(event.by.agent)
        case .ticketPurged(let event): try require(event.ticket)
        case .ticketMerged(let event):
            try requireUnmerged(event.ticket)
            try requireUnmerged(event.into)
            try require(event.ticket != event.into, "ticket \(event.ticket.rawValue) is merged into itself")
            try require(event.by.agent)
        case .ticketAbsorbed(let event):
            try require(event.priority <= 9, "a ticket is given the priority \(event.priority)")
            try requireUnmerged(event.ticket)
            try require(event.source, isMergedInto: event.ticket)
            try require(event.by.agent)
        case .ticketUnmerged(let event):
            try require(
                shards.ticket(event.ticket)?.status == .merged, "ticket \(event.ticket.rawValue) is not merged")
            try require(event.status != .merged, "ticket \(event.ticket.rawValue) is unmerged and is merged")
            try require(event.by.agent)
        case .ticketSeparated(let event):
            try require(event.priority <= 9, "a ticket is given the priority \(event.priority)")
            try require(event.ticket)
            try require(event.by.agent)
        case .ticketSplit(let event): try requireSound(event)
        case .ticketEntriesMoved(let event):
            try require(event.ticket)
            try require(event.by.agent)
        case .ticketImported(let event): try requireSound(event)
        case .ticketImportContinued(let event): try requireSound(event)
        case .formerNameAdded(let event):
            let count = event.isDepartment ? routing.departments.count : routing.agents.count
            try require(Int(event.index) == count, "a former name is not the next to be added")
        case .workStarted(let event):
            try require(event.ticket)
            try require(event.agent)
            try require(!hasTimer(event.ticket, event.agent), "a timer is started that runs")
        case .workLogged(let event):
            try require(event.ticket)
            try require(event.entry.agent)
            let count = shards.ticket(event.ticket)?.details.work.count ?? 0
            try require(event.number == count + 1, "a piece of work is numbered \(event.number) after \(count)")
            try require(
                !event.endsTimer || hasTimer(event.ticket, event.entry.agent), "a timer is ended that does not run")
        case .ticketTaskAdded(let event):
            try require(event.ticket)
            try require(event.by.agent)
            try require(event.task.agent)
            let last = shards.ticket(event.ticket)?.details.lastTask ?? 0
            try require(event.task.number > last, "a task is numbered \(event.task.number) after \(last)")
        case .ticketTaskChanged(let event):
            try require(event.ticket)
            try require(event.by.agent)
            try require(event.agent)
        case .ticketTaskRemoved(let event):
            try require(event.ticket)
            try require(event.by.agent)
        case .ticketConversationAdded(let event):
            try require(event.ticket)
            try require(event.by.agent)
            let count = shards.ticket(event.ticket)?.details.conversations.count ?? 0
            try require(event.number == count + 1, "a conversation is numbered \(event.number) after \(count)")
        case .ticketPeopleChanged(let event):
            try require(event.ticket)
            try require(event.by.agent)
            for agent in event.addedParticipants + event.removedParticipants { try require(agent.index) }
            for follower in event.addedFollowers + event.removedFollowers { try require(follower.agent) }
        case .ticketDescribed(let event): try require(event.ticket)
        case .ticketRated(let event):
            try require(event.ticket)
            try require(event.rating.agent)
        case .ticketAttached(let event):
            try require(event.ticket)
            try require(event.attachment.by.agent)
        case .ticketDeliveryReported(let event): try require(event.ticket)
        case .deliveryDetailsExpired(let event): try require(event.ticket)
        case .ticketSkillsSet(let event):
            try require(event.ticket)
            try require(event.by.agent)
        case .ticketWidened(let event): try require(event.ticket)
        case .ticketPreferred(let event):
            try require(event.ticket)
            try require(event.agent)
        case .ticketSkipped(let event):
            try require(event.ticket)
            try require(event.agent)
        case .ticketSkipsExpired(let event): try require(event.ticket)
        case .ownerGraceSet(let event): try require(event.ticket)
        case .ownerGraceEnded(let event): try require(event.ticket)
        case .offersMade(let event):
            try require(event.round.ticket)
            try require(routing.offers[event.round.ticket] == nil, "a ticket is offered that rings")
            try requireSound(event.round, of: event.round.ticket)
        case .offerEnded(let event):
            try require(event.ticket)
            try require(
                routing.offers[event.ticket]?.offer(to: event.agent) != nil, "an offer ends that was not made")
        case .backoffEnded(let event): try require(event.index)
        case .ticketOverflowed(let event):
            try require(event.ticket)
            try require(event.department)
        case .ticketWaitTimed(let event): try require(event.ticket)
        case .queueEmptied(let event): try require(event.department)
        case .callbackRequested(let event):
            try require(event.ticket)
            try require(event.by.agent)
        case .callbackFailed(let event):
            try require(event.ticket)
            try require(event.by.agent)
        case .agentAdded(let event):
            try require(
                event.index.position == routing.agents.count,
                "agent \(event.index.rawValue) is not the next to be added")
            try require(event.memberships)
            try requireSound(event.times)
        case .agentChanged(let event):
            try require(event.index)
            if let times = event.times { try requireSound(times) }
            try require(event.memberships)
        case .agentRemoved(let event): try require(event.index)
        case .agentPresenceChanged(let event): try require(event.index)
        case .agentPaused(let event):
            try require(event.index)
            try require(event.pause.by)
        case .agentResumed(let event): try require(event.index)
        case .agentWrapUpBegun(let event): try require(event.index)
        case .agentReady(let event): try require(event.index)
        case .agentPauseAsked(let event):
            try require(event.index)
            if let request = event.request { try requireSound(request) }
        case .scheduleAdded(let event):
            try require(event.index)
            try requireSound(event.schedule)
            let last = routing.agents[event.index.position].lastSchedule
            try require(event.schedule.number > last, "a schedule is numbered \(event.schedule.number) after \(last)")
        case .scheduleRemoved(let event): try require(event.index)
        case .scheduleCame(let event): try require(event.index)
        case .leaseRenewed(let event): try require(event.index)
        case .rosterChanged(let event): try requireSound(event.roster)
        case .rosterRemoved, .rosterTurned: break
        case .leasesRenewed(let event):
            try require(event.at >= time && event.at <= Timestamp.latest, "leases are renewed before their time")
        case .absenceEnded(let event):
            try require(event.index)
            try require(event.department)
        case .departmentAdded(let event):
            try require(
                event.index.position == routing.departments.count,
                "department \(event.index.rawValue) is not the next to be added")
        case .departmentChanged(let event): try require(event.index)
        case .departmentRemoved(let event): try require(event.index)
        case .requestRemembered(let event): try routing.check(event)
        case .viewSaved(let event): try requireSound(event.view)
        case .clockAdvanced, .journalInterrupted, .selfCheckFailed, .viewRemoved: break
        }
    }

    /// Throws when a view could not be run.
    func requireSound(_ view: View) throws(ByteReader.Malformed) {
        let name = view.id.rawValue
        try require(!name.isEmpty, "a view has no name")
        try require(view.owner)
        try require(view.isShared || view.owner != nil, "the private view '\(name)' is nobody's")
        do throws(Rejection) {
            _ = try Expression(parsing: view.filter)
            _ = try TicketOrder(parsing: view.sort)
            if !view.group.isEmpty { _ = try TicketGrouping(parsing: view.group) }
        } catch {
            throw ByteReader.Malformed(what: "the view '\(name)' makes no sense: \(error.message)", offset: 0)
        }
    }

    private func requireSound(_ event: TicketSplit) throws(ByteReader.Malformed) {
        let id = event.ticket
        try require(id == routing.nextTicket, "ticket \(id.rawValue) is not the next to be opened")
        try require((1...9).contains(event.priority), "a ticket is opened at the priority \(event.priority)")
        try requireSound(weight: event.weight)
        try require(event.department)
        try require(event.wants)
        let known = KnownIndexes(agents: routing.agents.count, departments: routing.departments.count)
        let count = try TicketThread.count(event.entries, knowing: known)
        try require(count == event.entryCount, "ticket \(id.rawValue) is split off with \(count) entries")
    }

    func requireSound(weight: UInt8) throws(ByteReader.Malformed) {
        try require(TicketWeight.range.contains(Int(weight)), "a ticket has the weight \(weight)")
    }

    func requireUnmerged(_ ticket: TicketID) throws(ByteReader.Malformed) {
        try require(ticket)
        try require(shards.ticket(ticket)?.status != .merged, "ticket \(ticket.rawValue) is merged")
    }

    /// A ticket is taken in once, and with as many numbers as it has.
    private func require(_ source: TicketID, isMergedInto ticket: TicketID) throws(ByteReader.Malformed) {
        try require(
            shards.ticket(source)?.extras.merged?.ticket == ticket,
            "ticket \(source.rawValue) is not merged into \(ticket.rawValue)")
        let absorbed = shards.ticket(ticket)?.extras.absorbed ?? []
        try require(
            !absorbed.contains { $0.ticket == source && !$0.isUndone },
            "ticket \(source.rawValue) is merged into \(ticket.rawValue) twice")
    }

    private func hasTimer(_ ticket: TicketID, _ agent: AgentIndex) -> Bool {
        shards.ticket(ticket)?.details.timers.contains { $0.agent == agent } ?? false
    }

    func require(_ ticket: TicketID) throws(ByteReader.Malformed) {
        try require(shards.summary(ticket) != nil, "ticket \(ticket.rawValue) is not there")
    }

    private func require(_ agent: AgentIndex?) throws(ByteReader.Malformed) {
        guard let agent else { return }
        try require(isKnown(agent), "agent \(agent.rawValue) is not there")
    }

    private func require(_ department: DepartmentIndex) throws(ByteReader.Malformed) {
        try require(
            department.position < routing.departments.count, "department \(department.rawValue) is not there")
    }

    private func require(_ memberships: [Membership]) throws(ByteReader.Malformed) {
        for membership in memberships {
            try require(membership.department)
            try require(
                memberships.count { $0.department == membership.department } == 1, "an agent is twice in one department"
            )
        }
    }
}
