import SwitchboardModel
import SwitchboardPlatform

/// What is kept of snapshots and of the journal.
public struct Retention: Sendable {
    /// Whole snapshots that are kept; a damaged one does not count.
    public var snapshots = 3
    /// Past so many bytes of journal files the oldest snapshots go early, and the segments with them; the newest stays.
    public var journalBytes = 8 << 30
    /// Snapshots known to be whole, because they were read or written by this process.
    private var whole: Set<LogSequenceNumber> = []

    public init() {}

    /// The snapshot of `lsn` was read or written to its end.
    public mutating func trust(_ lsn: LogSequenceNumber) { whole.insert(lsn) }

    /// The snapshot of `lsn` may not be whole any more: it is read again before it counts.
    public mutating func doubt(_ lsn: LogSequenceNumber) { whole.remove(lsn) }

    /// Removes the snapshots that are not kept, then the segments that no kept one needs.
    ///
    /// A snapshot that this process has neither read nor written is read to its end first. Blocks for as long.
    public mutating func apply(to folder: DataFolder, _ journal: Journal) throws(StorageError) {
        var good = try newestWhole(in: folder)
        while let oldest = good.last {
            // Nothing goes before there are enough of them, as nobody can say what a damaged one is still good for.
            if good.count >= snapshots { try folder.removeSnapshots(before: oldest) }
            _ = try journal.removeSegments(before: oldest.next)
            let bytes = try folder.journalBytes()
            guard bytes > journalBytes, good.count > 1 else { return }
            good.removeLast()
            Log.info(
                "the journal has \(bytes) bytes, over its limit of \(journalBytes): the snapshot of record "
                    + "\(oldest.rawValue) goes, and the files that only it needs")
            try folder.removeSnapshots(before: good[good.count - 1])
        }
    }

    /// The newest whole snapshots, at most as many as are kept; the newest first.
    private mutating func newestWhole(in folder: DataFolder) throws(StorageError) -> [LogSequenceNumber] {
        let all = try folder.snapshots()
        whole.formIntersection(all)
        var good: [LogSequenceNumber] = []
        for lsn in all.reversed() where good.count < snapshots {
            if whole.contains(lsn) || folder.isWhole(lsn) {
                whole.insert(lsn)
                good.append(lsn)
            } else {
                Log.warning("the snapshot of record \(lsn.rawValue) is damaged and does not count among those kept")
            }
        }
        return good
    }
}

extension DataFolder {
    /// The bytes of all segments, the zeros ahead of their records included.
    ///
    /// With `lsn`, only of segments that hold a record after it.
    public func journalBytes(after lsn: LogSequenceNumber = .none) throws(StorageError) -> Int {
        let segments = try segments()
        var bytes = 0
        for (index, first) in segments.enumerated() {
            if index + 1 < segments.count, segments[index + 1] <= lsn.next { continue }
            let segment = try disk.open(file(FileName.segment(first: first)), .read)
            defer { segment.close() }
            bytes += try segment.size()
        }
        return bytes
    }

    fileprivate func removeSnapshots(before lsn: LogSequenceNumber) throws(StorageError) {
        let old = try snapshots().filter { $0 < lsn }
        for lsn in old { try disk.remove(file(FileName.snapshot(through: lsn))) }
        // Durable before a segment goes: a removed snapshot that came back would miss its journal.
        if !old.isEmpty { try disk.syncFolder(path) }
    }

    fileprivate func isWhole(_ lsn: LogSequenceNumber) -> Bool {
        do throws(StorageError) {
            let reader = try SnapshotReader(self, lsn: lsn)
            var section: [UInt8] = []
            while try reader.next(into: &section) != nil {}
            return true
        } catch {
            return false
        }
    }
}
