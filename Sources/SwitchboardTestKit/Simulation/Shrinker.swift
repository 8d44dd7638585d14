/// Makes a failing run shorter: leaves out steps, then single commands, as long as the same rule is still broken.
struct Shrinker {
    let simulation: Simulation
    let rule: SimulationRule
    /// How many runs it may take.
    private(set) var runsLeft = 600

    init(_ simulation: Simulation, _ rule: SimulationRule) {
        self.simulation = simulation
        self.rule = rule
    }

    /// Returns the shortest run that was found, and how it fails.
    mutating func shrink(_ steps: [SimulationStep]) -> (steps: [SimulationStep], failure: Simulation.Failure?) {
        var steps = steps
        var failure = fails(steps)?.failure
        var size = max(steps.count / 2, 1)
        while runsLeft > 0 {
            var isShorter = false
            var start = 0
            while start < steps.count, runsLeft > 0 {
                var shorter = steps
                shorter.removeSubrange(start..<min(start + size, steps.count))
                if let found = fails(shorter) {
                    (steps, failure) = found
                    isShorter = true
                } else {
                    start += size
                }
            }
            if size == 1, !isShorter { break }
            size = max(size / 2, 1)
        }
        leaveOutCommands(&steps, &failure)
        return (steps, failure)
    }

    private mutating func leaveOutCommands(_ steps: inout [SimulationStep], _ failure: inout Simulation.Failure?) {
        var step = steps.count - 1
        while step >= 0 {
            guard step < steps.count else {
                step = steps.count - 1
                continue
            }
            for command in steps[step].commands.indices.reversed() where runsLeft > 0 {
                var commands = steps[step].commands
                guard command < commands.count else { continue }
                commands.remove(at: command)
                var shorter = steps
                shorter[step] = steps[step].with(commands)
                if let found = fails(shorter) {
                    (steps, failure) = found
                    if step >= steps.count { break }
                }
            }
            step -= 1
        }
    }

    /// The part of the steps that was reached, when the same rule is broken.
    private mutating func fails(_ steps: [SimulationStep]) -> (steps: [SimulationStep], failure: Simulation.Failure?)? {
        runsLeft -= 1
        let (result, reached) = simulation.run(steps)
        guard let failure = result.failure, failure.violation.rule == rule else { return nil }
        return (reached, failure)
    }
}

extension Simulation {
    /// Runs the seed; when it fails, the failure is of the shortest run that fails alike.
    public func runAndShrink() -> Result {
        var (result, reached) = run(steps)
        guard let failure = result.failure else { return result }
        var shrinker = Shrinker(self, failure.violation.rule)
        result.failure = shrinker.shrink(reached).failure ?? failure
        return result
    }
}
