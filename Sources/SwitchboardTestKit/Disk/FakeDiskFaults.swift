import Glibc
import SwitchboardStorage

/// What a `FakeDisk` refuses.
public struct FakeDiskFaults: Sendable {
    /// Bytes by which files may still grow; the write that needs more writes what fits and throws ENOSPC.
    public var spaceLeft: Int?
    /// This many syncs, of files and folders, fail with EIO.
    public var syncsToFail = 0
    /// Every change is refused with EROFS.
    public var isReadOnly = false
    /// Changes of the files with these paths are refused with EACCES.
    public var refused: Set<String> = []

    public init() {}

    func refuseChange(_ operation: String, _ path: String) throws(StorageError) {
        if isReadOnly { throw StorageError(errno: EROFS, operation, path) }
        if refused.contains(path) { throw StorageError(errno: EACCES, operation, path) }
    }

    mutating func refuseSync(_ operation: String, _ path: String) throws(StorageError) {
        guard syncsToFail > 0 else { return }
        syncsToFail -= 1
        throw StorageError(errno: FakeErrno.inputOutput, operation, path)
    }
}

enum FakeErrno {
    static let noSpace = ENOSPC
    static let notFound = ENOENT
    static let inputOutput = EIO
}
