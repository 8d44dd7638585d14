extension Routing {
    /// Applies an event of the balancer's own. Events that change a ticket arrive through `place`. Never fails.
    mutating func apply(
        _ event: Event, placement: Placement?, at time: Timestamp, record: LogSequenceNumber
    ) {
        switch event {
        case .ticketOpened(let event):
            nextTicket = max(nextTicket, TicketID(event.ticket.rawValue + 1))
            newestCreation = time
            if let reference = event.reference { references[reference] = event.ticket }
        case .ticketMessageAdded(let event):
            if let reference = event.reference { references[reference] = event.ticket }
            timers.cancel(.ticketWakes(event.ticket))
        case .ticketReplied(let event):
            timers.cancel(.ticketWakes(event.ticket))
            if event.freesSlot { timers.cancel(.ownerGraceEnds(event.ticket)) }
        case .ticketOwnerChanged(let event):
            timers.cancel(.ownerGraceEnds(event.ticket))
            guard let owner = event.owner, let placement else { break }
            countContact(owner, placement)
            if event.by == .automatic { noteGrant(of: event.ticket, placement, to: owner, record: record) }
            if event.turn > 0 { recordTurn(event.turn, owner, placement) }
            // Where it was offered, it was drawn then.
            if event.rule == .random || event.rule == .weighted, event.by == .automatic { recordDraw(owner, placement) }
        case .ticketTransferred(let event):
            timers.cancel(.ownerGraceEnds(event.ticket))
            if let owner = event.owner, let placement { countContact(owner, placement) }
        case .ticketStatusChanged(let event):
            timers.cancel(.ticketWakes(event.ticket))
            timers.cancel(.ownerGraceEnds(event.ticket))
            if let until = event.until { timers.set(.ticketWakes(event.ticket), due: until) }
        case .workStarted(let event):
            apply(event)
        case .workLogged(let event):
            apply(event)
        case .ticketRated(let event):
            apply(event)
        case .ticketNoted, .ticketChanged, .ticketTaskAdded, .ticketTaskChanged, .ticketTaskRemoved,
            .ticketConversationAdded, .ticketPeopleChanged, .ticketDescribed, .ticketAttached, .ticketDeliveryReported,
            .deliveryDetailsExpired, .clockAdvanced, .journalInterrupted, .selfCheckFailed, .ticketSkillsSet,
            .ticketWidened,
            .ticketPreferred:
            break
        case .ticketPurged(let event):
            forget(event.ticket)
        case .ticketMerged(let event):
            timers.cancel(.ticketWakes(event.ticket))
            timers.cancel(.ownerGraceEnds(event.ticket))
        case .ticketAbsorbed(let event):
            if event.status != .postponed { timers.cancel(.ticketWakes(event.ticket)) }
        case .ticketUnmerged(let event):
            if let until = event.until { timers.set(.ticketWakes(event.ticket), due: until) }
        case .ticketSplit(let event):
            nextTicket = max(nextTicket, TicketID(event.ticket.rawValue + 1))
            newestCreation = time
        case .formerNameAdded(let event):
            apply(event, at: time, record: record)
        case .ticketSeparated, .ticketEntriesMoved, .ticketImported, .ticketImportContinued:
            break
        case .offersMade(let event):
            if let placement { apply(event, placement, at: time, record: record) }
        case .offerEnded(let event):
            if let placement { apply(event, placement, at: time, record: record) }
        case .backoffEnded(let event):
            apply(event, record: record)
        case .ticketOverflowed(let event):
            if event.action != .moved { timers.cancel(.waitEnds(event.ticket)) }
        case .callbackRequested(let event):
            timers.cancel(.waitEnds(event.ticket))
        case .callbackFailed:
            break
        case .ticketWaitTimed(let event):
            apply(event)
        case .queueEmptied(let event):
            apply(event)
        case .ticketSkipped(let event):
            addSkip(event, record: record)
        case .ticketSkipsExpired(let event):
            expireSkips(event, at: time)
        case .ownerGraceSet(let event):
            timers.set(.ownerGraceEnds(event.ticket), due: event.until)
        case .ownerGraceEnded(let event):
            timers.cancel(.ownerGraceEnds(event.ticket))
        case .requestRemembered(let event):
            requests.append(event, at: time, record: record)
        case .viewSaved(let event):
            views[event.view.id.rawValue] = event.view
        case .viewRemoved(let event):
            views[event.id.rawValue] = nil
        case .agentAdded, .agentChanged, .agentRemoved, .agentPresenceChanged, .agentPaused, .agentResumed,
            .absenceEnded:
            applyToAgent(event, at: time, record: record)
        case .agentWrapUpBegun, .agentReady, .agentPauseAsked, .scheduleAdded, .scheduleRemoved, .scheduleCame,
            .leaseRenewed, .leasesRenewed:
            applyToAttendance(event, at: time, record: record)
        case .rosterChanged, .rosterRemoved, .rosterTurned:
            applyToRosters(event, at: time)
        case .departmentAdded, .departmentChanged, .departmentRemoved:
            applyToDepartment(event, at: time, record: record)
        }
    }

    /// Forgets all that hangs on a ticket which is gone; its references went before.
    private mutating func forget(_ ticket: TicketID) {
        ticketCount -= 1
        timers.cancel(.ticketWakes(ticket))
        timers.cancel(.ownerGraceEnds(ticket))
        timers.cancel(.skipExpires(ticket))
        timers.cancel(.deliveryDetailsExpire(ticket))
        timers.cancel(.ticketWidens(ticket))
        timers.cancel(.waitEnds(ticket))
        skips[ticket] = nil
    }

    private mutating func addSkip(_ event: TicketSkipped, record: LogSequenceNumber) {
        var skip = Skip()
        skip.agent = event.agent
        skip.until = event.until
        skip.record = record
        skip.cause = event.cause
        skips[event.ticket] = (skips[event.ticket] ?? []).filter { $0.agent != event.agent } + [skip]
        armSkips(event.ticket)
    }

    private mutating func expireSkips(_ event: TicketSkipsExpired, at time: Timestamp) {
        let left = (skips[event.ticket] ?? []).filter { !event.all && $0.until > time }
        skips[event.ticket] = left.isEmpty ? nil : left
        armSkips(event.ticket)
    }

    private mutating func armSkips(_ ticket: TicketID) {
        if let earliest = skips[ticket]?.map(\.until).min() {
            timers.set(.skipExpires(ticket), due: earliest)
        } else {
            timers.cancel(.skipExpires(ticket))
        }
    }

    private mutating func applyToDepartment(_ event: Event, at time: Timestamp, record: LogSequenceNumber) {
        switch event {
        case .departmentAdded(let event):
            var department = Department()
            department.index = event.index
            department.id = event.id
            department.title = event.title
            department.settings = event.settings
            department.createdAt = time
            department.lastRecord = record
            append(department)
            followPresence(in: event.index, at: time)
        case .departmentChanged(let event):
            let before = departments[event.index.position].effective
            departments[event.index.position].title = event.title
            departments[event.index.position].settings = event.settings
            departments[event.index.position].lastRecord = record
            reorder(event.index, from: before, at: time, record: record)
            if !pauseWaits.isEmpty { pausesMayBegin = true }
        case .departmentRemoved(let event):
            departments[event.index.position].isRemoved = true
            departments[event.index.position].lastRecord = record
            departmentIndexes[departments[event.index.position].id.rawValue] = nil
            followPresence(in: event.index, at: time)
            formerNames.add(event.index, named: departments[event.index.position].id.rawValue)
        default:
            preconditionFailure("\(event) does not concern a department")
        }
    }

    /// Adds a department with its (empty) queues.
    mutating func append(_ department: Department) {
        departments.append(department)
        if department.isRemoved {
            formerNames.add(department.index, named: department.id.rawValue)
        } else {
            departmentIndexes[department.id.rawValue] = department.index
        }
        for _ in Channel.allCases { queues.append(Queue()) }
        staff.append(Staff())
        unfinished.append(0)
    }

    /// The absent agent's work of this department and channel moves after its grace period, where it does at all.
    mutating func setAbsence(
        _ agent: AgentIndex, _ department: DepartmentIndex, _ channel: Channel, at time: Timestamp
    ) {
        let settings = settings(department, channel)
        guard settings.absence != .keep, timers.due(.absenceEnds(agent, department, channel)) == nil else { return }
        timers.set(.absenceEnds(agent, department, channel), due: time + settings.grace)
    }

    /// Remembers whose turn it was. The owner change itself was placed before, so the key is withdrawn and proposed anew.
    mutating func recordTurn(_ turn: UInt64, _ agent: AgentIndex, _ placement: Placement) {
        let (department, channel) = (placement.department, placement.channel)
        withdraw(agent, channel)
        for place in agents[agent.position].memberships.indices
        where agents[agent.position].memberships[place].department == department {
            agents[agent.position].memberships[place].turn[channel] = turn
        }
        departments[department.position].turn[channel] = turn
        propose(agent, channel)
    }
}
