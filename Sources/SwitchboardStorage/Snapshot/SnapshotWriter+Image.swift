import SwitchboardModel

extension SnapshotWriter {
    /// Adds all sections of an image, each of about `sectionBytes`. Tickets in whose pages nothing changed since the
    /// snapshot that `previous` describes are copied from there as they are stored; where that cannot be, because the file
    /// is gone or damaged, they are written like all others, and `onDamage` is told what was wrong.
    ///
    /// - Returns: where the tickets are now, for the next snapshot.
    @discardableResult
    public func write(
        _ image: StateImage, sectionBytes: Int, since previous: SnapshotLayout? = nil,
        afterEach: @escaping () -> Void = {}, onDamage: (StorageError) -> Void = { _ in }
    ) throws(StorageError) -> SnapshotLayout {
        var failure: StorageError?
        let write = { (kind: SectionKind, bytes: [UInt8]) -> Bool in
            do throws(StorageError) {
                try self.write(section: kind.rawValue, bytes)
                afterEach()
                return true
            } catch {
                failure = error
                return false
            }
        }
        let earlier = previous.map { TicketRuns($0, in: folder) }
        var layout = SnapshotLayout(lsn: image.routing.lastRecord, shards: [])
        image.forEachSectionBeforeTickets(sectionBytes: sectionBytes, write)
        for shard in image.tickets.indices {
            let table = image.tickets[shard]
            var page = 0
            for run in previous?.shards[shard] ?? [] where failure == nil {
                if !table.hasChanged(in: run.pages, since: run.generation), let blocks = earlier?.blocks(of: run) {
                    beginRun()
                    try self.write(copying: blocks)
                    endRun(run.pages, generation: run.generation)
                    afterEach()
                    page = run.pages.upperBound
                    continue
                }
                while page < run.pages.upperBound, failure == nil {
                    page = add(image, shard, page..<run.pages.upperBound, sectionBytes, write)
                }
            }
            while page < table.pageCount, failure == nil {
                page = add(image, shard, page..<table.pageCount, sectionBytes, write)
            }
            if failure == nil { layout.shards.append(try takeRuns()) }
        }
        if failure == nil { image.forEachSectionBehindTickets(sectionBytes: sectionBytes, write) }
        if let failure { throw failure }
        if let damage = earlier?.damage { onDamage(damage) }
        return layout
    }

    /// Adds tickets from the first of `pages` on: as many pages as make a section, at least one. Answers the page behind.
    private func add(
        _ image: StateImage, _ shard: Int, _ pages: Range<Int>, _ sectionBytes: Int,
        _ write: @escaping (SectionKind, [UInt8]) -> Bool
    ) -> Int {
        beginRun()
        let pages = image.forEachSection(ofShard: shard, pages: pages, sectionBytes: sectionBytes, write)
        endRun(pages, generation: image.tickets[shard].generation)
        return pages.upperBound
    }
}
