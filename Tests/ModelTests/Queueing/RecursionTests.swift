import SwitchboardTestKit
import Testing

/// The recursion that each contact of a run is held against, by values worked out by hand.
struct RecursionTests {
    /// Two servers. The third waits for the first to end, the fourth for the second; the last finds both free.
    @Test func `whoever comes first has the server that is free first`() {
        let times = foretold(.everyone, [(0, 10, .max), (1, 20, .max), (2, 5, .max), (3, 4, .max), (30, 1, .max)])
        #expect(times.map(\.left) == [0, 1, 10, 15, 30])
        #expect(times.allSatisfy { $0.fate == .served })
    }

    /// One place: the fourth is refused, and the fifth comes when the place is free again.
    @Test func `who finds all places taken is refused`() {
        let times = foretold(.places(1), [(0, 10, .max), (1, 20, .max), (2, 5, .max), (3, 4, .max), (10, 1, .max)])
        #expect(times.map(\.fate) == [.served, .served, .served, .refused, .served])
        #expect(times.map(\.left) == [0, 1, 10, 3, 15])
    }

    /// The third gives up after 3, so that the fourth has the first server; who would wait exactly as long as their patience is served.
    @Test func `who has waited for too long is gone and holds nobody up`() {
        let times = foretold(.patience(1), [(0, 10, 9), (1, 20, 9), (2, 5, 3), (3, 4, 7)])
        #expect(times.map(\.fate) == [.served, .served, .gone, .served])
        #expect(times.map(\.left) == [0, 1, 5, 10])
    }

    private func foretold(
        _ rule: WaitingRule, _ contacts: [(arrival: Int64, service: Int64, patience: Int64)]
    ) -> [QueueContact] {
        var recursion = ContactRecursion(QueueSystem(servers: 2, service: 1, offered: 1, rule: rule))
        return contacts.map {
            recursion.foretell(QueueContact(arrival: $0.arrival, service: $0.service, patience: $0.patience))
        }
    }
}
