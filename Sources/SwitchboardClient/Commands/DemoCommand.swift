import SwitchboardPlatform

/// `switchboard demo`: a real help desk's year on a server of its own, with a kill -9 in the middle.
public enum DemoCommand {
    package static let help = """
        switchboard demo [--log FILE] [--window 512] [--first N]

        Starts a server on a free port with a temporary data folder and shows:
          1. the log of a real help desk replayed as the lives of its tickets, the
             totals of the server beside those of the log, and VERIFY;
          2. the same totals after kill -9 and a restart on the same folder;
          3. the same arrivals routed by a fresh server, agents holding at most 10.
        Ends with the servers gone and the folder removed, also after Ctrl-C.

        --log FILE     the log (default \(defaultLog))
        --window N     how many requests may be on the way, 1 to 65536
        --first N      only the first N incidents of the log

        Exit status: 0 when all is as it should be, 1 when a total differs or
        something fails, 2 for a bad command line.
        """

    /// Relative to the folder in which the command is started: `make demo` starts it at the package's top.
    package static let defaultLog = "Benchmarks/incidents/incident_event_log.csv.gz"

    /// Runs the command with what follows `demo` on the command line; returns the exit status. `executable` is the
    /// program that also serves: a path, or a name in PATH. Must be called before any other thread is started.
    public static func run(arguments: [String], executable: String) -> Int32 {
        let cleanUp = CleanUp()
        defer { cleanUp.run() }
        do {
            return try run(Arguments(arguments, options: ["--log", "--window", "--first"]), executable, cleanUp)
        } catch let error as UsageError {
            Console.printError("switchboard demo: \(error.message) (see switchboard demo --help)")
            return 2
        } catch {
            // First, for a signal may be why it failed; then this does not return.
            cleanUp.run()
            Console.printError("switchboard demo: \(error)")
            return 1
        }
    }

    private static func run(_ arguments: Arguments, _ executable: String, _ cleanUp: CleanUp) throws -> Int32 {
        if arguments.wantsHelp {
            Console.print(help)
            return 0
        }
        if let extra = arguments.positional.first { throw UsageError("no argument is expected, not '\(extra)'") }
        let window = try arguments.number("--window", in: 1...65_536, otherwise: ReplayCommand.defaultWindow)
        let first = try arguments.number("--first", in: 1...Int.max, otherwise: Int.max)
        let path = arguments.text("--log") ?? defaultLog

        let start = SystemClock.monotonicNanoseconds()
        let log = try IncidentLog.read(path: path).prefix(first)
        Console.print("Switchboard demo: a real help desk's log, replayed")
        Console.print("  \(path)")
        Console.print("  \(ReplayReport.size(of: log))")

        cleanUp.watchSignals()
        let folder = try cleanUp.makeFolder(name: "switchboard-demo")
        let isGood = try play(
            ReplayRun(log, window: window),
            on: DemoServers(executable: executable, folder: folder.path, cleanUp: cleanUp))
        cleanUp.run()
        let seconds = Double(SystemClock.monotonicNanoseconds() - start) / 1e9
        Console.print("")
        Console.print(isGood ? "All totals are equal." : "NOT all is as it should be: see above.")
        Console.print("The servers are gone. The whole demo took \(shortTime(seconds)).")
        return isGood ? 0 : 1
    }

    /// All three parts, the later ones also when an earlier one went wrong: what differs is then seen in full.
    private static func play(_ run: ReplayRun, on servers: DemoServers) throws(ClientError) -> Bool {
        Console.print("\n1. The log on a fresh server")
        let (first, client) = try servers.start(data: "log")
        let outcome = try run.playLog(on: client)

        Console.print("\n2. kill -9, and a restart on the same folder")
        first.kill()
        let (second, clientAfterRestart) = try servers.start(data: "log")
        let isSame = try run.recount(after: outcome, on: clientAfterRestart)
        second.kill()

        Console.print("\n3. The same arrivals, routed by a fresh server")
        let (third, routedClient) = try servers.start(data: "routed")
        let isRouted = try run.playRouted(on: routedClient, capacity: RoutedPass.capacity)
        third.kill()
        return outcome.isGood && isSame && isRouted
    }
}

/// Starts the demo's servers, each with a data folder below the temporary one.
private struct DemoServers {
    let executable: String
    let folder: String
    let cleanUp: CleanUp

    func start(data: String) throws(ClientError) -> (server: ServerProcess, client: LineClient) {
        let start = SystemClock.monotonicNanoseconds()
        let server = try cleanUp.start(
            executable: executable,
            arguments: ["serve", "--port", "0", "--clock", "manual", "--data", "\(folder)/\(data)"],
            logPath: "\(folder)/\(data).txt")
        let port = try server.waitUntilReady()
        let seconds = Double(SystemClock.monotonicNanoseconds() - start) / 1e9
        Console.print(
            "  server \(server.processID) ready on 127.0.0.1:\(port) in \(shortTime(seconds)), manual clock")
        return (server, try LineClient(host: "127.0.0.1", port: port))
    }
}
