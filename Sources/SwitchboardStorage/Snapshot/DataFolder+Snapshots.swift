import SwitchboardModel

extension DataFolder {
    /// Removes all snapshots but the newest `count`; returns the record of the oldest one kept, nil when there is
    /// none. Journal segments wholly up to that record are needed no more:
    /// `journal.removeSegments(before: oldest.next)`.
    public func pruneSnapshots(keeping count: Int) throws(StorageError) -> LogSequenceNumber? {
        let all = try snapshots()
        let surplus = all.dropLast(count)
        for lsn in surplus { try disk.remove(file(FileName.snapshot(through: lsn))) }
        // Durable before a segment goes: a removed snapshot that came back would miss its journal.
        if !surplus.isEmpty { try disk.syncFolder(path) }
        return all.dropFirst(surplus.count).first
    }
}
