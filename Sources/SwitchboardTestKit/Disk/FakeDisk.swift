import SwitchboardPlatform
import SwitchboardStorage

/// A disk in memory that loses what a real one may lose, and refuses when told to.
///
/// What was written is visible at once and durable after the file's sync; a name made, changed or removed is
/// visible at once and durable after its folder's sync. `crash` takes away what was not durable and returns the
/// disk as the next process finds it. Folders and locks exist only as far as they are needed.
public final class FakeDisk: Disk, @unchecked Sendable {
    // @unchecked because everything mutable is touched only with `lock` held.
    let lock = Lock()
    private let gate = Condition()
    private var names: [String: FakeInode] = [:]
    private var durableNames: [String: FakeInode] = [:]
    /// Changes of names since the last sync of their folder, oldest first: the name and what it then stood for.
    private var unsyncedNames: [(path: String, inode: FakeInode?)] = []
    private var folders: Set<String> = []
    private var locks: [String: ObjectIdentifier] = [:]
    private var currentFaults = FakeDiskFaults()
    private var syncsHeld = false
    private var syncsWaiting = 0
    private var counts = Counts()
    /// Set by `crash`: whoever still runs on this disk is refused everything.
    private var isGone = false

    public struct Counts: Equatable, Sendable {
        public var writes = 0
        public var syncs = 0
    }

    public init() {}

    /// What the disk refuses from now on.
    public var faults: FakeDiskFaults {
        get { lock.withLock { currentFaults } }
        set { lock.withLock { currentFaults = newValue } }
    }

    /// Writes and syncs of files since `init`, refused ones included.
    public var operations: Counts { lock.withLock { counts } }

    // MARK: Disk

