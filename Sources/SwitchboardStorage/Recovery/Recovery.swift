import SwitchboardModel
import SwitchboardPlatform

/// The way back to the state before: the newest good snapshot, then every journal record after it.
public enum Recovery {
    public struct Report: Equatable, Sendable {
        /// The last record contained in the recovered state: where the new journal goes on.
        public var last: LogSequenceNumber
        /// The snapshot used, by its last record; nil when the journal alone made the state.
        public var snapshot: LogSequenceNumber?
        /// When that snapshot was taken: real time, since 1970.
        public var snapshotCreatedMilliseconds: Int64?
        public var sectionsLoaded = 0
        public var recordsReplayed = 0
        /// Bytes of the records replayed, as they are in their files.
        public var bytesReplayed = 0
        /// Bytes of a torn tail that were cut off the journal.
        public var bytesCut = 0
        /// What was wrong with each newer snapshot that was passed over.
        public var defects: [String] = []
    }

    /// What the caller does with what is found; the engine's part of a recovery.
    public struct Callbacks {
        /// Empties the state. Called before every attempt, also after one that went wrong half-way.
        public var begin: () -> Void
        /// Takes one section of a snapshot: its kind and its bytes, as they were written. A throw makes the
        /// snapshot count as damaged.
        public var loadSection: (_ kind: UInt8, _ bytes: [UInt8]) throws -> Void
        /// Told where that section is in the snapshot of `record`.
        var noteSection: (_ record: LogSequenceNumber, _ kind: UInt8, _ place: SectionPlace) -> Void = { _, _, _ in }
        /// Called when the snapshot was read and verified to its end; a throw makes it count as damaged.
        public var endLoad: (_ record: LogSequenceNumber) throws -> Void
        /// Applies one record. A throw ends the recovery.
        public var applyRecord: (_ lsn: LogSequenceNumber, _ payload: ArraySlice<UInt8>) throws -> Void

        public init(
            begin: @escaping () -> Void, loadSection: @escaping (UInt8, [UInt8]) throws -> Void,
            endLoad: @escaping (LogSequenceNumber) throws -> Void = { _ in },
            applyRecord: @escaping (LogSequenceNumber, ArraySlice<UInt8>) throws -> Void
        ) {
            self.begin = begin
            self.loadSection = loadSection
            self.endLoad = endLoad
            self.applyRecord = applyRecord
        }
    }

    /// Rebuilds the state from `folder`, an empty one included.
    ///
    /// A damaged snapshot is passed over for the one before it and the journal since then, with a log line. Throws,
    /// rather than lose anything: `.noGoodSnapshot` when snapshots exist and none is good, `.gap` when the journal
    /// does not reach from the snapshot used to where a damaged newer one was, `.damaged` for a bad record that a
    /// crash does not explain; their messages say which command looks into it. After a throw the caller's state is
    /// undefined.
    ///
    /// `reached` is called when the snapshot is loaded and after each record.
    public static func run(
        _ folder: DataFolder, into state: RecoveredState, reached: @escaping (LogSequenceNumber) -> Void = { _ in }
    ) throws(StorageError) -> Report {
        var callbacks = state.callbacks
        let (endLoad, applyRecord) = (callbacks.endLoad, callbacks.applyRecord)
        callbacks.endLoad = { record in
            try endLoad(record)
            reached(record)
        }
        callbacks.applyRecord = { record, payload in
            try applyRecord(record, payload)
            reached(record)
        }
        return try run(folder, callbacks)
    }

    /// As above, with anything made of what is found.
    public static func run(_ folder: DataFolder, _ callbacks: Callbacks) throws(StorageError) -> Report {
        do throws(StorageError) {
            return try find(folder, callbacks)
        } catch {
            guard error.code.isDamage else { throw error }
            throw StorageError(
                error.code,
                "\(error.message) (see 'switchboard check --data \(folder.path)', which with --repair mends what can be mended)",
                errno: error.errno)
        }
    }

    private static func find(_ folder: DataFolder, _ callbacks: Callbacks) throws(StorageError) -> Report {
        var report = Report(last: .none)
        let snapshots = try folder.snapshots()
        for lsn in snapshots.reversed() {
            do throws(StorageError) {
                try load(lsn, from: folder, callbacks, &report)
                break
            } catch {
                // A disk that cannot be read is no damage, and another start may find it well.
                guard error.code.isDamage || error.code == .newerFormat else { throw error }
                report.defects.append(error.message)
                Log.warning("the snapshot of record \(lsn.rawValue) cannot be used: \(error.message)")
            }
        }
        if report.snapshot == nil {
            guard snapshots.isEmpty else {
                throw StorageError(
                    .noGoodSnapshot,
                    "no snapshot in \(folder.path) is good, and starting empty would lose everything: "
                        + report.defects.joined(separator: "; "))
            }
            callbacks.begin()
        }
        var progress = RecoveryProgress(totalBytes: try folder.journalBytes(after: report.last))
        var bytesReplayed = 0
        let journal = try JournalReader.read(folder, after: report.last) { lsn, payload in
            try callbacks.applyRecord(lsn, payload)
            progress.record(bytes: RecordFrame.headerBytes + payload.count)
            bytesReplayed += RecordFrame.headerBytes + payload.count
        }
        report.bytesReplayed = bytesReplayed
        report.last = journal.last
        report.recordsReplayed = journal.records
        report.bytesCut = journal.bytesCut
        // A snapshot is only finished when the journal has its record, so a passed-over one says how far it went.
        if let newest = snapshots.last, report.last < newest {
            throw StorageError(
                .gap,
                "the journal in \(folder.path) ends with record \(report.last.rawValue), before the damaged snapshot "
                    + "of record \(newest.rawValue): " + report.defects.joined(separator: "; "))
        }
        return report
    }

    private static func load(
        _ lsn: LogSequenceNumber, from folder: DataFolder, _ callbacks: Callbacks, _ report: inout Report
    ) throws(StorageError) {
        callbacks.begin()
        let reader = try SnapshotReader(folder, lsn: lsn)
        let ahead = SectionsAhead(reader)
        defer { ahead.stop() }
        var sections = 0
        var progress = RecoveryProgress(totalBytes: reader.size)
        while let section = try ahead.next() {
            progress.section(through: section.place.bytes.upperBound)
            do { try callbacks.loadSection(section.kind, section.bytes) } catch { throw unusable(error, reader.path) }
            callbacks.noteSection(lsn, section.kind, section.place)
            sections += 1
        }
        do { try callbacks.endLoad(lsn) } catch { throw unusable(error, reader.path) }
        report.last = lsn
        report.snapshot = lsn
        report.snapshotCreatedMilliseconds = reader.createdMilliseconds
        report.sectionsLoaded = sections
    }

    private static func unusable(_ error: any Error, _ path: String) -> StorageError {
        if let error = error as? StorageError { return error }
        let what = (error as? ByteReader.Malformed)?.what ?? "\(error)"
        return StorageError(.damaged, "the content of \(path) cannot be used: \(what)")
    }
}
