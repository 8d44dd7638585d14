extension Routing {
    func describe(_ index: DepartmentIndex, at now: Timestamp) -> JSON {
        let department = departments[index.position]
        let staff = staff[index.position]
        let effective = Channel.allCases.map { channel in
            (channel.name, describe(department.effective[channel]))
        }
        return .record([
            ("id", .string(department.id.rawValue)),
            ("title", department.title.isEmpty ? .string(department.id.rawValue) : .string(department.title)),
            ("strategy", .string((department.settings.base.strategy ?? .leastLoaded).name)),
            ("slot", .string(department.settings.slot.name)),
            ("max_paused", department.settings.maxPaused.map { .integer(Int64($0)) } ?? .null),
            ("delivery_details", .span(department.settings.keptDeliveryDetails)),
            ("settings", .record(effective)),
            ("agents", .integer(Int64(staff.members.count))),
            (
                "available",
                .record(
                    Channel.allCases.map { channel in (channel.name, .integer(Int64(staff.takers[channel]))) })
            ),
            (
                "free",
                .record(
                    Channel.allCases.map {
                        ($0.name, .integer(Int64(queues[QueueIndex(index, $0).rawValue].candidates.count)))
                    })
            ),
            (
                "states",
                .record(AgentState.allCases.map { ($0.name, .integer(Int64(staff.states[Int($0.rawValue)]))) })
            ),
            (
                "waiting",
                .record(
                    Channel.allCases.map {
                        ($0.name, .integer(Int64(queues[QueueIndex(index, $0).rawValue].waitingCount)))
                    })
            ),
            (
                "ringing",
                .record(
                    Channel.allCases.map {
                        ($0.name, .integer(Int64(queues[QueueIndex(index, $0).rawValue].ringing.count)))
                    })
            ),
            (
                "estimated_wait",
                .record(
                    Channel.allCases.map { channel in
                        let queue = QueueIndex(index, channel)
                        return (channel.name, estimateNow(queue, now))
                    })
            ),
            (
                "overtaking_limit",
                .record(
                    Channel.allCases.map { channel in
                        (channel.name, department.effective[channel].ageing.overtakingLimit.map { .span($0) } ?? .null)
                    })
            ),
            ("unfinished", .integer(Int64(unfinished[index.position]))),
            ("created_at", .time(department.createdAt)),
        ])
    }

    private func describe(_ settings: EffectiveSettings) -> JSON {
        .record([
            ("strategy", .string(settings.strategy.name)),
            ("ageing", settings.ageing.headStart.map { .span($0) } ?? .string("none")),
            ("retry", .span(settings.retry)),
            ("offline", .string(settings.absence.name)),
            ("grace", .span(settings.grace)),
            ("reopen", .string(settings.reopen ? "yes" : "no")),
            ("assign", .string(settings.assignment.name)),
            ("ring", .span(settings.ring)),
            ("offers", .integer(Int64(settings.offers))),
            ("backoff", .span(settings.backoff)),
            ("max_queue", settings.maxQueue.map { .integer(Int64($0)) } ?? .string("none")),
            ("max_wait", settings.maxWait.map { .span($0) } ?? .string("none")),
            ("overflow", describe(settings.overflow)),
            ("when_empty", .string(settings.whenEmpty.name)),
            ("callback_tries", .integer(Int64(settings.callbackAttempts))),
            ("callback_delay", .span(settings.callbackDelay)),
            ("auto_pause", settings.mostMissed == 0 ? .string("none") : .integer(Int64(settings.mostMissed))),
            ("tier_wait", settings.tierWait == .zero ? .string("none") : .span(settings.tierWait)),
            ("relax", .string(settings.relax.text)),
            ("last_agent", settings.lastAgent == .zero ? .string("none") : .span(settings.lastAgent)),
            ("last_agent_wait", .span(settings.lastAgentWait)),
            ("wrapup", .span(settings.wrapUp)),
            ("weight", .integer(Int64(settings.weight))),
            ("answer_within", settings.answerWithin == .zero ? .string("none") : .span(settings.answerWithin)),
        ])
    }

    private func describe(_ overflow: OverflowRule) -> JSON {
        switch overflow {
        case .none: .string("none")
        case .callback: .string("callback")
        case .message: .string("message")
        case .reject: .string("reject")
        case .department(let index): name(index)
        }
    }

    /// Departments in order of name; the cursor is the name.
    func listDepartments(_ range: ListRange, at now: Timestamp) throws(Rejection) -> [JSON] {
        var found: [(id: String, index: DepartmentIndex)] = []
        for department in departments {
            guard !department.isRemoved else { continue }
            guard range.after.map({ $0 < department.id.rawValue }) ?? true else { continue }
            found.append((department.id.rawValue, department.index))
        }
        found.sort { $0.id < $1.id }
        return found.prefix(range.limit).map { describe($0.index, at: now).with("cursor", .string($0.id)) }
    }

    /// The waiting tickets in the order in which they will be served. Without a channel: calls, then chats, then
    /// tickets.
    func queue(
        of department: DepartmentIndex, _ channel: Channel?, _ range: ListRange, _ shards: Shards,
        at now: Timestamp
    ) throws(Rejection) -> [JSON] {
        var start = 0
        if let after = range.after {
            guard let position = Int(after), position >= 0 else {
                throw Rejection(.badArgument, "after= takes the cursor of an element of this list")
            }
            // No queue is that long, and what is added to it must not overflow.
            start = min(position, Int(UInt32.max))
        }
        var seen = 0
        var found: [JSON] = []
        for channel in channel.map({ [$0] }) ?? Channel.mostUrgentFirst {
            var position: Int64 = 0
            for entry in queues[QueueIndex(department, channel).rawValue].allWaiting(atMost: start + range.limit - seen)
            {
                seen += 1
                position += 1
                guard seen > start, let ticket = shards.view(entry.ticket) else { continue }
                found.append(
                    .record(
                        summary(ticket) + [
                            ("position", .integer(position)),
                            ("waited", .span(now - entry.queuedAt)),
                            ("skills", ticket.extras.needs.document),
                            ("callback", ticket.extras.callback.first.map { $0.document(of: ticket) } ?? .null),
                            ("estimated_wait", estimate(ticket.ticket, now)),
                            ("cursor", .string(String(seen))),
                        ]))
                if found.count >= range.limit { break }
            }
            if found.count >= range.limit { break }
        }
        return found
    }
}
