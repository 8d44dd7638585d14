import SwitchboardPlatform

/// Many seeds, on all the cores there are.
public struct Campaign: Sendable {
    public var seeds: ClosedRange<UInt64>
    public var commands = 200
    public var threads = 2
    public var planted: PlantedBug?
    /// See `Simulation.onlyVerifies`; after every step.
    public var onlyVerifies = false
    /// No further seed is begun after so many failures.
    public var mostFailures = 5

    public init(seeds: ClosedRange<UInt64>) { self.seeds = seeds }

    /// What has been done so far.
    public struct Progress: Sendable {
        public var seeds = 0
        /// Of all runs; does not depend on their order.
        public var hash: UInt64 = 0
        public var coverage = Coverage()
        public var failures: [(seed: UInt64, failure: Simulation.Failure)] = []
    }

    /// Runs all seeds. `onSeed` is called after each of them, on any thread, one call at a time.
    public func run(onSeed: @escaping @Sendable (Progress) -> Void = { _ in }) -> Progress {
        let board = Board(first: seeds.lowerBound)
        let workers = (0..<max(threads, 1)).map { number in
            Thread(name: "simulate-\(number)") {
                while let seed = board.take(upTo: seeds.upperBound, mostFailures: mostFailures) {
                    var simulation = Simulation(seed: seed)
                    simulation.commands = commands
                    simulation.planted = planted
                    simulation.onlyVerifies = onlyVerifies
                    if onlyVerifies { simulation.verifyEvery = 1 }
                    if planted != nil { simulation.usesActors = false }
                    board.add(seed, simulation.runAndShrink(), onSeed)
                }
            }
        }
        for worker in workers { worker.join() }
        var progress = board.progress
        progress.failures.sort { $0.seed < $1.seed }
        return progress
    }

    /// What the threads share.
    private final class Board: @unchecked Sendable {
        // @unchecked because everything mutable is touched only with `lock` held.
        private let lock = Lock()
        private var next: UInt64
        private var current = Progress()

        init(first: UInt64) { next = first }

        var progress: Progress { lock.withLock { current } }

        func take(upTo last: UInt64, mostFailures: Int) -> UInt64? {
            lock.withLock {
                guard next <= last, current.failures.count < mostFailures else { return nil }
                defer { next += 1 }
                return next
            }
        }

        func add(_ seed: UInt64, _ result: Simulation.Result, _ onSeed: (Progress) -> Void) {
            lock.withLock {
                current.seeds += 1
                current.hash &+= result.hash &* (seed &* 2 &+ 1)
                current.coverage.add(result.coverage)
                if let failure = result.failure { current.failures.append((seed, failure)) }
                onSeed(current)
            }
        }
    }
}
