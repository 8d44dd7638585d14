extension Ticket {
    /// An agent is at work.
    mutating func apply(_ event: WorkStarted, at time: Timestamp) {
        var timer = WorkTimer()
        timer.agent = event.agent
        timer.since = time
        timer.isBillable = event.isBillable
        changeDetails { $0.timers.append(timer) }
    }

    mutating func apply(_ event: WorkLogged) {
        changeDetails { details in
            if event.endsTimer { details.timers.removeAll { $0.agent == event.entry.agent } }
            details.work.append(event.entry)
        }
    }

    mutating func apply(_ event: TicketTaskAdded, at time: Timestamp, _ texts: inout TextArena) {
        changeDetails { details in
            details.tasks.append(event.task)
            details.lastTask = event.task.number
        }
        var entry = EntryHead(.taskAdded, at: time, by: event.by)
        entry.task = event.task.number
        if let agent = event.task.agent { entry.assignee = .some(agent) }
        thread.append(entry, body: event.task.title, to: &texts)
    }

    mutating func apply(_ event: TicketTaskChanged, at time: Timestamp, _ texts: inout TextArena) {
        changeDetails { details in
            for place in details.tasks.indices where details.tasks[place].number == event.number {
                if let title = event.title { details.tasks[place].title = title }
                if event.changesAgent { details.tasks[place].agent = event.agent }
                switch event.done {
                case .asBefore: break
                case .no: details.tasks[place].doneAt = nil
                case .yes: details.tasks[place].doneAt = time
                }
            }
        }
        if event.title != nil || event.changesAgent {
            var entry = EntryHead(.taskChanged, at: time, by: event.by)
            entry.task = event.number
            if event.changesAgent { entry.assignee = .some(event.agent) }
            thread.append(entry, body: event.title, to: &texts)
        }
        guard event.done != .asBefore else { return }
        var entry = EntryHead(event.done == .yes ? .taskDone : .taskReopened, at: time, by: event.by)
        entry.task = event.number
        thread.append(entry, to: &texts)
    }

    mutating func apply(_ event: TicketTaskRemoved, at time: Timestamp, _ texts: inout TextArena) {
        var title: String?
        changeDetails { details in
            title = details.tasks.first { $0.number == event.number }?.title
            details.tasks.removeAll { $0.number == event.number }
        }
        var entry = EntryHead(.taskRemoved, at: time, by: event.by)
        entry.task = event.number
        thread.append(entry, body: title, to: &texts)
    }
}

extension Ticket {
    mutating func apply(_ event: TicketConversationAdded, at time: Timestamp, _ texts: inout TextArena) {
        var conversation = Conversation()
        conversation.title = event.title
        conversation.isInternal = event.isInternal
        conversation.by = event.by
        conversation.createdAt = time
        changeDetails { $0.conversations.append(conversation) }
        var entry = EntryHead(.conversationAdded, at: time, by: event.by)
        entry.conversation = event.number
        thread.append(entry, body: event.title, to: &texts)
    }

    mutating func apply(_ event: TicketPeopleChanged, at time: Timestamp, _ texts: inout TextArena) {
        changeDetails { details in
            details.participants.removeAll { event.removedParticipants.contains($0) }
            details.participants += event.addedParticipants
            details.followers.removeAll { event.removedFollowers.contains($0) }
            details.followers += event.addedFollowers
        }
        // Who is responsible stands in the history; who only follows does not.
        for agent in event.removedParticipants {
            var entry = EntryHead(.participantRemoved, at: time, by: event.by)
            entry.assignee = .some(agent.index)
            thread.append(entry, to: &texts)
        }
        for agent in event.addedParticipants {
            var entry = EntryHead(.participantAdded, at: time, by: event.by)
            entry.assignee = .some(agent.index)
            thread.append(entry, to: &texts)
        }
    }

    mutating func apply(_ event: TicketDescribed) { changeDetails { $0.description = event.description } }

    mutating func apply(_ event: TicketRated) {
        changeDetails { details in
            details.ratings.removeAll { $0.entry == event.rating.entry }
            details.ratings.append(event.rating)
        }
    }

    mutating func apply(_ event: TicketAttached) { changeDetails { $0.attachments.append(event.attachment) } }

    /// Applies what raises no version. The record counts all the same: a reply that shows it waits for it.
    mutating func applyUnnumbered(_ event: Event, at time: Timestamp, record: LogSequenceNumber) {
        lastRecord = record
        switch event {
        case .ticketDeliveryReported(let event): changeDetails { $0.add(event.step, to: event.entry) }
        case .deliveryDetailsExpired: changeDetails { $0.forgetDeliveryDetails(at: time) }
        default: preconditionFailure("\(event) raises a version, or concerns no ticket")
        }
    }
}