    public func makeFolder(_ path: String) throws(StorageError) {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(path)
            if folders.contains(path) { return }
            try currentFaults.refuseChange("make the folder", path)
            folders.insert(path)
        }
    }

    public func names(in folder: String) throws(StorageError) -> [String] {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(folder)
            return names.keys.filter { Self.folder(of: $0) == folder }.map { Self.name(of: $0) }
        }
    }

    public func open(_ path: String, _ mode: FileMode) throws(StorageError) -> any DiskFile {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(path)
            if mode != .read { try currentFaults.refuseChange("open", path) }
            if mode == .replace {
                // A new file in place of the old: what was durable under the name stays so until a sync.
                let inode = FakeInode()
                setName(path, inode)
                return FakeFile(disk: self, path: path, inode: inode)
            }
            guard let inode = names[path] else { throw StorageError(errno: FakeErrno.notFound, "open", path) }
            return FakeFile(disk: self, path: path, inode: inode)
        }
    }

    public func rename(_ path: String, to newPath: String) throws(StorageError) {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(path)
            try currentFaults.refuseChange("rename", path)
            guard let inode = names[path] else { throw StorageError(errno: FakeErrno.notFound, "rename", path) }
            setName(newPath, inode)
            setName(path, nil)
        }
    }

    public func remove(_ path: String) throws(StorageError) {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(path)
            try currentFaults.refuseChange("remove", path)
            guard let inode = names[path] else { throw StorageError(errno: FakeErrno.notFound, "remove", path) }
            currentFaults.spaceLeft? += inode.visible.count
            setName(path, nil)
        }
    }

    public func syncFolder(_ path: String) throws(StorageError) {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(path)
            try currentFaults.refuseSync("sync the folder", path)
            for change in unsyncedNames where Self.folder(of: change.path) == path {
                durableNames[change.path] = change.inode
            }
            unsyncedNames.removeAll { Self.folder(of: $0.path) == path }
        }
    }

    public func lock(_ path: String) throws(StorageError) -> any DiskLock {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(path)
            guard locks[path] == nil else { throw StorageError.locked(path, holder: 1) }
            let held = FakeLock(disk: self, path: path)
            locks[path] = ObjectIdentifier(held)
            return held
        }
    }

    fileprivate func unlock(_ path: String, _ holder: ObjectIdentifier) {
        lock.withLock { if locks[path] == holder { locks[path] = nil } }
    }

    // MARK: Power

    /// The machine, or only the process, stops at this moment. Returns the disk for what is started next; this one
    /// refuses everything from now on, so that threads of the stopped process can change nothing.
    public func crash(_ model: CrashModel) -> FakeDisk {
        let next = FakeDisk()
        lock.withLock {
            isGone = true
            syncsHeld = false
            gate.broadcast()
            next.folders = folders
            if case .killed = model {
                next.names = names
                next.durableNames = durableNames
                next.unsyncedNames = unsyncedNames
                return
            }
            var chance = model.chance
            let kept = model.losesAll ? 0 : Int.random(in: 0...unsyncedNames.count, using: &chance)
            for change in unsyncedNames.prefix(kept) { durableNames[change.path] = change.inode }
            for path in durableNames.keys.sorted() {
                next.durableNames[path] = durableNames[path]!.afterCrash(model, &chance)
            }
            next.names = next.durableNames
        }
        return next
    }

    // MARK: Syncs held back

    /// From now on a sync of a file does not return before `releaseSyncs`.
    public func holdSyncs() { lock.withLock { syncsHeld = true } }

    public func releaseSyncs() {
        lock.withLock { syncsHeld = false }
        gate.broadcast()
    }

    /// Returns when a sync is being held back.
    public func waitForHeldSync() {
        lock.lock()
        while syncsWaiting == 0 { gate.wait(lock) }
        lock.unlock()
    }

    // MARK: Contents, for a test to look at and to spoil

    public func paths() -> [String] { lock.withLock { names.keys.sorted() } }

    public func contents(_ path: String) -> [UInt8]? { lock.withLock { names[path]?.visible } }

    /// Puts a file in place, durably.
    public func setContents(_ path: String, _ bytes: [UInt8]) {
        lock.withLock {
            let inode = FakeInode(durable: bytes)
            names[path] = inode
            durableNames[path] = inode
        }
    }

    /// As somebody else's `rm` does: open files go on as if nothing had happened.
    public func removeContents(_ path: String) {
        lock.withLock {
            names[path] = nil
            durableNames[path] = nil
        }
    }

    // MARK: For files

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, _ file: FakeFile) throws(StorageError) {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(file.path)
            counts.writes += 1
            try currentFaults.refuseChange("write", file.path)
            let growth = max(0, offset + bytes.count - file.inode.visible.count)
            let lacking = max(0, growth - (currentFaults.spaceLeft ?? growth))
            file.inode.write(Array(UnsafeRawBufferPointer(rebasing: bytes.dropLast(lacking))), at: offset)
            currentFaults.spaceLeft? -= growth - lacking
            if lacking > 0 { throw StorageError(errno: FakeErrno.noSpace, "write", file.path) }
        }
    }

    func sync(_ file: FakeFile) throws(StorageError) {
        try lock.withLock { () throws(StorageError) in
            counts.syncs += 1
            while syncsHeld {
                syncsWaiting += 1
                gate.broadcast()
                gate.wait(lock)
                syncsWaiting -= 1
            }
            try requireAlive(file.path)
            do throws(StorageError) {
                try currentFaults.refuseSync("sync", file.path)
            } catch {
                // As Linux does it: the pages are called clean, and no later sync of this file writes them.
                file.inode.forgetUnsynced()
                throw error
            }
            file.inode.sync()
        }
    }

    func withInode<Result>(_ file: FakeFile, _ body: (FakeInode) -> Result) throws(StorageError) -> Result {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(file.path)
            return body(file.inode)
        }
    }

    func truncate(_ file: FakeFile, to size: Int) throws(StorageError) {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(file.path)
            try currentFaults.refuseChange("truncate", file.path)
            currentFaults.spaceLeft? += max(0, file.inode.visible.count - size)
            file.inode.truncate(to: size)
        }
    }

    func requireInPlace(_ file: FakeFile) throws(StorageError) {
        try lock.withLock { () throws(StorageError) in
            try requireAlive(file.path)
            guard names[file.path] === file.inode else { throw StorageError.removed(file.path) }
        }
    }

    private func requireAlive(_ path: String) throws(StorageError) {
        if isGone { throw StorageError(errno: FakeErrno.inputOutput, "use", path) }
    }

    private func setName(_ path: String, _ inode: FakeInode?) {
        names[path] = inode
        unsyncedNames.append((path, inode))
    }

    private static func folder(of path: String) -> Substring { path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
    private static func name(of path: String) -> String {
        String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
    }
}

private final class FakeLock: DiskLock {
    private let disk: FakeDisk
    private let path: String

    init(disk: FakeDisk, path: String) {
        self.disk = disk
        self.path = path
    }

    deinit { release() }

    var isInPlace: Bool { true }

    func release() { disk.unlock(path, ObjectIdentifier(self)) }
}
