/// What one command did.
public struct Committed: Sendable {
    public var outcome: Outcome
    /// The newest record among what the reply shows, this command's own apart.
    public var shows: LogSequenceNumber
}

extension Routing {
    /// How many assignments one record holds at most. What is left goes into records of its own (`hasWaitingRoutes`).
    static let mostAssignmentsInOneRecord = 1000

    /// Decides a command, applies what was decided, and lets every queue that changed be served: all releases and
    /// insertions first, then the assignments, in queue order.
    ///
    /// - Parameters:
    ///   - record: the number that the journal will give to the record of `events`.
    ///   - request: under what name the answer is to be remembered; see `answer(to:at:)`, which is to be asked before.
    ///   - events: receives everything the command caused, the tickets it let others be given included; still empty
    ///     afterwards: nothing changed. The caller's, so that one array serves every command of a turn.
    public mutating func commit(
        _ command: Command, _ shards: inout Shards, at now: Timestamp, record: LogSequenceNumber,
        remembering request: RequestName? = nil, into events: inout [Event]
    ) -> Committed {
        precondition(events.isEmpty, "events of another command")
        let subject: Subject
        do {
            subject = try command.decide(self, shards, at: now, into: &events)
        } catch {
            events.removeAll(keepingCapacity: true)
            return Committed(outcome: .rejected(error), shows: lastRecord)
        }
        endOffers(in: &events, shards, at: now)
        var freed: (agent: AgentIndex, channel: Channel)?
        var ended: [EndedConversation] = []
        for place in events.indices {
            let event = events[place]
            if case .offerEnded(let ended) = event, ended.outcome == .declined, let ticket = shards.ticket(ended.ticket)
            {
                freed = (ended.agent, ticket.channel)
            }
            guard let change = apply(event, &shards, at: now, record: record), let before = change.before else {
                continue
            }
            if case .held(let agent) = before.kind, change.after.kind != before.kind, freed == nil {
                freed = (agent, before.channel)
            }
            if before.isConversation, let conversation = change.ended(by: event) { ended.append(conversation) }
        }
        if !ended.isEmpty || pausesMayBegin { follow(ended, &shards, &events, at: now, record: record) }
        let next = serve(&shards, &events, at: now, record: record, freed: freed)
        if let request {
            let reply = remembered(subject, shards, freed: freed != nil, next: next, at: now)
            let event = Event.requestRemembered(RequestRemembered(request, reply))
            apply(event, &shards, at: now, record: record)
            events.append(event)
        }
        if !events.isEmpty { finish(at: now, record: record) }
        return reply(to: subject, shards, freed: freed != nil, next: next, at: now)
    }

    /// Applies one event to everything it concerns.
    @discardableResult
    public mutating func apply(
        _ event: Event, _ shards: inout Shards, at time: Timestamp, record: LogSequenceNumber
    ) -> PlacementChange? {
        var change: PlacementChange?
        if let id = event.changedTicket {
            if case .ticketPurged = event {
                for reference in shards.ticket(id)?.extras.references ?? [] { references[reference.text] = nil }
                if let ticket = shards.ticket(id) { uncount(ticket) }
            }
            let moved = shards.apply(event, toTicket: id, at: time, record: record)
            place(id, moved, wish: shards.wish(of: id, moved), at: time, record: record)
            change = moved
        }
        var answers: PerChannel<TimeSpan>?
        switch event {
        case .departmentChanged(let event): answers = answerTimes(of: event.index)
        case .agentAdded(let event): shards.apply(.agentAdded(event), toProfile: event.index, at: time)
        case .agentChanged(let event): shards.apply(.agentChanged(event), toProfile: event.index, at: time)
        case .ticketDeliveryReported(let reported):
            shards.applyUnnumbered(event, toTicket: reported.ticket, at: time, record: record)
            timeDeliveryDetails(of: reported.ticket, shards)
        case .deliveryDetailsExpired(let expired):
            shards.applyUnnumbered(event, toTicket: expired.ticket, at: time, record: record)
            timeDeliveryDetails(of: expired.ticket, shards)
        case .ticketImported, .ticketImportContinued: followImport(event, shards)
        case .formerNameAdded(let name) where !name.isDepartment:
            shards.apply(event, toProfile: AgentIndex(name.index), at: time)
        case .ticketEntriesMoved(let moved): timeDeliveryDetails(of: moved.ticket, shards)
        case .ticketSeparated(let separated): timeDeliveryDetails(of: separated.ticket, shards)
        default: break
        }
        apply(event, placement: change?.after ?? offeredPlacement(event, shards), at: time, record: record)
        switch event {
        case .departmentChanged(let event):
            if let answers { retimeAnswers(of: event.index, from: answers, shards, at: time) }
        case .ticketSkipped(let event):
            refile(event.ticket, shards, retimed: false, at: time, record: record)
        case .ticketSkipsExpired(let event):
            // Somebody may be given it again, and perhaps was free all the time.
            refile(event.ticket, shards, retimed: false, at: time, record: record)
        case .ticketSkillsSet(let event):
            refile(event.ticket, shards, retimed: true, at: time, record: record)
        case .ticketWidened(let event):
            refile(event.ticket, shards, retimed: true, at: time, record: record)
        case .ticketPreferred(let event):
            refile(event.ticket, shards, retimed: true, at: time, record: record)
        case .ticketOwnerChanged(let event):
            if event.owner != nil, let change { noteHandled(event.ticket, change.after, shards, at: time) }
        case .ticketTransferred(let event):
            if event.owner != nil, let change { noteHandled(event.ticket, change.after, shards, at: time) }
        case .ticketReplied(let event):
            if let change { noteHandled(event.ticket, change.after, shards, at: time) }
        case .ticketStatusChanged(let event):
            if event.status == .resolved, let change { noteHandled(event.ticket, change.after, shards, at: time) }
        case .agentPresenceChanged(let event) where event.presence != .online:
            setAbsenceElsewhere(event.index, shards, at: time)
        default: break
        }
        return change
    }

