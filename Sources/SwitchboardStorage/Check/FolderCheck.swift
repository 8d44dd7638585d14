import SwitchboardModel

/// Looks at every file of a data folder and at the state that they give, and changes nothing.
public struct FolderCheck {
    private let folder: DataFolder
    private var findings = FolderFindings()
    private var state = RecoveredState(shards: 1)
    /// The last record that `state` has.
    private var reached = LogSequenceNumber.none
    private var usedSnapshot: LogSequenceNumber?
    private var replayed = 0
    /// Set at the first record that a server would not get past.
    private var isStopped = false

    /// Throws only what the disk refuses; what is wrong with the files stands in the findings.
    public static func run(_ folder: DataFolder) throws(StorageError) -> FolderFindings {
        var check = FolderCheck(folder: folder)
        try check.readSnapshots()
        try check.readJournal()
        check.finish()
        return check.findings
    }

    private init(folder: DataFolder) { self.folder = folder }

    // MARK: Snapshots

    private mutating func readSnapshots() throws(StorageError) {
        let all = try folder.snapshots()
        for record in all { try readSnapshot(record) }
        // The newest good one, once more, to stay.
        for snapshot in findings.snapshots.reversed() where snapshot.condition == .good {
            state.reset()
            var ignored = snapshot
            try load(snapshot.record, &ignored)
            reached = snapshot.record
            usedSnapshot = snapshot.record
            return
        }
        state.reset()
        if !all.isEmpty { findings.gaps.append("no snapshot is good, and starting empty would lose everything") }
    }

    private mutating func readSnapshot(_ record: LogSequenceNumber) throws(StorageError) {
        let path = folder.file(FileName.snapshot(through: record))
        var found = FolderFindings.Snapshot(
            name: FileName.last(of: path), record: record, bytes: try size(path))
        state.reset()
        do throws(StorageError) {
            try load(record, &found)
        } catch {
            guard let condition = FolderFindings.Condition(error, offset: 0) else { throw error }
            found.condition = condition
        }
        findings.snapshots.append(found)
    }

    private func load(_ record: LogSequenceNumber, _ found: inout FolderFindings.Snapshot) throws(StorageError) {
        let reader = try SnapshotReader(folder, lsn: record)
        found.createdMilliseconds = reader.createdMilliseconds
        var section: [UInt8] = []
        var offset = reader.offset
        while let kind = try reader.next(into: &section) {
            do throws(ByteReader.Malformed) { try state.load(kind, section) } catch {
                throw .damaged("the content cannot be used: \(error.what)", reader.path, at: offset)
            }
            offset = reader.offset
            found.sections += 1
        }
        do throws(ByteReader.Malformed) { try state.endLoad(record) } catch {
            throw .damaged("the content cannot be used: \(error.what)", reader.path, at: offset)
        }
    }

    // MARK: Journal

    private mutating func readJournal() throws(StorageError) {
        let all = try folder.segments()
        if let first = all.first, first > reached.next {
            findings.gaps.append(
                "the journal begins with record \(first.rawValue), and the records from \(reached.next.rawValue) on are "
                    + "in no file")
            isStopped = true
        }
        if let missing = try folder.missingNewestSegment(all) {
            findings.missingNewest = missing
            findings.gaps.append(StorageError.newestIsMissing(missing, in: folder).message)
        }
        for (place, first) in all.enumerated() {
            try readSegment(first, following: place + 1 < all.count ? all[place + 1] : nil)
        }
        // A snapshot is only finished when the journal has its record.
        if let newest = findings.snapshots.last, newest.condition.isBad, reached < newest.record, usedSnapshot != nil {
            findings.gaps.append(
                "the journal gives no state after record \(reached.rawValue), and there was a snapshot of record "
                    + "\(newest.record.rawValue)")
        }
    }

    private mutating func readSegment(
        _ first: LogSequenceNumber, following: LogSequenceNumber?
    ) throws(StorageError) {
        let path = folder.file(FileName.segment(first: first))
        var found = FolderFindings.Segment(name: FileName.last(of: path), first: first, bytes: try size(path))
        defer { findings.segments.append(found) }
        let isNeeded = following.map { $0 > reached.next } ?? true
        var reader: SegmentReader
        do throws(StorageError) {
            guard let opened = try SegmentReader.open(first, in: folder) else {
                let what = "the segment's header is cut off"
                let isNoted = try folder.notedNewestSegment() == first
                let isTorn = following == nil && !isNoted
                found.condition =
                    isTorn
                    ? .torn(what: what, offset: 0, bytes: found.bytes)
                    : .damaged(what: "\(path) is damaged: \(what)", offset: 0)
                if !isTorn, isNeeded { isStopped = true }
                return
            }
            reader = opened
        } catch {
            guard let condition = FolderFindings.Condition(error, offset: 0) else { throw error }
            found.condition = condition
            if isNeeded { isStopped = true }
            return
        }
        defer { reader.file.close() }
        while following == nil || reader.next < following! {
            let offset = reader.offset
            switch try reader.step() {
            case .record(let record, let payload):
                if let condition = take(record, payload, path, offset, &found) {
                    found.condition = condition
                    return
                }
            case .end:
                guard let following else { return }
                findings.gaps.append(
                    "\(found.name) ends before record \(reader.next.rawValue), the next file begins with "
                        + "\(following.rawValue)")
                if isNeeded { isStopped = true }
                return
            case .bad(let what):
                if following == nil, TornTail.explains(try reader.rest(), at: offset, expected: reader.next) {
                    found.condition = .torn(what: what, offset: offset, bytes: reader.size - offset)
                } else {
                    found.condition = .damaged(
                        what: StorageError.damaged(what, path, at: offset).message, offset: offset)
                    if isNeeded { isStopped = true }
                }
                return
            }
        }
    }

    /// Counts one record and applies it where a server would; returns what is wrong with it.
    private mutating func take(
        _ record: LogSequenceNumber, _ payload: ArraySlice<UInt8>, _ path: String, _ offset: Int,
        _ found: inout FolderFindings.Segment
    ) -> FolderFindings.Condition? {
        do throws(ByteReader.Malformed) {
            let time = try RecordCodec.decode(payload).time
            if !isStopped, record == reached.next {
                try state.apply(payload, record)
                reached = record
                replayed += 1
            }
            found.records += 1
            found.oldest = found.oldest ?? time
            found.newest = time
            return nil
        } catch {
            if record > reached { isStopped = true }
            let what = "record \(record.rawValue) cannot be used: \(error.what)"
            return error.isNewer
                ? .newer("\(path): \(what)")
                : .damaged(what: StorageError.damaged(what, path, at: offset).message, offset: offset)
        }
    }

    // MARK: State

    private mutating func finish() {
        guard usedSnapshot != nil || findings.snapshots.isEmpty else { return }
        let image = state.image
        findings.state = FolderFindings.State(
            last: reached, snapshot: usedSnapshot, recordsReplayed: replayed,
            departments: image.routing.departments.count { !$0.isRemoved }, agents: image.routing.agentCount,
            tickets: image.tickets.reduce(0) { $0 + $1.reduce(0) { count, _ in count + 1 } },
            timers: image.routing.timers.count, skips: image.routing.skipCount, verification: image.verify())
    }

    private func size(_ path: String) throws(StorageError) -> Int {
        let file = try folder.disk.open(path, .read)
        defer { file.close() }
        return try file.size()
    }
}
