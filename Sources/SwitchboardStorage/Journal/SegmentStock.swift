import SwitchboardModel
import SwitchboardPlatform

/// The file of the next segment, filled with zeros on a thread of its own while the present one is written, in time that
/// nobody else wants as long as there is some: a step keeps a core busy for 3 ms, which a loop would have to wait for.
///
/// Overwriting zeros spares each sync the change of the file's size and blocks. The file lies under a temporary name until
/// the journal's thread takes it. Files of segments that nobody needs are filled again rather than made anew: that spares
/// the file system the allocation, which is what holds up the syncs of others. A disk that refuses is no matter here: the
/// journal's thread then makes its next file itself, and finds out.
final class SegmentStock: @unchecked Sendable {
    // @unchecked because everything mutable is touched only with `lock` held; `thread` belongs
    // to the journal's thread, and when that has ended to `close`.

    /// A file of zeros, durable under a temporary name.
    struct Ready: Equatable {
        let path: String
        let bytes: Int
    }

    /// One step of filling. Between two steps the thread rests twice as long as the step took, so that the syncs of the
    /// journal's thread find the disk free.
    private static let stepBytes = 1 << 20
    private static let restFactor: UInt64 = 2

    private let folder: DataFolder
    private let options: JournalOptions
    private let lock = Lock()
    private let work = Condition()
    private let finished = Condition()
    private var wantedBytes: Int?
    private var isFilling = false
    private var ready: Ready?
    /// Emptied of meaning, durably: whole segments' files under temporary names.
    private var spares: [String] = []
    private var closeWanted = false
    private var thread: Thread?
    private let spareTime = SpareTime(name: "journal-fill")

    init(folder: DataFolder, options: JournalOptions) {
        self.folder = folder
        self.options = options
    }

    /// Asks for a file of `bytes`, or of a whole segment when there is one to be used again. Returns at once; does
    /// nothing while one is ready or being made. For the journal's thread only.
    func prepare(bytes: Int) {
        guard options.fillsAhead else { return }
        if thread == nil { thread = Thread(name: "journal-fill") { [self] in run() } }
        lock.withLock { if ready == nil && !isFilling { wantedBytes = bytes } }
        work.signal()
    }

    /// Hands over the file that is ready, if one is.
    func take() -> Ready? {
        lock.withLock {
            defer { ready = nil }
            return ready
        }
    }

    /// Takes away segments that nobody needs any more, oldest first so that what is left after an interruption has no gap.
    /// Some are kept for use again; the others are removed.
    func retire(_ segments: [LogSequenceNumber]) throws(StorageError) {
        var room = options.fillsAhead ? options.spareSegments - lock.withLock { spares.count } : 0
        var kept: [String] = []
        for first in segments {
            let path = folder.file(FileName.segment(first: first))
            if room > 0, try isWhole(path) {
                let spare = path + FileName.temporarySuffix
                try folder.disk.rename(path, to: spare)
                kept.append(spare)
                room -= 1
            } else {
                try folder.disk.remove(path)
            }
        }
        // Durable before a byte is overwritten: else a crash could bring a segment back without its records.
        if !segments.isEmpty { try folder.disk.syncFolder(folder.path) }
        lock.withLock { spares += kept }
    }

    private func isWhole(_ path: String) throws(StorageError) -> Bool {
        let file = try folder.disk.open(path, .read)
        defer { file.close() }
        return try file.size() == options.segmentBytes
    }

    /// Ends the thread and removes what it made. The journal's thread must have ended.
    func close() {
        lock.withLock { closeWanted = true }
        work.signal()
        thread?.join()
        thread = nil
        spareTime.close()
        let left = lock.withLock { () -> [String] in
            defer {
                spares = []
                ready = nil
            }
            return spares + (ready.map { [$0.path] } ?? [])
        }
        // What cannot be removed now goes at the next start.
        for path in left { try? folder.disk.remove(path) }
    }

    /// Returns when nothing is being filled: for tests.
    func waitUntilIdle() {
        lock.lock()
        while wantedBytes != nil || isFilling { finished.wait(lock) }
        lock.unlock()
    }

    // MARK: The thread

    private func run() {
        while let (path, bytes) = nextOrder() {
            var made: Ready?
            spareTime.run {
                do throws(StorageError) {
                    try fill(path, bytes)
                    made = Ready(path: path, bytes: bytes)
                } catch {
                    try? folder.disk.remove(path)
                }
            }
            lock.lock()
            ready = made
            isFilling = false
            finished.broadcast()
            lock.unlock()
        }
    }

    private func nextOrder() -> (path: String, bytes: Int)? {
        lock.lock()
        defer { lock.unlock() }
        while !closeWanted {
            if let bytes = wantedBytes {
                wantedBytes = nil
                isFilling = true
                if let spare = spares.popLast() { return (spare, options.segmentBytes) }
                return (folder.file(FileName.nextSegment), bytes)
            }
            work.wait(lock)
        }
        return nil
    }

    /// Overwrites the file with zeros from end to end, durably.
    private func fill(_ path: String, _ bytes: Int) throws(StorageError) {
        let isNew = path == folder.file(FileName.nextSegment)
        let file = try folder.disk.open(path, isNew ? .replace : .update)
        defer { file.close() }
        var done = 0
        while done < bytes {
            let start = SystemClock.monotonicNanoseconds()
            let step = min(Self.stepBytes, bytes - done)
            try file.writeZeros(step, at: done)
            try file.syncData()
            done += step
            let end = SystemClock.monotonicNanoseconds()
            guard !rest(until: end + (end - start) * Self.restFactor) else {
                throw StorageError(.closed, "the journal is closed")
            }
        }
        try file.sync()
    }

    /// Returns whether the journal is being closed.
    private func rest(until deadline: UInt64) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        while !closeWanted && work.wait(lock, until: deadline) {}
        return closeWanted
    }
}

extension DiskFile {
    /// Writes `count` zero bytes at `offset`.
    func writeZeros(_ count: Int, at offset: Int) throws(StorageError) {
        var done = 0
        while done < count {
            let step = min(Zeros.block.count, count - done)
            try write(Zeros.block[..<step], at: offset + done)
            done += step
        }
    }
}
