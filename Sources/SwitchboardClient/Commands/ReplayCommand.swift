/// `switchboard replay`: plays a help desk's log against a running server.
public enum ReplayCommand {
    package static let help = """
        switchboard replay FILE [--host 127.0.0.1] [--port 7411] [--pass log|routed]
                                [--window 512] [--capacity N] [--first N]

        Plays the incident log FILE (csv, plain or gzip) against a running server as the
        lives of its tickets. The server must be fresh and on the manual clock:

            switchboard serve --clock manual --data some/empty/folder

        --pass log     every row as the help desk's people did it: departments are
                       manual, agents hold up to 300 tickets. Ends with the totals
                       of the log beside those of the server, and VERIFY. (default)
        --pass routed  only arrivals and resolutions: the server routes to the least
                       loaded agent, who holds up to 10 tickets. Ends with the waits,
                       whether anybody was over capacity, and VERIFY.
        --window N     how many requests may be on the way, 1 to 65536
        --capacity N   how many tickets an agent may hold in the routed pass
        --first N      only the first N incidents of the log

        Exit status: 0 when all is as it should be, 1 when a total differs or the
        server fails, 2 for a bad command line.
        """

    package static let defaultWindow = 512

    private enum Pass: String { case log, routed }

    /// Runs the command with what follows `replay` on the command line; returns the exit status.
    public static func run(arguments: [String]) -> Int32 {
        Arguments.run(
            "replay", arguments,
            options: ["--host", "--port", "--pass", "--window", "--capacity", "--first"],
            run)
    }

    private static func run(_ arguments: Arguments) throws -> Int32 {
        if arguments.wantsHelp {
            Console.print(help)
            return 0
        }
        let path = try arguments.file()
        let passName = arguments.text("--pass") ?? Pass.log.rawValue
        guard let pass = Pass(rawValue: passName) else {
            throw UsageError("--pass must be log or routed, not '\(passName)'")
        }
        let (host, port) = try arguments.server()
        let window = try arguments.number("--window", in: 1...65_536, otherwise: defaultWindow)
        let capacity = try arguments.number("--capacity", in: 1...1_000_000, otherwise: RoutedPass.capacity)
        let first = try arguments.number("--first", in: 1...Int.max, otherwise: Int.max)

        let log = try IncidentLog.read(path: path).prefix(first)
        Console.print("\(path): \(ReplayReport.size(of: log))")
        let client = try LineClient(host: host, port: port)
        let run = ReplayRun(log, window: window)
        let isGood =
            switch pass {
            case .log: try run.playLog(on: client).isGood
            case .routed: try run.playRouted(on: client, capacity: capacity)
            }
        return isGood ? 0 : 1
    }
}
