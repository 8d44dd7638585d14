import SwitchboardTestKit
import Testing

/// The formulas against published figures, each rounded as it was printed.
struct FormulaTests {
    /// The manual of Westbay's Erlang calculators, "How much traffic?": 15 lines carry 8.108 erlangs at 1 %. Tables of Erlang B, as in
    /// V. B. Iversen, "Teletraffic Engineering and Network Planning": 4.46, 12.03, 84.06 erlangs for 10, 20, 100.
    @Test func `Erlang B is as in the tables`() {
        for (lines, offered) in [(15, 8.108), (10, 4.461), (20, 12.03), (100, 84.06)] {
            #expect(near(Erlang.b(servers: lines, offered: offered), 0.01, 0.00001))
        }
        let none = QueueLaw(QueueSystem(servers: 10, service: 300, offered: 4.461, rule: .places(0)))
        #expect(near(none.lost, 0.01, 0.00001))
        #expect(none.waits == 0)
    }

    /// D. Gross, C. M. Harris, "Fundamentals of Queueing Theory", 3rd ed. 1998, section 2.3, the eye clinic: three doctors, 6 patients an hour, 20
    /// minutes each: 8/9 wait on average. M/M/2 at half its capacity is the textbook's 1/3.
    @Test func `Erlang C is as in the textbook`() {
        #expect(near(Erlang.c(servers: 3, offered: 2), 4.0 / 9, 1e-12))
        #expect(near(Erlang.c(servers: 2, offered: 1), 1.0 / 3, 1e-12))
        let clinic = QueueLaw(QueueSystem(servers: 3, service: 1200, offered: 2, rule: .everyone))
        #expect(near(clinic.queueLength, 8.0 / 9, 1e-12))
        #expect(near(clinic.meanWait, 8.0 / 9 * 600, 1e-9))
    }

    /// Garnett, Mandelbaum and Reiman 2002, table 1: 50 agents, 48 calls a minute, a minute each, without and with a mean patience of two
    /// minutes.
    @Test func `calls with and without patience are as in the table of Garnett and others`() {
        let patient = QueueLaw(QueueSystem(servers: 50, service: 60, offered: 48, rule: .everyone))
        #expect(near(patient.meanWait, 20.8, 0.05))
        #expect(near(patient.served(within: 58.1), 0.9, 0.0005))
        #expect(near(patient.queueLength, 17, 0.5))
        #expect(near(patient.utilisation, 0.96, 0.005))
        let leaving = QueueLaw(QueueSystem(servers: 50, service: 60, offered: 48, rule: .patience(120)))
        #expect(near(leaving.abandoned, 0.031, 0.0005))
        #expect(near(leaving.meanWait, 3.7, 0.05))
        #expect(near(leaving.queueLength, 3, 0.5))
        #expect(near(leaving.utilisation, 0.93, 0.005))
        // 12.5 s is the wait that nine in ten stay below, served or not.
        let served = leaving.served(within: 12.5)
        #expect(served < 0.9 && served + leaving.abandoned > 0.9)
    }

    /// Gross and Harris 1998, section 2.4, the inspection station: three stalls of 6 minutes, a car a minute, room for four more.
    @Test func `few places are as in the textbook`() {
        let station = QueueLaw(QueueSystem(servers: 3, service: 360, offered: 6, rule: .places(4)))
        #expect(near(station.queueLength, 3.09, 0.005))
        #expect(near(station.lost * 60, 30.3, 0.05))
        // 12.3 minutes in the system are printed, from figures rounded before.
        #expect(near(station.meanWait / 60 + 6, 12.24, 0.005))
    }

    /// Two ways to one figure, and laws that pass into each other.
    @Test func `laws agree where they meet`() {
        func system(_ rule: WaitingRule) -> QueueLaw {
            QueueLaw(QueueSystem(servers: 5, service: 300, offered: 3.5, rule: rule))
        }
        let everyone = system(.everyone)
        for other in [system(.places(400)), system(.patience(1e9)), system(.limit(20_000))] {
            #expect(near(other.waits, everyone.waits, 1e-5))
            #expect(near(other.meanWait, everyone.meanWait, 1e-2))
            for time in [0.0, 20, 100, 400] {
                #expect(near(other.served(within: time), everyone.served(within: time), 1e-5))
            }
        }
        // By the birth and death process, and by the density of the wait.
        let leaving = system(.patience(200))
        #expect(near(leaving.served(within: 4000), 1 - leaving.abandoned, 1e-6))
        let limited = system(.limit(60))
        #expect(near(limited.served(within: 60), 1 - limited.abandoned, 1e-9))
        #expect(near(limited.utilisation * 5, 3.5 * (1 - limited.abandoned), 1e-9))
        #expect(near(system(.limit(0)).abandoned, Erlang.b(servers: 5, offered: 3.5), 1e-9))
    }

    /// Abramowitz and Stegun, table 26.10.
    @Test func `Student's quantiles are as in the tables`() {
        for (confidence, freedom, value) in [
            (0.95, 1, 12.706), (0.95, 2, 4.303), (0.99, 9, 3.250), (0.999, 19, 3.883), (0.999, 30, 3.646),
        ] {
            #expect(near(StudentT.quantile(confidence, freedom: freedom), value, 0.0005))
        }
    }

    @Test func `an interval covers the mean as often as it says`() {
        var chance = SeededChance(seed: 3)
        let covered = (0..<4000).count { _ in
            // Sums of twelve are close to normal; their mean is 6.
            let batches = (0..<10).map { _ in
                (0..<12).reduce(0.0) { sum, _ in sum + .random(in: 0..<1, using: &chance) }
            }
            return BatchMeans(batches, confidence: 0.9).covers(6)
        }
        #expect((3540...3660).contains(covered))
    }

    private func near(_ value: Double, _ expected: Double, _ most: Double) -> Bool { abs(value - expected) <= most }
}
