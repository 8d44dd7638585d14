/// Where the tickets of one section are.
public struct LoadedTickets: Sendable {
    public var shard: Int
    public var pages: Range<Int>

    struct Finder {
        private var shard = 0
        private var first: TicketID?
        private var last = TicketID(0)
        private var pages = 0..<0
        private var isInOrder = true

        mutating func add(_ id: TicketID, _ shards: Shards) {
            let place = shards.shard(id)
            let page = shards.tickets[place].page(of: id)
            if first == nil {
                first = id
                shard = place
                pages = page..<page + 1
            }
            isInOrder = isInOrder && place == shard && last < id
            if isInOrder { pages = pages.lowerBound..<page + 1 }
            last = id
        }

        var found: LoadedTickets? {
            first == nil || !isInOrder ? nil : LoadedTickets(shard: shard, pages: pages)
        }
    }
}
