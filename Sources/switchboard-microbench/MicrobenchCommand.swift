import SwitchboardClient

/// `switchboard-microbench`: what the parts of a request cost by themselves, in one process, without sockets.
enum MicrobenchCommand {
    private static let usage = """
        usage: switchboard-microbench [part]… [--option value]… [--json]
          parts, all of them by default:
            steps        parse, decide, route, encode, append and snapshot, each alone
            assign       an OPEN that is assigned and a RESOLVE that gives the slot back, by number of agents
            waiting      an OPEN that waits and a RESOLVE that pulls the head, by length of the queue
            skills       the same past tickets that need a skill nobody has
            presence     an agent who goes and comes back, by number of agents
            departments  DEPT SET and DEPT SHOW, by number of agents
            removal      AGENT REMOVE and PAUSE kind=return, by what the agent holds
            find         FIND over many tickets with texts: pages of 50, and what the index costs
          --rounds N     timed rounds after one to warm up, 9 by default
          --seed S       1 by default: all inputs come from it
          --agents N     the longest curve's most agents, 100000 by default
          --waiting N    the most waiting tickets, 1000000 by default
          --tickets N    of the part find, 1000000 by default
          --words N      different words in the texts of the part find, 50000 by default
          --percent N    of the usual operations in each round, 100 by default
          --json         one JSON object a line instead of tables
        """

    private static let names = ["--rounds", "--seed", "--agents", "--waiting", "--tickets", "--words", "--percent"]
    private static let parts = ["steps", "assign", "waiting", "skills", "presence", "departments", "removal", "find"]

    /// Returns the exit status: 0, 1 when a benchmark could not run, 2 when the arguments make no sense.
    static func run(_ words: [String]) -> Int32 {
        do {
            let isJSON = words.contains("--json")
            let arguments = try Arguments(words.dropFirst().filter { $0 != "--json" }, options: names)
            if arguments.wantsHelp {
                Console.print(usage)
                return 0
            }
            var meter = Meter(output: isJSON ? .lines : .table)
            meter.rounds = try arguments.number("--rounds", in: 1...1000, otherwise: meter.rounds)
            meter.percent = try arguments.number("--percent", in: 1...10_000, otherwise: meter.percent)
            var sizes = CurveSizes()
            sizes.seed = UInt64(try arguments.number("--seed", in: 1...Int.max, otherwise: 1))
            sizes.mostAgents = try arguments.number("--agents", in: 100...1_000_000, otherwise: sizes.mostAgents)
            sizes.mostWaiting = try arguments.number("--waiting", in: 10...10_000_000, otherwise: sizes.mostWaiting)
            sizes.tickets = try arguments.number("--tickets", in: 100...100_000_000, otherwise: sizes.tickets)
            sizes.words = try arguments.number("--words", in: 10...1_000_000, otherwise: sizes.words)
            if let unknown = arguments.positional.first(where: { !parts.contains($0) }) {
                throw UsageError("unknown part '\(unknown)'")
            }
            for part in parts where arguments.positional.isEmpty || arguments.positional.contains(part) {
                try run(part, sizes, &meter)
            }
            return 0
        } catch let error as UsageError {
            Console.printError("switchboard-microbench: \(error.message)\n\(usage)")
            return 2
        } catch {
            Console.printError("switchboard-microbench: \(error)")
            return 1
        }
    }

    private static func run(_ part: String, _ sizes: CurveSizes, _ meter: inout Meter) throws {
        switch part {
        case "steps": try Steps(seed: sizes.seed).run(&meter)
        case "assign": Curves(sizes).assign(&meter)
        case "waiting": Curves(sizes).waiting(&meter)
        case "skills": Curves(sizes).skills(&meter)
        case "presence": Curves(sizes).presence(&meter)
        case "departments": Curves(sizes).departments(&meter)
        case "find": try FindPages(sizes).run(&meter)
        default: Curves(sizes).removal(&meter)
        }
    }
}
