import SwitchboardModel

/// A part of a snapshot that was added: taken over from an earlier file, or made anew.
public enum SnapshotPiece: Sendable { case copied, encoded }

extension SnapshotWriter {
    /// Adds all sections of an image, each of about `sectionBytes`. Tickets in whose pages nothing changed since the
    /// snapshot that `previous` describes are copied from there as they are stored; where that cannot be, because the file
    /// is gone or damaged, they are written like all others, and `onDamage` is told what was wrong.
    ///
    /// - Returns: where the tickets are now, for the next snapshot.
    @discardableResult
    public func write(
        _ image: StateImage, sectionBytes: Int, since previous: SnapshotLayout? = nil,
        afterEach: @escaping (SnapshotPiece) -> Void = { _ in }, onDamage: (StorageError) -> Void = { _ in }
    ) throws(StorageError) -> SnapshotLayout {
        var failure: StorageError?
        let write = { (kind: SectionKind, bytes: [UInt8]) -> Bool in
            do throws(StorageError) {
                try self.write(section: kind.rawValue, bytes)
                afterEach(.encoded)
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
            var runs: [TicketRun] = []
            var page = 0
            for run in previous?.shards[shard] ?? [] where failure == nil {
                if !table.hasChanged(in: run.pages, since: run.generation), let blocks = earlier?.blocks(of: run) {
                    runs.append(try add(run, blocks))
                    afterEach(.copied)
                    page = run.pages.upperBound
                    continue
                }
                while page < run.pages.upperBound, failure == nil {
                    runs.append(add(image, shard, page..<run.pages.upperBound, sectionBytes, write))
                    page = runs[runs.count - 1].pages.upperBound
                }
            }
            while page < table.pageCount, failure == nil {
                runs.append(add(image, shard, page..<table.pageCount, sectionBytes, write))
                page = runs[runs.count - 1].pages.upperBound
            }
            layout.shards.append(runs)
        }
        if failure == nil { image.forEachSectionBehindTickets(sectionBytes: sectionBytes, write) }
        if let failure { throw failure }
        if let damage = earlier?.damage { onDamage(damage) }
        return layout
    }

    /// Adds a run of an earlier snapshot, whose blocks these are.
    private func add(_ run: TicketRun, _ blocks: [SnapshotBlocks.Block]) throws(StorageError) -> TicketRun {
        var run = run
        let start = offset
        try write(copying: blocks)
        run.bytes = start..<offset
        return run
    }

    /// Adds tickets from the first of `pages` on: as many pages as make a section, at least one.
    private func add(
        _ image: StateImage, _ shard: Int, _ pages: Range<Int>, _ sectionBytes: Int,
        _ write: @escaping (SectionKind, [UInt8]) -> Bool
    ) -> TicketRun {
        let start = offset
        beginRun()
        let pages = image.forEachSection(ofShard: shard, pages: pages, sectionBytes: sectionBytes, write)
        return TicketRun(
            pages: pages, generation: image.tickets[shard].generation, bytes: start..<offset, checksum: runChecksum)
    }
}
