import Testing

@testable import SwitchboardModel

@Suite struct IndexBacklogTests {
    @Test func `who asks waits for what was noted by then, and not for what comes meanwhile`() {
        var backlog = IndexBacklog()
        #expect(backlog.generationToAwait == backlog.finished)
        for id: UInt32 in [5, 3, 5] { backlog.insert(id) }
        #expect(backlog.count == 2)
        let first = backlog.generationToAwait
        #expect(backlog.removeFirst() == 3 && backlog.finished < first)
        // Changed while the others are taken: of the next generation, the same ticket too.
        for id: UInt32 in [3, 1] { backlog.insert(id) }
        let second = backlog.generationToAwait
        #expect(second == first + 1 && backlog.contains(5) && backlog.contains(3))
        #expect(backlog.removeFirst() == 5)
        #expect(backlog.finished == first && backlog.count == 2 && !backlog.contains(5))
        #expect(backlog.removeFirst() == 1 && backlog.finished == first)
        #expect(backlog.removeFirst() == 3 && backlog.finished == second)
        #expect(backlog.removeFirst() == nil && backlog.generationToAwait == backlog.finished)
    }
}
