import SwitchboardModel
import SwitchboardPlatform

/// The server's data folder, held by this process alone from `init` to `release`.
public final class DataFolder: @unchecked Sendable {
    // @unchecked because `held` is only touched with `guardian` held.
    public let disk: any Disk
    public let path: String
    private let guardian = Lock()
    private var held: any DiskLock

    /// Makes the folder where it is missing, locks it, and removes what an interrupted write left behind.
    ///
    /// Throws `.locked` while another process (or another `DataFolder` of this one) holds it.
    public init(_ path: String, on disk: any Disk = SystemDisk()) throws(StorageError) {
        self.disk = disk
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        try disk.makeFolder(self.path)
        held = try disk.lock("\(self.path)/\(FileName.lock)")
        for name in try disk.names(in: self.path) where FileName.isTemporary(name) {
            try disk.remove(file(name))
        }
    }

    /// An existing folder to be looked into: nothing in it is removed. It is locked all the same, for what changes
    /// meanwhile would look like damage; where a lock may not be written, nobody else can write either.
    public init(existing path: String, on disk: any Disk = SystemDisk()) throws(StorageError) {
        self.disk = disk
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        _ = try disk.names(in: self.path)
        do throws(StorageError) {
            held = try disk.lock("\(self.path)/\(FileName.lock)")
        } catch {
            guard error.code == .readOnly else { throw error }
            held = NoLock()
        }
    }

    /// Lets another server have the folder. Close the journal first.
    public func release() { guardian.withLock { held.release() } }

    /// Makes sure that the path leads to a folder that this server holds: where a new one has taken the old one's place, it
    /// is locked. Throws `.notFound` while there is none, `.locked` when another server was faster, `.foreign` when there
    /// are journal files or snapshots in it: two histories in one folder would be read as one.
    public func requireHeld() throws(StorageError) {
        try guardian.withLock { () throws(StorageError) in
            if held.isInPlace { return }
            let lock = try disk.lock(file(FileName.lock))
            do throws(StorageError) { try requireNoHistory() } catch {
                lock.release()
                throw error
            }
            held.release()
            held = lock
        }
    }

    private func requireNoHistory() throws(StorageError) {
        let names = try disk.names(in: path).sorted()
        guard let one = names.first(where: { FileName.segment($0) != nil || FileName.snapshot($0) != nil }) else {
            return
        }
        throw StorageError(
            .foreign,
            "\(path) is another folder than before and holds a history of its own (\(one)): put the old folder back or an "
                + "empty one in its place, or start the server anew")
    }

    /// Whether a start finds everything before the record `first`: `segment` is the newest one that holds earlier records.
    func reaches(_ first: LogSequenceNumber, from segment: LogSequenceNumber?) throws(StorageError) -> Bool {
        if first.rawValue == 1 { return true }
        if let segment, try segments().contains(segment) { return true }
        return try snapshots().contains { $0.next >= first }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The first record's number of each journal segment, ascending.
    func segments() throws(StorageError) -> [LogSequenceNumber] {
        try disk.names(in: path).compactMap { FileName.segment($0) }.sorted()
    }

    /// The last contained record's number of each snapshot, ascending.
    public func snapshots() throws(StorageError) -> [LogSequenceNumber] {
        try disk.names(in: path).compactMap { FileName.snapshot($0) }.sorted()
    }
}

/// Stands for the lock of a folder that cannot be written.
private final class NoLock: DiskLock {
    var isInPlace: Bool { true }
    func release() {}
}
