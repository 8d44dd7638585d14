import SwitchboardPlatform

/// Plays a log against one server and prints what came of it. Shared by `replay` and `demo`.
package struct ReplayRun {
    package let log: IncidentLog
    package let window: Int

    package init(_ log: IncidentLog, window: Int) {
        self.log = log
        self.window = window
    }

    /// What a log pass leaves behind.
    package struct LogOutcome {
        package let tickets: [Acknowledged.Ticket]
        package let digest: String
        /// Whether every total was equal, nothing surprised, and `VERIFY` was ok.
        package let isGood: Bool
    }

    /// The first pass: as the log's people moved the tickets.
    package func playLog(on client: LineClient) throws(ClientError) -> LogOutcome {
        try HelpDesk(of: log, routing: .manual, capacity: LogPass.capacity).setUp(on: client)
        var pass = LogPass(log, client: client, window: window)
        var progress = Progress("replaying", total: log.rows.count, unit: "rows")
        try pass.run(progress: &progress)
        progress.finish()
        let tickets = pass.tickets
        let histories = try count(tickets, on: client)

        let said = ReplayTotals(of: log)
        let acknowledged = pass.acknowledged.totals
        Console.print("")
        print(ReplayReport.table(log: said, beside: [("acknowledged", acknowledged), ("histories", histories)]))
        Console.print("")
        print(ReplayReport.unmapped(in: log))
        Console.print("")
        print(ReplayReport.requests(pass.requests))
        Console.print("  " + ReplayReport.speed(log.rows.count, "rows", seconds: pass.seconds))
        let surprises = pass.acknowledged.surprises
        if surprises > 0 {
            Console.printError("\(grouped(surprises)) answers are not what the log leads to, the first of them:")
            for surprise in pass.acknowledged.firstSurprises { Console.printError("  " + surprise) }
        }
        let verification = try verify(on: client)
        let isEqual = acknowledged == said && histories == said && tickets.count == log.incidents.count
        return LogOutcome(
            tickets: tickets, digest: verification.digest, isGood: isEqual && surprises == 0 && verification.isOK)
    }

    /// Counts again, on a server that was restarted on the same data, and compares. Returns whether all is the same.
    package func recount(after outcome: LogOutcome, on client: LineClient) throws(ClientError) -> Bool {
        let histories = try count(outcome.tickets, on: client)
        let said = ReplayTotals(of: log)
        Console.print("")
        print(ReplayReport.table(log: said, beside: [("after restart", histories)]))
        let verification = try verify(on: client)
        let isSame = verification.digest == outcome.digest
        Console.print("  digest \(isSame ? "equal to" : "DIFFERS from") that before the restart")
        return histories == said && verification.isOK && isSame
    }

    /// The second pass: the server routes. Returns whether it did as promised.
    package func playRouted(on client: LineClient, capacity: Int) throws(ClientError) -> Bool {
        try HelpDesk(of: log, routing: .leastLoaded, capacity: capacity).setUp(on: client)
        var pass = RoutedPass(log, client: client, window: window)
        var progress = Progress("routing  ", total: pass.stepCount, unit: "rows")
        try pass.run(progress: &progress)
        progress.finish()
        Console.print("")
        print(ReplayReport.routed(pass.result))
        Console.print("  " + ReplayReport.speed(pass.stepCount, "rows", seconds: pass.result.seconds))
        let verification = try verify(on: client)
        return pass.result.isGood && verification.isOK
    }

    private func count(
        _ tickets: [Acknowledged.Ticket], on client: LineClient
    ) throws(ClientError) -> ReplayTotals {
        var progress = Progress("recounting", total: tickets.count, unit: "tickets")
        let totals = try HistoryTotals.count(of: tickets, on: client, window: min(window, 128), progress: &progress)
        progress.finish()
        return totals
    }

    private func verify(on client: LineClient) throws(ClientError) -> Verification {
        let verification = try Verification.ask(client)
        Console.print("  " + verification.text)
        return verification
    }

    private func print(_ lines: [String]) {
        for line in lines { Console.print(line) }
    }
}
