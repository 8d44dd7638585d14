/// The return timer (`answer_within=`): a customer who waits for an owner's first answer is not kept waiting for ever.
extension Routing {
    /// Follows whether a ticket's owner has still to answer. The time runs from the moment from which it is so: while it is, with
    /// the same owner in the same department, it goes on.
    mutating func followAnswer(_ ticket: TicketID, from before: Placement?, to after: Placement, at time: Timestamp) {
        if let before, before.owesAnswer {
            let goesOn =
                after.owesAnswer && before.kind == after.kind && before.department == after.department
            guard !goesOn else { return }
            if timers.answers > 0 { timers.cancel(.answerEnds(ticket)) }
        }
        if after.owesAnswer { timeAnswer(ticket, after, at: time) }
    }

    private mutating func timeAnswer(_ ticket: TicketID, _ placement: Placement, at time: Timestamp) {
        let span = departments[placement.department.position].effective[placement.channel].answerWithin
        if span > .zero { timers.set(.answerEnds(ticket), due: time + span) }
    }

    /// How long owners have to answer.
    func answerTimes(of department: DepartmentIndex) -> PerChannel<TimeSpan> {
        let effective = departments[department.position].effective
        return PerChannel(
            ticket: effective.ticket.answerWithin, chat: effective.chat.answerWithin, call: effective.call.answerWithin)
    }

    /// The time changed for some channels of a department: those who have still to answer there have all of it from now on.
    mutating func retimeAnswers(
        of department: DepartmentIndex, from before: PerChannel<TimeSpan>, _ shards: Shards, at now: Timestamp
    ) {
        for channel in Channel.allCases where settings(department, channel).answerWithin != before[channel] {
            // Also who left the department may have something of it.
            for agent in 0..<agents.count {
                for ticket in agents[agent].holds[channel] {
                    guard let held = shards.ticket(ticket), held.department == department else { continue }
                    let placement = held.placement
                    guard placement.owesAnswer else { continue }
                    timers.cancel(.answerEnds(ticket))
                    timeAnswer(ticket, placement, at: now)
                }
            }
        }
    }

    /// What happens to a ticket whose owner has not answered in time: it is nobody's again, at its age, and not given to that
    /// agent by itself for the retry time.
    func unanswered(_ ticket: Ticket, at now: Timestamp) -> [Event] {
        guard let owner = ticket.agent else { return [] }
        let skip = skip(ticket, owner, .unanswered, department: ticket.department, at: now)
        return [unowned(ticket, .unanswered, by: .automatic)] + (skip.map { [$0] } ?? [])
    }
}

extension Ticket {
    /// The owner has the ticket, the customer waits for an answer, and none came since it is that owner's.
    @inline(__always)
    var owesAnswer: Bool {
        guard agent != nil, !isAnsweredByOwner, !slotIsFreed else { return false }
        switch status {
        case .new, .chatting, .open: return true
        case .calling, .answered, .postponed, .resolved, .spam, .deleted, .merged: return false
        }
    }
}
