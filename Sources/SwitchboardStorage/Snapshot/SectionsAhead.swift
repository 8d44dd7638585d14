import SwitchboardPlatform

/// A snapshot's sections, read, verified and inflated ahead on a thread of their own, so that the caller takes in one
/// section while the next is being inflated.
final class SectionsAhead: @unchecked Sendable {
    // @unchecked because what the two threads share is only touched with `lock` held, and `reader` by the thread alone.
    typealias Section = (kind: UInt8, bytes: [UInt8], place: SectionPlace)

    /// How many sections wait at most: enough that neither side waits for one long section of the other.
    private static let most = 8

    private let reader: SnapshotReader
    private let lock = Lock()
    private let changed = Condition()
    private var ready: [Section] = []
    private var end: Result<Void, StorageError>?
    private var isStopped = false
    private var thread: Thread?

    init(_ reader: SnapshotReader) {
        self.reader = reader
        thread = Thread(name: "inflate") { [unowned self] in read() }
    }

    /// The next section; nil when all were read and the trailer agrees. Throws what the reader threw, in its place.
    func next() throws(StorageError) -> Section? {
        lock.lock()
        defer { lock.unlock() }
        while ready.isEmpty, end == nil { changed.wait(lock) }
        if ready.isEmpty {
            try end?.get()
            return nil
        }
        changed.broadcast()
        return ready.removeFirst()
    }

    /// Ends the thread. To be called before the last reference goes, whether all was read or not.
    func stop() {
        lock.withLock { isStopped = true }
        changed.broadcast()
        thread?.join()
    }

    private func read() {
        do throws(StorageError) {
            var bytes: [UInt8] = []
            while let kind = try reader.next(into: &bytes) {
                guard give((kind, bytes, reader.place)) else { return }
                bytes = []
            }
            finish(.success(()))
        } catch {
            finish(.failure(error))
        }
    }

    /// Waits for room; `false` when nobody wants more.
    private func give(_ section: Section) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        while ready.count >= Self.most, !isStopped { changed.wait(lock) }
        ready.append(section)
        changed.broadcast()
        return !isStopped
    }

    private func finish(_ result: Result<Void, StorageError>) {
        lock.withLock { end = result }
        changed.broadcast()
    }
}
