import Glibc

/// The unread bytes of one connection, always contiguous: in the loop's scratch, or in storage of its own when they
/// are a leftover that somebody else's read pushed out of the scratch, or too long for it.
struct Inbox: ~Copyable {
    /// A leftover up to this length is read on in the scratch; a longer one gets its own, growing storage.
    static let scratchLeftoverBytes = 64 * 1024
    private static let smallestSpare = 16 * 1024

    private enum Place {
        case nowhere, scratch, own
    }

    // Unsafe pointers because the bytes are handed to `recv` and to a parser that rewrites them in place. `start` lies
    // in the scratch or in `storage`, as `place` says; `storage` is malloc's and freed here.
    private var place = Place.nowhere
    private var start: UnsafeMutableRawPointer?
    private(set) var count = 0
    private var storage: UnsafeMutableRawPointer?
    private var capacity = 0

    deinit { free(storage) }

    /// Valid until the next read or suspension.
    var bytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: start, count: count) }

    mutating func consume(_ length: Int) {
        precondition(length >= 0 && length <= count, "consumed \(length) of \(count) unread bytes")
        count -= length
        if count == 0 { forget() } else { start = start.map { $0 + length } }
    }

    private mutating func forget() {
        place = .nowhere
        start = nil
        free(storage)
        storage = nil
        capacity = 0
    }

    // MARK: Reading

    /// Room behind the unread bytes for the next read, never empty. `connection` is the owner of this inbox.
    mutating func room(in scratch: ReadScratch, for connection: Connection) -> UnsafeMutableRawBufferPointer {
        switch place {
        case .nowhere:
            scratch.give(to: connection)
            place = .scratch
            start = scratch.base
        case .scratch:
            // The bytes are still there, so this connection is still the owner.
            guard let start else { preconditionFailure("an inbox in the scratch has no start") }
            if count > Self.scratchLeftoverBytes {
                moveOutOfScratch()
                return ownRoom()
            }
            if scratch.base + ReadScratch.capacity - (start + count) < ReadScratch.bytesPerRead {
                memmove(scratch.base, start, count)
                self.start = scratch.base
            }
        case .own:
            if count > Self.scratchLeftoverBytes { return ownRoom() }
            scratch.give(to: connection)
            if let start { memcpy(scratch.base, start, count) }
            free(storage)
            storage = nil
            capacity = 0
            place = .scratch
            start = scratch.base
        }
        guard let start else { preconditionFailure("an inbox in the scratch has no start") }
        return UnsafeMutableRawBufferPointer(start: start + count, count: ReadScratch.bytesPerRead)
    }

    /// `length` bytes were read into the room.
    mutating func received(_ length: Int) { count += length }

    /// Nothing was read into the room.
    mutating func receivedNothing() { if count == 0 { forget() } }

    /// Copies the unread bytes into storage of their own, because the scratch is wanted by another connection.
    mutating func moveOutOfScratch() {
        guard place == .scratch else { return }
        guard let start, count > 0 else { return forget() }
        let copy = Self.allocate(count)
        memcpy(copy, start, count)
        storage = copy
        capacity = count
        self.start = copy
        place = .own
    }

    private mutating func ownRoom() -> UnsafeMutableRawBufferPointer {
        guard let start, let storage else { preconditionFailure("an inbox of its own has no storage") }
        var offset = start - storage
        if capacity - offset - count < Self.smallestSpare, offset > 0 {
            memmove(storage, start, count)
            offset = 0
        }
        if capacity - offset - count < Self.smallestSpare {
            capacity = max(capacity * 2, count + Self.smallestSpare)
            guard let grown = realloc(storage, capacity) else { preconditionFailure("out of memory") }
            self.storage = grown
        }
        guard let base = self.storage else { preconditionFailure("an inbox of its own has no storage") }
        self.start = base + offset
        let spare = capacity - offset - count
        return UnsafeMutableRawBufferPointer(start: base + offset + count, count: min(spare, ReadScratch.bytesPerRead))
    }

    private static func allocate(_ count: Int) -> UnsafeMutableRawPointer {
        guard let memory = malloc(count) else { preconditionFailure("out of memory") }
        return memory
    }
}
