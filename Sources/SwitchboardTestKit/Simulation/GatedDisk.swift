import SwitchboardPlatform
import SwitchboardStorage

/// A fake disk whose syncs of files can be let through one at a time, so that what a crash finds unsynced does not
/// depend on how threads happen to run.
final class GatedDisk: Disk, @unchecked Sendable {
    // @unchecked because everything mutable is touched only with `lock` held.
    let disk: FakeDisk
    private let lock = Lock()
    private let changed = Condition()
    /// How many syncs may still pass; `nil`: all.
    private var permits: Int?
    private var waiting = 0
    private var isGone = false

    init(_ disk: FakeDisk) { self.disk = disk }

    /// From now on a sync waits for `letThrough`.
    func hold() { lock.withLock { permits = 0 } }

    /// Lets one sync pass that waits or comes.
    func letOneThrough() {
        lock.withLock { permits = (permits ?? 0) + 1 }
        changed.broadcast()
    }

    /// Returns when a sync waits and none is on its way.
    func waitUntilHeld() {
        lock.lock()
        while !(waiting > 0 && permits == 0) { changed.wait(lock) }
        lock.unlock()
    }

    /// The machine, or only the process, ends here. What still runs on this disk is told that all went well, and
    /// nothing of it reaches the next one: a stopped process does not complain either.
    func crash(_ model: CrashModel) -> GatedDisk {
        let next = lock.withLock {
            isGone = true
            permits = nil
            return GatedDisk(disk.crash(model))
        }
        changed.broadcast()
        return next
    }

    fileprivate var isStopped: Bool { lock.withLock { isGone } }

    fileprivate func pass() {
        lock.lock()
        waiting += 1
        changed.broadcast()
        while permits == 0 { changed.wait(lock) }
        permits? -= 1
        waiting -= 1
        lock.unlock()
    }

    func makeFolder(_ path: String) throws(StorageError) { try disk.makeFolder(path) }
    func names(in folder: String) throws(StorageError) -> [String] { isStopped ? [] : try disk.names(in: folder) }
    func rename(_ path: String, to newPath: String) throws(StorageError) {
        if !isStopped { try disk.rename(path, to: newPath) }
    }
    func remove(_ path: String) throws(StorageError) { if !isStopped { try disk.remove(path) } }
    func syncFolder(_ path: String) throws(StorageError) { if !isStopped { try disk.syncFolder(path) } }
    func lock(_ path: String) throws(StorageError) -> any DiskLock { try disk.lock(path) }

    func open(_ path: String, _ mode: FileMode) throws(StorageError) -> any DiskFile {
        if isStopped { return GatedFile(file: nil, gate: self) }
        return GatedFile(file: try disk.open(path, mode), gate: self)
    }
}

private struct GatedFile: DiskFile {
    let file: (any DiskFile)?
    let gate: GatedDisk

    private var live: (any DiskFile)? { gate.isStopped ? nil : file }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StorageError) {
        try live?.write(bytes, at: offset)
    }
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        try live?.read(into: buffer, at: offset) ?? 0
    }
    func size() throws(StorageError) -> Int { try live?.size() ?? 0 }
    func truncate(to size: Int) throws(StorageError) { try live?.truncate(to: size) }
    func writeOut(_ range: Range<Int>) throws(StorageError) {
        gate.pass()
        try live?.writeOut(range)
    }
    func syncData() throws(StorageError) {
        gate.pass()
        try live?.syncData()
    }
    func sync() throws(StorageError) {
        gate.pass()
        try live?.sync()
    }
    func requireInPlace() throws(StorageError) { try live?.requireInPlace() }
    func close() { file?.close() }
}
