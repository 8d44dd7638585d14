import SwitchboardModel

/// The state while it is being recovered. Confined to the thread that recovers.
public final class RecoveredState {
    private var builder: StateBuilder?
    private let shards: Int
    private var finder: SnapshotLayout.Finder?
    /// Of the snapshot that was loaded, where it is of use: nothing in the state had changed then.
    public private(set) var layout: SnapshotLayout?

    public init(shards: Int) {
        self.shards = shards
        builder = StateBuilder(shards: shards)
    }

    /// For `Recovery.run`: what it finds makes this state.
    var callbacks: Recovery.Callbacks {
        var callbacks = Recovery.Callbacks(
            begin: { self.reset() },
            loadSection: { kind, bytes in try self.load(kind, bytes) },
            endLoad: { record in try self.endLoad(record) },
            applyRecord: { record, payload in try self.apply(payload, record) })
        callbacks.noteSection = { record, kind, place in self.note(record, kind, place) }
        return callbacks
    }

    func reset() {
        builder = StateBuilder(shards: shards)
        finder = nil
        layout = nil
    }

    /// The section that was loaded last, one of `kind`, is at `place` in the snapshot of `record`.
    private func note(_ record: LogSequenceNumber, _ kind: UInt8, _ place: SectionPlace) {
        guard kind == SectionKind.tickets.rawValue else { return }
        var finder = finder ?? SnapshotLayout.Finder(lsn: record)
        finder.add(builder?.loadedTickets, place)
        self.finder = finder
    }

    func load(_ kind: UInt8, _ bytes: [UInt8]) throws(ByteReader.Malformed) {
        guard let kind = SectionKind(rawValue: kind) else {
            throw ByteReader.Malformed(what: "a section has the unknown kind \(kind)", offset: 0)
        }
        try builder?.load(kind, bytes)
    }

    /// Every section of the snapshot of `record` was loaded.
    func endLoad(_ record: LogSequenceNumber) throws(ByteReader.Malformed) {
        try builder?.derive()
        if let images = builder?.shards.ticketImages() { layout = finder?.found(images) }
        guard let last = builder?.routing.lastRecord, last != record else { return }
        throw ByteReader.Malformed(
            what: "the sections are those of record \(last.rawValue), the header says \(record.rawValue)", offset: 0)
    }

    func apply(_ payload: ArraySlice<UInt8>, _ record: LogSequenceNumber) throws(ByteReader.Malformed) {
        try builder?.apply(payload, record: record)
    }

    /// Hands the state over. Traps the second time.
    public func take() -> StateBuilder {
        guard let recovered = builder.take() else { preconditionFailure("the recovered state was taken before") }
        return recovered
    }

    /// The state as it is now.
    public var image: StateImage {
        guard let image = builder?.image else { preconditionFailure("the recovered state was taken before") }
        return image
    }
}