    /// Where the ticket stands that an offer is about: offers do not change it.
    @inline(__always)
    private func offeredPlacement(_ event: Event, _ shards: Shards) -> Placement? {
        switch event {
        case .offersMade(let event): shards.ticket(event.round.ticket)?.placement
        case .offerEnded(let event): shards.ticket(event.ticket)?.placement
        default: nil
        }
    }

    private mutating func followImport(_ event: Event, _ shards: Shards) {
        guard let id = event.changedTicket, let ticket = shards.ticket(id) else { return }
        if case .ticketImported = event {
            followImport(of: ticket, isNew: true)
            timeDeliveryDetails(of: id, shards)
        } else {
            followImport(of: ticket, isNew: false)
        }
    }

    /// Sees to it that the details of a ticket's deliveries are forgotten when their time is over.
    private mutating func timeDeliveryDetails(of ticket: TicketID, _ shards: Shards) {
        let until = shards.ticket(ticket)?.details.detailsUntil
        guard until != timers.due(.deliveryDetailsExpire(ticket)) else { return }
        if let until {
            timers.set(.deliveryDetailsExpire(ticket), due: until)
        } else {
            timers.cancel(.deliveryDetailsExpire(ticket))
        }
    }

    /// What an absent agent holds of departments they are not in: given by force, or kept when they left.
    private mutating func setAbsenceElsewhere(_ agent: AgentIndex, _ shards: Shards, at time: Timestamp) {
        for channel in Channel.allCases {
            for id in agents[agent.position].holds[channel] {
                if let held = shards.summary(id) { setAbsence(agent, held.department, channel, at: time) }
            }
        }
    }

    /// Notes that all events of a record were applied.
    public mutating func finish(at time: Timestamp, record: LogSequenceNumber) {
        lastTime = lastTime.map { max($0, time) } ?? time
        lastRecord = record
        requests.forget(at: time)
    }

    /// Forgets which queues changed: replay decides nothing.
    public mutating func forgetChangedQueues() {
        dirty.removeAll(keepingCapacity: true)
        pausesMayBegin = false
    }

    /// Whether one record was too small for all that was to be given: commit `routeWaiting` until it is not.
    public var hasWaitingRoutes: Bool { !dirty.isEmpty }

    /// After a start: looks at every queue again. Commit `routeWaiting` then.
    public mutating func reconsiderAllQueues() { markAllDirty() }

    /// What the end of conversations means for the agents who had them; and who may be paused since others no longer are.
    private mutating func follow(
        _ ended: [EndedConversation], _ shards: inout Shards, _ events: inout [Event], at now: Timestamp,
        record: LogSequenceNumber
    ) {
        for conversation in ended {
            var caused: [Event] = []
            if let event = wrapUp(after: conversation, at: now) {
                caused = [event]
            } else if agents[conversation.agent.position].wrapUp == nil,
                let pause = pauseAfterWork(of: conversation.agent, at: now)
            {
                caused = beginning(pause, of: conversation.agent, shards)
            }
            apply(caused, &shards, &events, at: now, record: record)
        }
        guard pausesMayBegin else { return }
        pausesMayBegin = false
        for wait in Array(pauseWaits) where fullOfPauses(wait.agent) == nil {
            guard let request = agents[wait.agent.position].asked else { continue }
            let caused = granted(request, wait.agent, shards, at: now)
            apply(caused, &shards, &events, at: now, record: record)
        }
    }

    private mutating func apply(
        _ caused: [Event], _ shards: inout Shards, _ events: inout [Event], at now: Timestamp,
        record: LogSequenceNumber
    ) {
        var caused = caused
        endOffers(in: &caused, shards, at: now)
        for event in caused {
            apply(event, &shards, at: now, record: record)
            events.append(event)
        }
    }

    /// Gives or offers what can be given. Returns the ticket that went to the agent whose slot was freed, if any.
    private mutating func serve(
        _ shards: inout Shards, _ events: inout [Event], at now: Timestamp, record: LogSequenceNumber,
        freed: (agent: AgentIndex, channel: Channel)?
    ) -> NextTicketGiven? {
        guard !dirty.isEmpty else { return nil }
        var next: NextTicketGiven?
        for _ in 0..<Self.mostAssignmentsInOneRecord {
            guard let match = nextMatch() else { break }
            let isOffered = isOffering(match.queue)
            // One value for both, because an event is an object of its own.
            let given: Event
            if isOffered {
                given = .offersMade(offering(match, at: now))
            } else {
                var event = assignment(match, at: now)
                let status = shards.summary(event.ticket)?.status ?? .new
                event.status = status == .new ? match.queue.channel.conversationStatus ?? .new : status
                given = .ticketOwnerChanged(event)
            }
            if next == nil, let freed, match.candidate.agent == freed.agent, match.queue.channel == freed.channel {
                next = NextTicketGiven(ticket: match.entry.ticket, isOffered: isOffered)
            }
            apply(given, &shards, at: now, record: record)
            events.append(given)
        }
        return next
    }
}

/// What the agent was given in place of what a command took from them.
struct NextTicketGiven: Sendable {
    var ticket: TicketID
    /// It rings; otherwise it is the agent's.
    var isOffered: Bool
}
