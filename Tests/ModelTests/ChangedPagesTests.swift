import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// Which pages of tickets changed since an image was taken: what a snapshot may take over from the one before.
@Suite struct ChangedPagesTests {
    private static let pageSize = 256

    private func store(of pages: Int) -> TicketStore {
        var store = TicketStore()
        for position in 0..<pages * Self.pageSize { store.insert(Ticket(), at: position) }
        return store
    }

    /// The pages that changed since the generation `generation`.
    private func changed(_ store: TicketStore, since generation: UInt32) -> [Int] {
        (0..<store.pageCount).filter { store.hasChanged(in: $0..<$0 + 1, since: generation) }
    }

    @Test func `each way to change a ticket marks its page, and looking marks none`() {
        var store = store(of: 4)
        let image = store
        store.beginGeneration()
        #expect(changed(store, since: image.generation) == [])
        _ = store[3]
        _ = store[existing: 3].priority
        _ = store.has(3)
        #expect(changed(store, since: image.generation) == [])
        store[existing: Self.pageSize].priority = 3
        #expect(changed(store, since: image.generation) == [1])
        store.remove(at: 2 * Self.pageSize)
        #expect(changed(store, since: image.generation) == [1, 2])
        store.insert(Ticket(), at: 4 * Self.pageSize)
        #expect(changed(store, since: image.generation) == [1, 2, 4])
        store.insert(Ticket(), at: 2 * Self.pageSize)
        #expect(changed(image, since: image.generation) == [])
        let next = store
        store.beginGeneration()
        #expect(changed(store, since: next.generation) == [])
        #expect(changed(store, since: image.generation) == [1, 2, 4])
    }

    @Test func `a ticket far beyond the others marks its own page alone`() {
        var store = store(of: 1)
        let image = store
        store.beginGeneration()
        store.insert(Ticket(), at: 1000 * Self.pageSize + 7)
        // Pages between are new, and empty; a page that was there before is as it was.
        #expect(!store.hasChanged(in: 0..<1, since: image.generation))
        #expect(store.hasChanged(in: 1000..<1001, since: image.generation))
        #expect(Array(store.tickets(inPage: 500)).isEmpty)
        #expect(Array(store.tickets(inPage: 1000)).count == 1)
    }

    @Test func `sections page by page hold what the sections of all hold`() throws {
        var world = World.full(shards: 3)
        let whole = world.image
        let tables = world.shards.ticketImages()
        let image = StateImage(tickets: tables, agents: world.shards.agents, routing: world.routing.image())
        final class Collected { var sections: [(kind: SectionKind, bytes: [UInt8])] = [] }
        let collected = Collected()
        let add = { (kind: SectionKind, bytes: [UInt8]) -> Bool in
            collected.sections.append((kind, bytes))
            return true
        }
        image.forEachSectionBeforeTickets(sectionBytes: 100, add)
        for shard in tables.indices {
            var page = 0
            while page < tables[shard].pageCount {
                let done = image.forEachSection(
                    ofShard: shard, pages: page..<tables[shard].pageCount, sectionBytes: 100, add)
                #expect(done.lowerBound == page && !done.isEmpty)
                page = done.upperBound
            }
        }
        image.forEachSectionBehindTickets(sectionBytes: 100, add)
        let again = try loaded(collected.sections, shards: 3)
        #expect(sections(of: again).map(\.bytes) == sections(of: whole).map(\.bytes))
    }
}
