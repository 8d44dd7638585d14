import Glibc
import SwitchboardPlatform
import SwitchboardTestKit

/// `switchboard-simulate`: runs the simulation over a range of seeds and says what it found.
enum SimulateCommand {
    private static let usage = """
        usage: switchboard-simulate [--seeds N] [--from S] [--steps N] [--threads N] [--plant NAME] [--log]
          --seeds N    how many seeds, 10000 by default
          --from S     the first seed, 1 by default
          --steps N    commands in a run, at least; 200 by default
          --threads N  as many as there are cores by default
          --plant NAME plants a bug: \(PlantedBug.allCases.map(\.rawValue).joined(separator: ", "))
          --log        shows what the storage logs about the crashes, too
        \(QueueingCommand.usage)
        """

    /// Returns the exit status: 0, 1 when a rule was broken, 2 when the arguments make no sense.
    static func run(_ arguments: [String]) -> Int32 {
        if arguments.first == "queueing" { return QueueingCommand.run(Array(arguments.dropFirst()), usage) }
        guard let options = Options(arguments) else {
            StandardError.write(usage)
            return 2
        }
        // A crash that was ordered is no news, and there are thousands of them.
        if !options.showsLog { silenceStandardError() }
        var campaign = Campaign(seeds: options.first...(options.first + options.seeds - 1))
        campaign.commands = options.steps
        campaign.threads = options.threads
        campaign.planted = options.planted
        let ticker = Ticker(total: options.seeds)
        let progress = campaign.run { ticker.show($0) }
        ticker.end()
        for (seed, failure) in progress.failures { report(seed, failure) }
        for line in progress.coverage.lines { print(line) }
        print(
            "\(progress.seeds) seeds, \(progress.coverage.total) commands, \(progress.failures.count) failures, "
                + "\(ticker.secondsText) s, hash \(String(progress.hash, radix: 16))")
        return progress.failures.isEmpty ? 0 : 1
    }

    private static func report(_ seed: UInt64, _ failure: Simulation.Failure) {
        print("seed \(seed), step \(failure.step): \(failure.violation)")
        for line in failure.lines { print("    \(line)") }
    }

    private static func silenceStandardError() {
        let nothing = open("/dev/null", O_WRONLY)
        guard nothing >= 0 else { return }
        dup2(nothing, 2)
        close(nothing)
    }
}

/// What the command line asks for.
private struct Options {
    var seeds: UInt64 = 10_000
    var first: UInt64 = 1
    var steps = 200
    var threads = max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1)
    var planted: PlantedBug?
    var showsLog = false

    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--log" {
                showsLog = true
                continue
            }
            guard let value = rest.popFirst() else { return nil }
            switch name {
            case "--plant":
                guard let bug = PlantedBug(rawValue: value) else { return nil }
                planted = bug
            case "--seeds", "--from", "--steps", "--threads":
                guard let number = UInt64(value), number > 0, number < 1 << 40 else { return nil }
                switch name {
                case "--seeds": seeds = number
                case "--from": first = number
                case "--steps": steps = Int(number)
                default: threads = Int(number)
                }
            default: return nil
            }
        }
    }
}
