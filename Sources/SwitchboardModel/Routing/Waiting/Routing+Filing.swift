extension Routing {
    /// - Parameter wish: what the ticket asks for, where it asks for anything.
    mutating func insertWaiting(_ ticket: TicketID, _ placement: Placement, wants: AgentIndex?, wish: TicketWish?) {
        let queue = QueueIndex(placement.department, placement.channel)
        let place = placement.department.position
        let ageing = departments[place].effective[placement.channel].ageing
        let entry = QueueEntry(ticket, placement, wants: wants, ageing: ageing)
        let isUsual =
            wants == nil && wish == nil && placement.weight == TicketWeight.usual
            && (skips.isEmpty || skips[ticket] == nil)
            && departments[place].effective[placement.channel].tierWait == .zero
        if isUsual {
            guard !isRinging(ticket) else {
                queues[queue.rawValue].ringing.insert(entry)
                return
            }
            queues[queue.rawValue].waiting.insert(entry)
        } else {
            if let wants { agents[wants.position].wanted.insert(ticket) }
            let demand = demand(of: ticket, placement, wants: wants, wish: wish)
            filed[ticket] = Filed(demand: demand, wish: wish)
            guard !isRinging(ticket) else {
                queues[queue.rawValue].ringing.insert(entry)
                return
            }
            queues[queue.rawValue].waiting.insert(entry, demand)
        }
        markDirty(queue)
    }

    mutating func removeWaiting(_ ticket: TicketID, _ placement: Placement, wants: AgentIndex?) {
        let queue = QueueIndex(placement.department, placement.channel)
        let ageing = departments[placement.department.position].effective[placement.channel].ageing
        let demand = filed.isEmpty ? nil : filed.removeValue(forKey: ticket)?.demand
        let entry = QueueEntry(ticket, placement, wants: wants, ageing: ageing)
        grants.unsettle(ticket)
        let found =
            isRinging(ticket)
            ? queues[queue.rawValue].ringing.remove(entry) : queues[queue.rawValue].waiting.remove(entry, demand)
        precondition(found, "ticket \(ticket.rawValue) leaves a queue it is not in")
        if let wants { agents[wants.position].wanted.remove(ticket) }
    }

    // MARK: What a ticket asks for

    private func demand(
        of ticket: TicketID, _ placement: Placement, wants: AgentIndex?, wish: TicketWish?
    ) -> Demand {
        guard let wants else { return demand(of: ticket, placement, wish: wish, widened(ticket, placement)) }
        var demand = Demand()
        demand.weight = placement.weight
        demand.only = wants
        return demand
    }

    /// What it asks for once the steps up to an age are behind it.
    ///
    /// - Parameter widened: that age, `nil`: all steps are; and when the next one is.
    private func demand(
        of ticket: TicketID, _ placement: Placement, wish: TicketWish?, _ widened: (age: TimeSpan?, until: Timestamp?)
    ) -> Demand {
        var demand = Demand()
        demand.weight = placement.weight
        let (age, until) = widened
        let settings = settings(placement.department, placement.channel)
        if let wish {
            let relax = wish.relax ?? settings.relax
            demand.needs = age.map { relax.relaxed(wish.needs, after: $0) } ?? (relax.span > .zero ? [] : wish.needs)
            if let end = wish.reservedUntil, until.map({ $0 <= end }) ?? false { demand.reserved = wish.prefers }
        }
        for skip in skips[ticket] ?? [] {
            let returned = agents[skip.agent.position].returnedIn
            if skip.record > returned { demand.skips.append(SkipMark(agent: skip.agent, returnedIn: returned)) }
        }
        demand.skips.sort { $0.agent < $1.agent }
        if settings.tierWait > .zero, let age {
            let waits = age.milliseconds / settings.tierWait.milliseconds
            if waits < staff[placement.department.position].tiers.count - 1 { demand.reach = UInt16(clamping: waits) }
        }
        return demand
    }

    /// Up to which age the ticket's steps are behind it: its timer stands at the next one; `nil`: all are. And when that timer is due.
    private func widened(_ ticket: TicketID, _ placement: Placement) -> (age: TimeSpan?, until: Timestamp?) {
        guard let due = timers.due(.ticketWidens(ticket)) else { return (nil, nil) }
        return (TimeSpan(milliseconds: due.milliseconds &- 1 &- placement.queuedAt.milliseconds), due)
    }

    /// Sets the timer at the moment when the ticket may next be given to more agents than before: a tier more, a skill less, or
    /// anybody instead of the customer's last agent.
    mutating func timeWidening(_ ticket: TicketID, _ placement: Placement, _ wish: TicketWish?, at now: Timestamp) {
        guard wish != nil || settings(placement.department, placement.channel).tierWait > .zero else { return }
        if let next = nextWidening(placement, wish, after: now) {
            timers.set(.ticketWidens(ticket), due: next)
        } else {
            timers.cancel(.ticketWidens(ticket))
        }
    }

    /// The first moment after `now` at which one of the steps is.
    private func nextWidening(_ placement: Placement, _ wish: TicketWish?, after now: Timestamp) -> Timestamp? {
        let settings = settings(placement.department, placement.channel)
        let queuedAt = placement.queuedAt
        var next: Timestamp?
        func consider(_ moment: Timestamp) { next = next.map { min($0, moment) } ?? moment }
        /// The next multiple of `span`, of which there are `count`.
        func consider(each span: TimeSpan, count: Int64) {
            // Wrapping, because a damaged file may hold any time.
            let passed = max(now.milliseconds &- queuedAt.milliseconds, 0) / span.milliseconds
            guard passed < count else { return }
            let (wait, overflow) = span.milliseconds.multipliedReportingOverflow(by: passed + 1)
            if !overflow, wait < Timestamp.latest.milliseconds {
                consider(Timestamp(milliseconds: queuedAt.milliseconds &+ wait))
            }
        }
        if settings.tierWait > .zero {
            let tiers = staff[placement.department.position].tiers.count
            consider(each: settings.tierWait, count: Int64(tiers) - 1)
        }
        if let wish {
            let relax = wish.relax ?? settings.relax
            if relax.span > .zero { consider(each: relax.span, count: relax.steps(wish.needs)) }
            if let until = wish.reservedUntil, until > now { consider(until) }
        }
        return next
    }

    /// When the ticket may next be given to somebody of the department to whom it may not now, there or not; `nil`: it waits for
    /// nobody by a step.
    func moreMayHaveIt(_ ticket: TicketView) -> Timestamp? {
        guard var step = timers.due(.ticketWidens(ticket.id)), let filed = filed[ticket.id] else { return nil }
        let placement = ticket.ticket.placement
        let members = staff[placement.department.position].members
        let few = count(of: members, whoMayHave: filed.demand, placement)
        for _ in 0..<Self.mostStepsForeseen {
            let next = nextWidening(placement, filed.wish, after: step)
            let age = TimeSpan(milliseconds: step.milliseconds &- placement.queuedAt.milliseconds)
            let demand = demand(of: ticket.id, placement, wish: filed.wish, (next == nil ? nil : age, next))
            if count(of: members, whoMayHave: demand, placement) > few { return step }
            guard let next else { return nil }
            step = next
        }
        return nil
    }

    private static let mostStepsForeseen = 100

    private func count(of members: SortedBlocks<AgentIndex>, whoMayHave demand: Demand, _ placement: Placement) -> Int {
        let (staff, queue) = (
            staff[placement.department.position], QueueIndex(placement.department, placement.channel)
        )
        return members.count { member in
            let agent = agents[member.position]
            let isKept = demand.reserved.map { $0 != member && isThere($0, queue) } ?? false
            guard agent.traits.skills.lacks(demand.needs) == nil, !isKept,
                agent.capacity[placement.channel] >= UInt32(demand.weight),
                !agent.isOffDuty(queue.department, queue.channel)
            else { return false }
            let tier = agent.membership(in: placement.department)?.tier ?? 0
            return demand.reach == .max || staff.tiers(before: tier, placement.channel) <= demand.reach
        }
    }

    // MARK: Filing anew

    /// What a waiting ticket asks for changed, or its time for a step has come.
    mutating func refile(
        _ ticket: TicketID, _ shards: Shards, retimed: Bool, at now: Timestamp, record: LogSequenceNumber
    ) {
        guard let kept = shards.ticket(ticket), case .waiting(let wants) = kept.placement.kind else { return }
        let wish = kept.hasWish ? kept.wish : nil
        removeWaiting(ticket, kept.placement, wants: wants)
        if retimed {
            timers.cancel(.ticketWidens(ticket))
            if wants == nil { timeWidening(ticket, kept.placement, wish, at: now) }
        }
        insertWaiting(ticket, kept.placement, wants: wants, wish: wish)
        grants.settle(ticket, in: record)
    }

    /// What every ticket of the queue waits for may be another: settings or tiers changed.
    mutating func refileAll(_ queue: QueueIndex, retimed: Bool, at now: Timestamp, record: LogSequenceNumber) {
        queues[queue.rawValue].settledIn = record
        let entries = queues[queue.rawValue].allWaiting(atMost: .max)
        queues[queue.rawValue].waiting = WaitingTickets()
        queues[queue.rawValue].ringing = SortedBlocks()
        for entry in entries {
            let kept = filed.removeValue(forKey: entry.ticket)
            let placement = Placement(
                kind: .waiting(wants: entry.wants), department: queue.department, channel: queue.channel,
                priority: entry.priority, queuedAt: entry.queuedAt, isUnfinished: true,
                weight: kept?.demand.weight ?? TicketWeight.usual)
            let wish = kept?.wish
            if let wants = entry.wants { agents[wants.position].wanted.remove(entry.ticket) }
            if retimed {
                timers.cancel(.ticketWidens(entry.ticket))
                if entry.wants == nil { timeWidening(entry.ticket, placement, wish, at: now) }
            }
            insertWaiting(entry.ticket, placement, wants: entry.wants, wish: wish)
        }
    }

    /// The department has other tiers, perhaps.
    mutating func retimeTiers(of department: DepartmentIndex, at now: Timestamp, record: LogSequenceNumber) {
        for channel in Channel.allCases where settings(department, channel).tierWait > .zero {
            refileAll(QueueIndex(department, channel), retimed: true, at: now, record: record)
        }
    }
}
