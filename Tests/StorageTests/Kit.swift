import Glibc
import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardTestKit
import Testing

/// What was reported by a journal, for a test to wait for and to look at.
final class Reports: @unchecked Sendable {
    // @unchecked because everything mutable is touched only with `lock` held.
    private let lock = Lock()
    private let changed = Condition()
    private var durableNumbers: [UInt64] = []
    private var healths: [JournalHealth] = []

    var durable: [UInt64] { lock.withLock { durableNumbers } }
    var health: [JournalHealth] { lock.withLock { healths } }

    func durable(_ lsn: LogSequenceNumber) { add { durableNumbers.append(lsn.rawValue) } }
    func health(_ health: JournalHealth) { add { healths.append(health) } }

    /// Returns when `lsn` was reported durable.
    func wait(durable lsn: LogSequenceNumber) { block(until: { durableNumbers.last ?? 0 >= lsn.rawValue }) }

    /// Returns when a change to a health that is `wanted` was reported, though it may have changed again since.
    func wait(untilHealth wanted: (JournalHealth) -> Bool) { block(until: { healths.contains(where: wanted) }) }

    private func add(_ change: () -> Void) {
        lock.withLock { change() }
        changed.broadcast()
    }

    private func block(until condition: () -> Bool) {
        lock.lock()
        while !condition() { changed.wait(lock) }
        lock.unlock()
    }
}

func open(
    _ folder: DataFolder, _ reports: Reports = Reports(), after lsn: UInt64 = 0,
    _ change: (inout JournalOptions) -> Void = { _ in }
) throws -> Journal {
    var options = JournalOptions()
    options.retryIntervalMilliseconds = 1
    options.firstSegmentBytes = 4096
    change(&options)
    return try Journal(
        folder: folder, options: options, after: LogSequenceNumber(lsn), onHealth: { reports.health($0) },
        onDurable: { reports.durable($0) })
}

/// A payload that says which record it is, of a length that varies.
func payload(_ number: UInt64) -> [UInt8] {
    let text = "record \(number) "
    return Array((text + String(repeating: "x", count: Int(number * 7 % 40))).utf8)
}

func readAll(_ folder: DataFolder, after lsn: UInt64 = 0) throws -> (records: [[UInt8]], report: JournalReader.Report) {
    var records: [[UInt8]] = []
    let report = try JournalReader.read(folder, after: LogSequenceNumber(lsn)) { number, payload in
        records.append(Array(payload))
        precondition(number.rawValue == lsn + UInt64(records.count))
    }
    return (records, report)
}

let segmentOne = "data/journal-00000000000000000001.log"

/// The bytes of a journal's first segment with the records 1 to `count`, each synced before the next if `apart`.
func journalBytes(_ count: UInt64, apart: Bool) throws -> [UInt8] {
    let disk = FakeDisk()
    let journal = try open(DataFolder("data", on: disk))
    if !apart { disk.holdSyncs() }
    journal.append(payload(1))
    if !apart { disk.waitForHeldSync() }
    for number in 2...count {
        if apart { try journal.sync() }
        journal.append(payload(number))
    }
    disk.releaseSyncs()
    journal.close()
    return disk.contents(segmentOne)!
}

func disk(with files: [String: [UInt8]]) -> FakeDisk {
    let disk = FakeDisk()
    for (path, bytes) in files { disk.setContents(path, bytes) }
    return disk
}

extension StorageError {
    static func code(_ body: () throws -> Void) -> Code? {
        do { try body() } catch { return (error as? StorageError)?.code }
        return nil
    }
}

/// Calls `body` with a folder of the machine's own, gone afterwards.
func inFolder(_ body: (String) throws -> Void) throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/switchboard-storage-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer {
        let disk = SystemDisk()
        for folder in ["\(path)/a/b", "\(path)/a", path] {
            for name in (try? disk.names(in: folder)) ?? [] { unlink("\(folder)/\(name)") }
            rmdir(folder)
        }
    }
    try body(path)
}
