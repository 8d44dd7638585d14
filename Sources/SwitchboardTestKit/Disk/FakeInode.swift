import Glibc
import SwitchboardStorage

/// The content of one file of a `FakeDisk`, as the program sees it and as the disk has it. Not thread-safe: the
/// disk's lock guards it.
final class FakeInode {
    private(set) var visible: [UInt8]
    private var durable: [UInt8]
    private var unsynced: [Change] = []

    private enum Change {
        case write([UInt8], at: Int)
        case truncate(Int)

        func apply(to bytes: inout [UInt8]) {
            switch self {
            case .write(let new, let offset):
                if bytes.count < offset + new.count {
                    bytes += [UInt8](repeating: 0, count: offset + new.count - bytes.count)
                }
                copy(new, to: &bytes, at: offset)
            case .truncate(let size):
                if size < bytes.count {
                    bytes.removeLast(bytes.count - size)
                } else {
                    bytes += [UInt8](repeating: 0, count: size - bytes.count)
                }
            }
        }
    }

    init(durable bytes: [UInt8] = []) {
        visible = bytes
        durable = bytes
    }

    func write(_ bytes: [UInt8], at offset: Int) { change(.write(bytes, at: offset)) }
    func truncate(to size: Int) { change(.truncate(size)) }

    private func change(_ change: Change) {
        guard case .write(let bytes, _) = change, bytes.isEmpty else {
            change.apply(to: &visible)
            unsynced.append(change)
            return
        }
    }

    func sync() {
        for change in unsynced { change.apply(to: &durable) }
        unsynced = []
    }

    func forgetUnsynced() { unsynced = [] }

    /// The file as it is found after the machine stopped; this one is left as it was.
    func afterCrash(_ model: CrashModel, _ chance: inout SeededChance) -> FakeInode {
        var found = durable
        switch model {
        case .killed, .unsyncedLost:
            break
        case .torn:
            let kept = Int.random(in: 0...unsynced.count, using: &chance)
            for change in unsynced.prefix(kept) { change.apply(to: &found) }
            if kept < unsynced.count, case .write(let bytes, let offset) = unsynced[kept], !bytes.isEmpty {
                let part = Int.random(in: 0..<bytes.count, using: &chance)
                Change.write(Array(bytes.prefix(part)), at: offset).apply(to: &found)
            }
        case .scattered:
            found = scattered(&chance)
        }
        return FakeInode(durable: found)
    }

    /// Each sector that differs is kept or lost on its own, and so is the size.
    private func scattered(_ chance: inout SeededChance) -> [UInt8] {
        let sector = 512
        var target = durable
        for change in unsynced { change.apply(to: &target) }
        if Bool.random(using: &chance) {
            let size = Int.random(in: min(durable.count, target.count)...target.count, using: &chance)
            Change.truncate(size).apply(to: &target)
        }
        var found = durable
        Change.truncate(target.count).apply(to: &found)
        for start in stride(from: 0, to: target.count, by: sector) where Bool.random(using: &chance) {
            let range = start..<min(start + sector, target.count)
            copy(Array(target[range]), to: &found, at: start)
        }
        return found
    }
}

private func copy(_ new: [UInt8], to bytes: inout [UInt8], at offset: Int) {
    bytes.withUnsafeMutableBytes { raw in
        let target = UnsafeMutableRawBufferPointer(rebasing: raw[offset..<offset + new.count])
        new.withUnsafeBytes { target.copyMemory(from: $0) }
    }
}

/// An open file of a `FakeDisk`.
struct FakeFile: DiskFile, @unchecked Sendable {
    // @unchecked because the inode is only touched with the disk's lock held.
    let disk: FakeDisk
    let path: String
    let inode: FakeInode

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(StorageError) {
        try disk.write(bytes, at: offset, self)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        try disk.withInode(self) { inode in
            inode.visible.withUnsafeBytes { bytes in
                let count = max(0, min(buffer.count, bytes.count - offset))
                guard count > 0 else { return 0 }
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
                return count
            }
        }
    }

    func size() throws(StorageError) -> Int { try disk.withInode(self) { $0.visible.count } }
    func truncate(to size: Int) throws(StorageError) { try disk.truncate(self, to: size) }
    func writeOut(_ range: Range<Int>) throws(StorageError) { try disk.withInode(self) { _ in } }
    func syncData() throws(StorageError) { try disk.sync(self) }
    func sync() throws(StorageError) { try disk.sync(self) }
    func requireInPlace() throws(StorageError) { try disk.requireInPlace(self) }
    func close() {}
}
