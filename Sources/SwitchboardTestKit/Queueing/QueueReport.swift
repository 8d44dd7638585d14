/// What a case gave beside what theory says, each figure with its confidence interval.
public struct QueueReport: Sendable {
    public struct Figure: Sendable {
        public var name: String
        public var theory: Double
        public var measured: BatchMeans
        public var agrees: Bool { measured.covers(theory) }
    }

    public let name: String
    public let contacts: Int
    public let figures: [Figure]
    /// What was wrong in itself, whatever theory says.
    public let problems: [String]

    public static let confidence = 0.999
    /// Batches of one run, after one that is left out because the run begins empty.
    static let batches = 20

    /// Runs of so many contacts each, with seeds one after the other.
    ///
    /// - Parameter theory: what to compare with; the system that the desk is, where none is given.
    public init(_ desk: QueueCase, theory: QueueSystem? = nil, contacts: Int, runs: Int = 1, seed: UInt64) {
        name = desk.name
        self.contacts = contacts * runs
        let law = QueueLaw(theory ?? desk.system)
        var batches: [QueueBatch] = []
        var problems: [String] = []
        for number in 0..<UInt64(runs) {
            let run = QueueRun(desk, contacts: contacts, seed: seed &+ number)
            problems += run.problems
            let length = contacts / (Self.batches + 1)
            for batch in 1...Self.batches {
                batches.append(QueueBatch(run, batch * length..<min((batch + 1) * length, contacts - 1)))
            }
        }
        self.problems = problems
        figures = Self.figures(law, batches)
    }

    private static func figures(_ law: QueueLaw, _ batches: [QueueBatch]) -> [Figure] {
        func figure(_ name: String, _ theory: Double, _ of: (QueueBatch) -> Double) -> Figure {
            Figure(name: name, theory: theory, measured: BatchMeans(batches.map(of), confidence: confidence))
        }
        var figures = [figure("busy", law.utilisation) { $0.busy(servers: law.system.servers) }]
        if case .places = law.system.rule { figures.append(figure("lost", law.lost) { $0.lost }) }
        if law.abandoned > 0 { figures.append(figure("abandoned", law.abandoned) { $0.abandoned }) }
        if law.waits > 0 {
            figures.append(figure("wait at all", law.waits) { $0.waits })
            figures.append(figure("mean wait, s", law.meanWait) { $0.meanWait })
            figures.append(figure("queue length", law.queueLength) { $0.queueLength })
            let mean = law.meanWait / law.waits
            for share in [0.25, 1, 2] {
                let time = (share * mean).rounded()
                figures.append(figure("served in \(Int(time)) s", law.served(within: time)) { $0.served(within: time) })
            }
        }
        return figures
    }

    public var agrees: Bool { problems.isEmpty && figures.allSatisfy(\.agrees) }

    /// One line for each figure.
    public var lines: [String] {
        ["\(name): \(contacts) contacts"]
            + figures.map { figure in
                "  \(figure.name.padded(to: 18)) theory \(decimals(figure.theory, 4).padded(to: 10))"
                    + " measured \(decimals(figure.measured.mean, 4).padded(to: 10)) ± "
                    + decimals(figure.measured.bound, 4).padded(to: 9) + (figure.agrees ? "" : " OUTSIDE")
            } + problems.map { "  WRONG \($0)" }
    }
}

/// The contacts that came one after the other in one stretch of a run, and what went on meanwhile.
struct QueueBatch {
    private let contacts: ArraySlice<QueueContact>
    private let admitted: Double
    private let span: Double
    private let waited: Double
    private let worked: Double

    init(_ run: QueueRun, _ range: Range<Int>) {
        contacts = run.contacts[range]
        admitted = Double(contacts.count { $0.fate != .refused })
        span = Double(run.contacts[range.upperBound].arrival - run.contacts[range.lowerBound].arrival)
        waited = Double(run.waitedBefore[range.upperBound] - run.waitedBefore[range.lowerBound])
        worked = Double(run.workedBefore[range.upperBound] - run.workedBefore[range.lowerBound])
    }

    func busy(servers: Int) -> Double { worked / span / Double(servers) }
    var queueLength: Double { waited / span }
    var lost: Double { share(of: Double(contacts.count)) { $0.fate == .refused } }
    var abandoned: Double { share(of: admitted) { $0.fate == .gone } }
    var waits: Double { share(of: admitted) { $0.wait > 0 } }
    var meanWait: Double { contacts.reduce(0) { $0 + Double($1.wait) } / admitted / 1000 }

    func served(within seconds: Double) -> Double {
        share(of: admitted) { $0.fate == .served && Double($0.wait) <= seconds * 1000 }
    }

    private func share(of all: Double, _ condition: (QueueContact) -> Bool) -> Double {
        Double(contacts.count(where: condition)) / all
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
}
