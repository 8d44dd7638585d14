import SwitchboardModel

/// Reads runs of tickets out of an earlier snapshot's file.
///
/// It believes nothing that it does not find as it was written: the file may be gone, damaged, or another one by now.
final class TicketRuns {
    /// Small, because a kernel without preemption gives the core to nobody while it copies them.
    private static let chunkBytes = 64 << 10

    private let blocks: SnapshotBlocks?
    /// A longer run would take too much memory: one of a file that was written in another order.
    private static let mostBytes = 64 << 20
    /// What was found to be wrong with the file; nothing more is read from it then.
    private(set) var damage: StorageError?

    /// Of the snapshot that `layout` describes.
    init(_ layout: SnapshotLayout, in folder: DataFolder) {
        let path = folder.file(FileName.snapshot(through: layout.lsn))
        blocks = try? SnapshotBlocks(path, on: folder.disk, chunkBytes: Self.chunkBytes)
    }

    /// The blocks of a run; nil where they cannot be had.
    func blocks(of run: TicketRun) -> [SnapshotBlocks.Block]? {
        if run.bytes.isEmpty { return [] }
        guard let blocks, damage == nil, run.bytes.count <= Self.mostBytes else { return nil }
        var found: [SnapshotBlocks.Block] = []
        var offset = run.bytes.lowerBound
        var checksum: UInt32 = 0
        do throws(StorageError) {
            try blocks.readAhead(run.bytes)
            while offset < run.bytes.upperBound {
                let block = try blocks.block(at: offset)
                offset += block.headerBytes.count + block.stored.count
                checksum = Checksum.crc32(block.headerBytes, continuing: checksum)
                found.append(block)
            }
            guard offset == run.bytes.upperBound, checksum == run.checksum else {
                throw blocks.damaged("it is not what was written there", at: run.bytes.lowerBound)
            }
            return found
        } catch {
            damage = error
            return nil
        }
    }
}
