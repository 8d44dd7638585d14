import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage

/// One snapshot to be written: encodes, deflates and writes an image on the caller's thread.
struct SnapshotJob: Sendable {
    let image: StateImage
    /// Real time since 1970.
    let createdMilliseconds: Int64
    /// Of the newest snapshot.
    let last: LogSequenceNumber
    let folder: DataFolder
    let journal: Journal

    /// Bytes that are encoded before others of the same core get a turn; deflating gives way more often.
    private static let sectionBytes = 64 << 10

    /// Writes it and returns the file's bytes, or none when the newest snapshot is of this very state; `nil` when `goesOn`,
    /// asked now and then, said no: then nothing is left of it.
    func write(while goesOn: @escaping () -> Bool) -> Result<Int?, StorageError>? {
        // Unless somebody took it away.
        if image.routing.lastRecord == last, (try? folder.snapshots().contains(last)) == true { return .success(nil) }
        do throws(StorageError) {
            return try journal.besideLongWork { () throws(StorageError) in try writeFile(while: goesOn) }.map {
                .success($0)
            }
        } catch {
            return .failure(error)
        }
    }

    private func writeFile(while goesOn: @escaping () -> Bool) throws(StorageError) -> Int? {
        try folder.requireHeld()
        let writer = try SnapshotWriter(
            folder: folder, lsn: image.routing.lastRecord, createdMilliseconds: createdMilliseconds)
        var failure: StorageError?
        var isGivenUp = false
        image.forEachSection(sectionBytes: Self.sectionBytes) { kind, bytes in
            Thread.giveWay()
            isGivenUp = !goesOn()
            guard !isGivenUp else { return false }
            do throws(StorageError) {
                try writer.write(section: kind.rawValue, bytes)
                return true
            } catch {
                failure = error
                return false
            }
        }
        if failure != nil || isGivenUp { writer.abandon() }
        if let failure { throw failure }
        if isGivenUp { return nil }
        // A snapshot must not hold what the journal could still lose: records after it would then be missing.
        do throws(StorageError) { try journal.sync() } catch {
            writer.abandon()
            throw error
        }
        let summary = try writer.finish()
        // The next segment begins here, so that this one can go as soon as newer snapshots cover it.
        journal.rotate()
        return summary.fileBytes
    }
}

/// How long work at the lowest priority bears to be passed over.
struct Patience {
    /// Before that nothing is said of it.
    static let leastNanoseconds: UInt64 = 2_000_000_000
    /// It is over when the thread had less than one part in so many of the time.
    static let leastShare: UInt64 = 20

    private let began = SystemClock.monotonicNanoseconds()
    private let worked = SystemClock.threadNanoseconds()

    /// Whether it does; on the thread that made it.
    func lasts() -> Bool {
        Self.lasts(
            passed: SystemClock.monotonicNanoseconds() - began, worked: SystemClock.threadNanoseconds() - worked)
    }

    /// The same of given times, in nanoseconds.
    static func lasts(passed: UInt64, worked: UInt64) -> Bool {
        passed < leastNanoseconds || worked >= passed / leastShare
    }
}
