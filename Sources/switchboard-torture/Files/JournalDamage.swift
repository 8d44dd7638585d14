import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardTestKit

/// The last journal file of a folder cut at every byte, and with a flipped bit in every byte: what is recovered is
/// always the state after some record, and none that was safe is missing.
struct JournalDamage: Sendable {
    /// How many times each thing happened.
    struct Counts: Sendable {
        var tried = 0
        /// All records were recovered.
        var whole = 0
        /// Records at the end are missing, none of them safe.
        var prefixes = 0
        /// The recovery refused, and named file and offset.
        var refused = 0
        var problems: [String] = []

        mutating func add(_ other: Counts) {
            tried += other.tried
            whole += other.whole
            prefixes += other.prefixes
            refused += other.refused
            problems += other.problems
        }
    }

    enum Kind: String, CaseIterable, Sendable {
        /// The file ends there.
        case cut
        /// From there on it is zeros: a file that was filled ahead, and a write that did not come.
        case zeros
        /// One bit of the byte is another.
        case flip
    }

    let folder: RecordedFolder
    let tailBytes: Int
    let seed: UInt64

    /// Damages every `stride`th byte of the file's last part, on as many threads as there are cores.
    func run(_ kind: Kind, stride: Int, threads: Int) -> Counts {
        let first = max(0, folder.end - tailBytes)
        let offsets = Array(Swift.stride(from: first, to: folder.end, by: stride))
        let results = SharedCounts()
        let workers = (0..<threads).map { number in
            Thread(name: "damage-\(number)") {
                var counts = Counts()
                for place in Swift.stride(from: number, to: offsets.count, by: threads) {
                    damage(offsets[place], kind, &counts)
                }
                results.add(counts)
            }
        }
        for worker in workers { worker.join() }
        return results.counts
    }

    private func damage(_ offset: Int, _ kind: Kind, _ counts: inout Counts) {
        counts.tried += 1
        let safe: UInt64
        var bytes = folder.bytes
        switch kind {
        case .cut:
            bytes.removeLast(bytes.count - offset)
            safe = whole(before: offset)
        case .zeros:
            for place in offset..<folder.end { bytes[place] = 0 }
            safe = whole(before: offset)
        case .flip:
            var chance = SeededChance(seed: seed &+ UInt64(offset))
            bytes[offset] ^= 1 << UInt8.random(in: 0...7, using: &chance)
            safe = min(folder.certain, folder.last)
        }
        let place = "\(kind.rawValue) at \(offset)"
        let state = RecoveredState(shards: 2)
        let report: Recovery.Report
        do throws(StorageError) {
            let disk = folder.disk(with: bytes)
            report = try Recovery.run(try DataFolder(RecordedFolder.folder, on: disk), into: state)
        } catch {
            // A cut is always what a crash may leave.
            let isNamed = error.message.contains(folder.segment) && error.message.contains("offset ")
            if kind == .flip, isNamed { counts.refused += 1 } else { counts.problems.append("\(place): \(error)") }
            return
        }
        let last = report.last.rawValue
        if last < safe { counts.problems.append("\(place): record \(last) is the last, \(safe) was safe") }
        let found = state.image.verify()
        if found.digest.text != folder.digests[last] || !found.isOK {
            counts.problems.append("\(place): the state is not the one after record \(last): \(found.problems)")
        }
        if last == folder.last { counts.whole += 1 } else { counts.prefixes += 1 }
    }

    /// The last record that lies before `offset` as a whole.
    private func whole(before offset: Int) -> UInt64 {
        folder.ends.last { $0.offset <= offset }?.record ?? folder.ends[0].record - 1
    }
}

private final class SharedCounts: @unchecked Sendable {
    // @unchecked because `counts` is only touched with `lock` held.
    private let lock = Lock()
    private(set) var counts = JournalDamage.Counts()

    func add(_ other: JournalDamage.Counts) { lock.withLock { counts.add(other) } }
}
