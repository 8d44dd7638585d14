import SwitchboardModel

/// The server's data folder, held by this process alone from `init` to `release`.
public final class DataFolder: Sendable {
    public let disk: any Disk
    public let path: String
    private let lock: (any DiskLock)?

    /// Makes the folder where it is missing, locks it, and removes what an interrupted write left behind.
    ///
    /// Throws `.locked` while another process (or another `DataFolder` of this one) holds it.
    public init(_ path: String, on disk: any Disk = SystemDisk()) throws(StorageError) {
        self.disk = disk
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        try disk.makeFolder(self.path)
        lock = try disk.lock("\(self.path)/\(FileName.lock)")
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
            lock = try disk.lock("\(self.path)/\(FileName.lock)")
        } catch {
            guard error.code == .readOnly else { throw error }
            lock = nil
        }
    }

    /// Lets another server have the folder. Close the journal first.
    public func release() { lock?.release() }

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
