extension StateImage {
    /// Each timer has its reason, and what is to have an end is timed.
    func verifyTimers(_ result: inout Verification) {
        var absences: [AgentIndex: [QueueIndex]] = [:]
        for timer in routing.timers.all {
            guard case .absenceEnds(let agent, let department, let channel) = timer.purpose else { continue }
            absences[agent, default: []].append(QueueIndex(department, channel))
        }
        for index in 0..<routing.agents.count {
            let agent = routing.agents[index]
            let (kept, right) = (routing.timers.absences(of: agent.index), absences[agent.index]?.sorted() ?? [])
            result.check(
                kept == right,
                "agent '\(agent.id.rawValue)' is timed as absent in \(kept.count) queues, the timers say \(right.count)"
            )
            result.check(
                routing.timers.due(.pauseEnds(agent.index)) == agent.pause?.until,
                "agent '\(agent.id.rawValue)' has a pause whose end is not timed")
            result.check(
                routing.timers.due(.backoffEnds(agent.index)) == agent.missed.backsOffUntil,
                "agent '\(agent.id.rawValue)' is left alone and the end of it is not timed")
        }
        for table in tickets {
            for ticket in table {
                result.check(
                    routing.timers.due(.ticketWakes(ticket.id)) == ticket.extras.postponedUntil,
                    "ticket \(ticket.id.rawValue) has a return that is not timed")
                let settings = routing.departments[ticket.department.position].effective[ticket.channel]
                let isTimed = ticket.placement.owesAnswer && settings.answerWithin > .zero
                result.check(
                    (routing.timers.due(.answerEnds(ticket.id)) != nil) == isTimed,
                    isTimed
                        ? "ticket \(ticket.id.rawValue) waits for an answer that is not timed"
                        : "ticket \(ticket.id.rawValue) is timed as waiting for an answer")
            }
        }
        for table in tickets {
            for ticket in table {
                result.check(
                    routing.timers.due(.deliveryDetailsExpire(ticket.id)) == ticket.details.detailsUntil,
                    "ticket \(ticket.id.rawValue) has details of a delivery whose end is not timed")
            }
        }
        let division = ShardDivision(among: tickets.count)
        for timer in routing.timers.all {
            guard case .waitEnds(let ticket) = timer.purpose else { continue }
            let placement = tickets[division.shard(ticket.rawValue)].ticket(ticket)?.placement
            var waits = false
            if let placement, case .waiting = placement.kind {
                waits = routing.departments[placement.department.position].effective[placement.channel].maxWait != nil
            }
            result.check(waits, "ticket \(ticket.rawValue) is timed as waiting, and does not wait")
        }
        for (ticket, round) in routing.offers {
            result.check(
                routing.timers.due(.offersEnd(ticket)) == round.until,
                "ticket \(ticket.rawValue) rings and its end is not timed")
        }
        for (ticket, skips) in routing.skips {
            result.check(
                routing.timers.due(.skipExpires(ticket)) == skips.map(\.until).min(),
                "ticket \(ticket.rawValue) has a skip whose end is not timed")
        }
    }
}
