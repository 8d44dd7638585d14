import SwitchboardModel

/// Until when owners may give their first answer.
extension Shadow {
    /// Whether the customer waits for the first answer of this owner.
    private func owesAnswer(_ ticket: Ticket) -> Bool {
        guard ticket.holder != nil, !ticket.isAnswered else { return false }
        return ticket.status == .new || ticket.status == .chatting || ticket.status == .open
    }

    /// - Parameter before: the ticket before the event; `nil`: there was none.
    mutating func followAnswer(_ event: Event, _ before: Ticket?, at now: Timestamp) {
        guard let id = event.ticket, id >= 1, id <= tickets.count else { return }
        let ticket = tickets[Int(id) - 1]
        guard owesAnswer(ticket) else {
            tickets[Int(id) - 1].answerDue = nil
            return
        }
        if let before, owesAnswer(before), before.owner == ticket.owner, before.department == ticket.department {
            return
        }
        timeAnswer(Int(id) - 1, at: now)
    }

    private mutating func timeAnswer(_ place: Int, at now: Timestamp) {
        let span = departments[tickets[place].department].answerWithin(tickets[place].channel)
        tickets[place].answerDue = span > .zero ? now + span : nil
    }

    /// Where the department's time changed, it begins anew.
    mutating func retimeAnswers(_ department: Int, from old: Department, at now: Timestamp) {
        for place in tickets.indices where tickets[place].department == department && owesAnswer(tickets[place]) {
            let channel = tickets[place].channel
            if old.answerWithin(channel) != departments[department].answerWithin(channel) { timeAnswer(place, at: now) }
        }
    }

    func compareAnswers(_ seen: SeenState) throws(Violation) {
        for ticket in tickets where !ticket.isPurged {
            let due = seen.derived.answers.first { $0.ticket.rawValue == ticket.id }?.due
            try require(
                due == ticket.answerDue, .time,
                "ticket \(ticket.id) is to be answered until \(due?.milliseconds ?? 0), not \(ticket.answerDue?.milliseconds ?? 0)"
            )
            try require(due.map { $0 > seen.now } ?? true, .time, "ticket \(ticket.id) was not answered in time")
        }
    }
}

extension Shadow.Department {
    func answerWithin(_ channel: Channel) -> TimeSpan {
        channel == .call ? .zero : settings.own[channel].answerWithin ?? settings.base.answerWithin ?? .zero
    }
}
