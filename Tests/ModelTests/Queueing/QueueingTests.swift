import SwitchboardModel
import SwitchboardTestKit
import Testing

/// The balancer is a queue of theory, and behaves as one. `make queueing` runs many more contacts.
struct QueueingTests {
    @Test(arguments: QueueCase.all.indices) func `the balancer agrees with theory within 99_9 percent`(index: Int) {
        let report = QueueReport(QueueCase.all[index], contacts: 10_000, seed: UInt64(index + 1))
        print(report.lines.joined(separator: "\n"))
        #expect(report.problems.isEmpty)
        for figure in report.figures {
            #expect(figure.agrees, "\(figure.name): \(figure.theory), \(figure.measured)")
        }
    }

    /// A test of the tests: the figures must tell systems apart that differ by little.
    @Test func `a theory of one agent more or five percent more work does not agree`() {
        let desk = QueueCase(QueueSystem(servers: 5, service: 300, offered: 3.5, rule: .everyone))
        var more = desk.system
        more.servers += 1
        #expect(!QueueReport(desk, theory: more, contacts: 12_000, seed: 1).agrees)
        let lossy = QueueCase(QueueSystem(servers: 10, service: 300, offered: 8, rule: .places(0)))
        var busier = lossy.system
        busier.offered *= 1.05
        #expect(!QueueReport(lossy, theory: busier, contacts: 12_000, seed: 1).agrees)
    }

    /// The time that each contact waits follows from the arrivals and the service times alone (Kiefer and Wolfowitz 1955).
    @Test func `each contact waits for as long whatever the strategy`() {
        let system = QueueSystem(servers: 6, service: 300, offered: 5.4, rule: .everyone)
        var first: [QueueContact]?
        for strategy in Strategy.allCases where strategy != .manual {
            for assignment in [AssignmentMode.direct, .offer] where strategy != .ringAll || assignment == .offer {
                var desk = QueueCase(system)
                desk.strategy = strategy
                desk.assignment = assignment
                let run = QueueRun(desk, contacts: 1000, seed: 7)
                #expect(run.problems.isEmpty, "\(desk.name)")
                first = first ?? run.contacts
                #expect(run.contacts == first, "\(desk.name)")
            }
        }
        #expect(first?.count { $0.wait > 0 } ?? 0 > 500)
    }
}
