/// The one seam between storage and the machine: every file operation goes through here, so that a test can
/// lose, tear and refuse what a real disk would.
///
/// Paths are plain strings; a folder's path has no slash at its end. Every method blocks its thread and throws
/// what the operating system refused.
public protocol Disk: Sendable {
    /// Makes the folder and those above it that are missing, durably. A folder that exists is left as it is.
    func makeFolder(_ path: String) throws(StorageError)

    /// The names in a folder, in no order, without `.` and `..`.
    func names(in folder: String) throws(StorageError) -> [String]

    func open(_ path: String, _ mode: FileMode) throws(StorageError) -> any DiskFile

    /// Gives a file another name in the same folder, replacing what had it. Durable after `syncFolder`.
    func rename(_ path: String, to newPath: String) throws(StorageError)

    /// Removes a file. Durable after `syncFolder`.
    func remove(_ path: String) throws(StorageError)

    /// Returns when every name made, changed or removed in the folder is durable.
    func syncFolder(_ path: String) throws(StorageError)

    /// Locks the file at `path` (made if missing) and the folder it lies in against every other caller, until the lock is
    /// released or the process ends; so the lock holds though its file be removed. Throws `.locked` when it is held,
    /// naming the holder's process id where it is known.
    func lock(_ path: String) throws(StorageError) -> any DiskLock
}

public enum FileMode: Sendable {
    /// An existing file, to be read.
    case read
    /// An existing file, to be read and changed.
    case update
    /// A new, empty file; one of this name is emptied.
    case replace
}

/// An open file. Offsets and counts are in bytes.
///
/// Not to be used by two threads at once. `close` is called once, by the owner; a failed close is of no
/// consequence because what matters was synced before.
public protocol DiskFile: Sendable {
    /// Writes all of `bytes` at `offset`, or throws; after a throw any prefix may have been written.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StorageError)

    /// Reads up to `buffer.count` bytes at `offset`; fewer only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int

    func size() throws(StorageError) -> Int
    func truncate(to size: Int) throws(StorageError)

    /// Returns when the disk has been given the bytes of `range`, so that a later sync has little left to do. Makes nothing
    /// durable by itself: no barrier for the disk, nothing about the file's size or place.
    func writeOut(_ range: Range<Int>) throws(StorageError)

    /// Returns when the content, and the size it needs, is durable (fdatasync).
    ///
    /// A failed sync is never tried again on the same file: the kernel may have dropped the pages it could not
    /// write and would report success for them.
    func syncData() throws(StorageError)

    /// As `syncData`, and the file's other attributes too (fsync).
    func sync() throws(StorageError)

    /// Throws `.notFound` unless the path by which the file was opened still leads to it. A file that was removed, alone
    /// or with its folder, takes writes and syncs as if nothing were wrong.
    func requireInPlace() throws(StorageError)

    func close()
}

/// A held lock; released by `release` or with the last reference.
public protocol DiskLock: AnyObject, Sendable {
    /// Whether the path still leads to the folder that is locked.
    var isInPlace: Bool { get }
    func release()
}

extension DiskFile {
    /// Up to `limit` bytes of the file at `offset`; fewer only at its end.
    func bytes(at offset: Int, limit: Int) throws(StorageError) -> [UInt8] {
        // Not only to save the call: with a capacity of 0 the initializer writes to the empty array that all threads
        // share, which the thread sanitizer reports.
        guard limit > 0 else { return [] }
        var failure: StorageError?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            do throws(StorageError) {
                count = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(StorageError) {
        // `withUnsafeBytes` rethrows untyped, hence the detour over a result.
        let result = bytes.withUnsafeBytes { raw in
            Result { () throws(StorageError) in try write(raw, at: offset) }
        }
        try result.get()
    }
}
