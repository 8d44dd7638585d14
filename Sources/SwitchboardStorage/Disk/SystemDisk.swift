import CLinux
import Glibc

/// The machine's own file system.
public struct SystemDisk: Disk {
    public init() {}

    public func makeFolder(_ path: String) throws(StorageError) {
        if mkdir(path, 0o755) == 0 {
            try syncFolder(Self.parent(of: path))
            return
        }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0 else { throw StorageError(errno: errno, "open", path) }
            guard status.st_mode & S_IFMT == S_IFDIR else { throw StorageError(errno: ENOTDIR, "open", path) }
        // Where the parent is there and no folder can be made in it, as below /proc, trying again would never end.
        case ENOENT where access(Self.parent(of: path), F_OK) != 0:
            try makeFolder(Self.parent(of: path))
            try makeFolder(path)
        case let code:
            throw StorageError(errno: code, "make the folder", path)
        }
    }

    public func names(in folder: String) throws(StorageError) -> [String] {
        guard let stream = opendir(folder) else { throw StorageError(errno: errno, "list", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw StorageError(errno: errno, "list", folder) }
        return names
    }

    public func open(_ path: String, _ mode: FileMode) throws(StorageError) -> any DiskFile {
        let flags: Int32 =
            switch mode {
            case .read: O_RDONLY
            case .update: O_RDWR
            case .replace: O_RDWR | O_CREAT | O_TRUNC
            }
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StorageError(errno: errno, "open", path) }
        return SystemFile(descriptor: descriptor, path: path)
    }

    public func rename(_ path: String, to newPath: String) throws(StorageError) {
        guard Glibc.rename(path, newPath) == 0 else { throw StorageError(errno: errno, "rename", path) }
    }

    public func remove(_ path: String) throws(StorageError) {
        guard unlink(path) == 0 else { throw StorageError(errno: errno, "remove", path) }
    }

    public func syncFolder(_ path: String) throws(StorageError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError(errno: errno, "open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageError(errno: errno, "sync the folder", path) }
    }

    public func lock(_ path: String) throws(StorageError) -> any DiskLock {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StorageError(errno: errno, "open", path) }
        let file = SystemFile(descriptor: descriptor, path: path)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            defer { file.close() }
            guard code == EWOULDBLOCK else { throw StorageError(errno: code, "lock", path) }
            let text = (try? file.bytes(at: 0, limit: 20)) ?? []
            let holder = Int32(String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
            throw StorageError.locked(path, holder: holder)
        }
        let folder: SystemFile
        do throws(StorageError) {
            folder = try lockFolder(of: path)
        } catch {
            file.close()
            throw error
        }
        // Only a courtesy to whoever is refused: the lock holds without it, also on a full disk.
        try? file.truncate(to: 0)
        try? file.write(Array("\(getpid())\n".utf8)[...], at: 0)
        return SystemLock(file: file, folder: folder)
    }

    /// The lock that counts once somebody has removed the lock's file. Not every file system locks folders; then the file's
    /// lock is the only one.
    private func lockFolder(of path: String) throws(StorageError) -> SystemFile {
        let folder = Self.parent(of: path)
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError(errno: errno, "open", folder) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            Glibc.close(descriptor)
            throw StorageError.locked(path, holder: nil)
        }
        return SystemFile(descriptor: descriptor, path: folder)
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension StorageError {
    /// The refusal of a lock that someone else holds.
    public static func locked(_ path: String, holder: Int32?) -> StorageError {
        let who = holder.map { "process \($0)" } ?? "another process"
        return StorageError(.locked, "the data folder is in use by \(who) (\(path) is locked)", errno: EWOULDBLOCK)
    }

    /// An open file whose path no longer leads to it.
    public static func removed(_ path: String) -> StorageError {
        StorageError(.notFound, "\(path) was removed or replaced while the server runs", errno: ENOENT)
    }
}

private struct SystemFile: DiskFile {
    let descriptor: Int32
    let path: String
    private let identity: Identity?

    /// Takes over the open `descriptor`.
    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
        // AT_EMPTY_PATH, which Swift's Glibc module leaves out: the descriptor itself.
        identity = Self.identity("", of: descriptor, 0x1000)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StorageError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, offset + done)
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                throw StorageError(errno: count == 0 ? EIO : errno, "write", path)
            }
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, offset + done)
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw StorageError(errno: errno, "read", path)
            }
        }
        return done
    }

    func size() throws(StorageError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StorageError(errno: errno, "read the size of", path) }
        return status.st_size
    }

    func truncate(to size: Int) throws(StorageError) {
        guard ftruncate(descriptor, size) == 0 else { throw StorageError(errno: errno, "truncate", path) }
    }

    func writeOut(_ range: Range<Int>) throws(StorageError) {
        // SYNC_FILE_RANGE_WAIT_BEFORE, _WRITE and _WAIT_AFTER, which Swift's Glibc module leaves out.
        guard sync_file_range(descriptor, range.lowerBound, range.count, 7) == 0 else {
            throw StorageError(errno: errno, "write out", path)
        }
    }

    func syncData() throws(StorageError) {
        guard fdatasync(descriptor) == 0 else { throw StorageError(errno: errno, "sync", path) }
    }

    func sync() throws(StorageError) {
        guard fsync(descriptor) == 0 else { throw StorageError(errno: errno, "sync", path) }
    }

    func requireInPlace() throws(StorageError) {
        guard let identity, Self.identity(path, of: AT_FDCWD, 0) == identity else { throw StorageError.removed(path) }
    }

    /// What tells one file from all others; `nil` when there is none.
    ///
    /// Not by `stat`: it asks for the time of the last change too, and since Linux 6.13 the write that follows notes a new and
    /// exact one, so that the next sync has the file's inode to write beside its data: two requests to the disk instead of
    /// one. See "multigrain timestamps" in the kernel's documentation.
    private static func identity(_ path: String, of folder: Int32, _ flags: Int32) -> Identity? {
        var found = statx()
        guard statx(folder, path, flags, UInt32(STATX_INO), &found) == 0 else { return nil }
        return Identity(inode: found.stx_ino, major: found.stx_dev_major, minor: found.stx_dev_minor)
    }

    private struct Identity: Equatable {
        let inode: UInt64
        let major: UInt32
        let minor: UInt32
    }

    func close() { Glibc.close(descriptor) }
}

private final class SystemLock: DiskLock, @unchecked Sendable {
    // @unchecked because `released` is only read and set by the one owner, which releases once.
    private let file: SystemFile
    private let folder: SystemFile
    private var released = false

    init(file: SystemFile, folder: SystemFile) {
        self.file = file
        self.folder = folder
    }

    deinit { release() }

    var isInPlace: Bool {
        do { try folder.requireInPlace() } catch { return false }
        return true
    }

    func release() {
        guard !released else { return }
        released = true
        file.close()
        folder.close()
    }
}
