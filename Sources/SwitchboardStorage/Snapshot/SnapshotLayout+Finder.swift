import SwitchboardModel

extension SnapshotLayout {
    /// Finds out the layout while a snapshot is loaded. There is none for one whose tickets lie in the order of other shards.
    struct Finder {
        private var layout: SnapshotLayout
        private var isUsable = true

        init(lsn: LogSequenceNumber) { layout = SnapshotLayout(lsn: lsn, shards: []) }

        /// The next section of tickets is at `place` and has these.
        mutating func add(_ tickets: LoadedTickets?, _ place: SectionPlace) {
            guard isUsable, let tickets, tickets.shard >= layout.shards.count - 1 else {
                isUsable = false
                return
            }
            while layout.shards.count <= tickets.shard { layout.shards.append([]) }
            var runs = layout.shards[tickets.shard]
            layout.shards[tickets.shard] = []
            defer { layout.shards[tickets.shard] = runs }
            let end = runs.last?.pages.upperBound ?? 0
            if tickets.pages.lowerBound >= end {
                // Pages that no section has are empty.
                runs.append(
                    TicketRun(
                        pages: end..<tickets.pages.upperBound, generation: 0, bytes: place.bytes,
                        checksum: Checksum.crc32(place.headers)))
            } else {
                // It begins in a page of the one before it, which must be the next in the file.
                guard runs[runs.count - 1].bytes.upperBound == place.bytes.lowerBound,
                    tickets.pages.lowerBound == end - 1
                else {
                    isUsable = false
                    return
                }
                runs[runs.count - 1].append(place, pagesTo: tickets.pages.upperBound)
            }
        }

        /// The layout, once all was loaded into tables of which these are the images.
        func found(_ tables: [TicketTable]) -> SnapshotLayout? {
            guard isUsable, layout.shards.count <= tables.count else { return nil }
            var layout = layout
            while layout.shards.count < tables.count { layout.shards.append([]) }
            for shard in tables.indices {
                for place in layout.shards[shard].indices {
                    layout.shards[shard][place].generation = tables[shard].generation
                }
            }
            return layout
        }
    }
}
