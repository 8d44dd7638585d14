import Glibc
import SwitchboardClient
import SwitchboardPlatform

/// `switchboard-torture`: ends servers in every way that hurts and counts what is lost.
enum TortureCommand {
    private static let usage = """
        usage: switchboard-torture [part]… [--option value]…
          parts, all of them by default:
            processes       kill -9 under load
            full-disk       a server on a disk that is full for a while
            files           a journal cut at every byte and with flipped bits, syncs that fail, the clock set back
          --cycles N        kills of the part `processes`, 500 by default
          --seconds N       and at most so long, 3600 by default
          --seed S          1 by default: the requests, the damage and the moments of the kills come from it
          --writers N       connections that write, 4 by default
          --rounds N        how often the disk is full, 6 by default
          --small HOW       tmpfs, limit: how the disk is made small; a tmpfs where mounting is allowed by default
          --tail N          how many KiB of a journal's end are cut and flipped, 64 by default
          --stride N        and that at every Nth byte, 1 by default
          --seeds N         runs with a failing disk and with a clock set back, 100 by default
          --server PATH     the server's program; by default `switchboard` beside this one
          --plant NAME      loss, double: what a broken server would do, to see that it is found
        """

    private static let names = [
        "--cycles", "--seconds", "--seed", "--writers", "--rounds", "--small", "--tail", "--stride", "--seeds",
        "--server", "--plant",
    ]
    private static let parts = ["processes", "full-disk", "files"]

    /// Returns the exit status: 0, 1 when anything was lost, doubled or otherwise wrong, 2 when the arguments make no
    /// sense.
    static func run(_ words: [String]) -> Int32 {
        let cleanUp = CleanUp()
        defer { cleanUp.run() }
        do {
            let arguments = try Arguments(Array(words.dropFirst()), options: names)
            if arguments.wantsHelp {
                Console.print(usage)
                return 0
            }
            return try run(arguments, cleanUp) ? 0 : 1
        } catch let error as UsageError {
            Console.printError("switchboard-torture: \(error.message)\n\(usage)")
            return 2
        } catch {
            cleanUp.run()
            Console.printError("switchboard-torture: \(error)")
            return 1
        }
    }

    private static func run(_ arguments: Arguments, _ cleanUp: CleanUp) throws -> Bool {
        if let unknown = arguments.positional.first(where: { !parts.contains($0) }) {
            throw UsageError("unknown part '\(unknown)'")
        }
        var options = ProcessTorture.Options()
        options.cycles = try arguments.number("--cycles", in: 1...1_000_000, otherwise: options.cycles)
        options.seconds = try arguments.number("--seconds", in: 1...1_000_000, otherwise: options.seconds)
        options.writers = try arguments.number("--writers", in: 1...64, otherwise: options.writers)
        options.seed = UInt64(try arguments.number("--seed", in: 1...Int.max, otherwise: 1))
        options.executable = arguments.text("--server") ?? serverBesideThis
        options.planted = try arguments.text("--plant").map { name throws(UsageError) in
            guard let planted = ProcessTorture.Planted(rawValue: name) else {
                throw UsageError("--plant must be loss or double, not '\(name)'")
            }
            return planted
        }
        let small = try arguments.text("--small").map { name throws(UsageError) in
            guard let kind = SmallDisk.Kind(rawValue: name) else {
                throw UsageError("--small must be tmpfs or limit, not '\(name)'")
            }
            return kind
        }
        let rounds = try arguments.number("--rounds", in: 1...10_000, otherwise: 6)
        let stride = try arguments.number("--stride", in: 1...1_000_000, otherwise: 1)
        let tail = try arguments.number("--tail", in: 1...1024, otherwise: 64)
        let seeds = try arguments.number("--seeds", in: 1...1_000_000, otherwise: 100)
        cleanUp.watchSignals()
        let wanted = arguments.positional.isEmpty ? parts : arguments.positional
        var isGood = true
        if wanted.contains("processes") { isGood = try processes(options, cleanUp) && isGood }
        if wanted.contains("full-disk") { isGood = try fullDisk(options, rounds, small, cleanUp) && isGood }
        if wanted.contains("files") {
            isGood =
                try FilesPart.run(seed: options.seed, tailBytes: tail << 10, stride: stride, seeds: UInt64(seeds))
                && isGood
        }
        return isGood
    }

    private static func processes(_ options: ProcessTorture.Options, _ cleanUp: CleanUp) throws -> Bool {
        let torture = try ProcessTorture(options, cleanUp)
        let start = SystemClock.monotonicNanoseconds()
        func report() -> String {
            let aims = Aim.allCases.map { "\($0.rawValue) \(torture.kills[$0] ?? 0)" }.joined(separator: ", ")
            return "\(torture.cycles) kills in \(shortTime(seconds(since: start))) (\(aims)): \(torture.totals.text)"
        }
        var shown = start
        try torture.run {
            let now = SystemClock.monotonicNanoseconds()
            guard now - shown >= 5_000_000_000 else { return }
            shown = now
            Console.print(report())
        }
        return finish(report(), torture.totals)
    }

    private static func fullDisk(
        _ options: ProcessTorture.Options, _ rounds: Int, _ kind: SmallDisk.Kind?, _ cleanUp: CleanUp
    ) throws -> Bool {
        let start = SystemClock.monotonicNanoseconds()
        let small = try SmallDisk(executable: options.executable, seed: options.seed, kind, cleanUp)
        try small.run(rounds: rounds) { Console.print($0) }
        let line =
            "a full disk \(small.rounds) times in \(shortTime(seconds(since: start))) (\(small.kind.rawValue)): "
            + "\(grouped(small.refused)) writes refused, \(small.totals.text)"
        return finish(line, small.totals)
    }

    private static func finish(_ line: String, _ totals: Totals) -> Bool {
        for problem in totals.problems.prefix(20) { Console.print("wrong: \(problem)") }
        Console.print(line)
        return totals.problems.isEmpty
    }

    private static func seconds(since start: UInt64) -> Double {
        Double(SystemClock.monotonicNanoseconds() - start) / 1e9
    }

    private static var serverBesideThis: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        let whole = String(decoding: path.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return whole.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/switchboard"
    }
}

extension Totals {
    /// One line of figures.
    var text: String {
        "\(grouped(acknowledged)) acknowledged, \(lost) lost, \(doubled) doubled, \(grouped(arrived)) of "
            + "\(grouped(onTheWay)) on the way arrived, \(grouped(repeated)) asked for again with their rid=, "
            + "\(grouped(compared)) tickets compared, \(digests) digests compared"
    }
}
