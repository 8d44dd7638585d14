import SwitchboardModel

/// Whether the bad end of the last segment is what a crash leaves behind, or damage to what was once whole.
///
/// Groups are written one after the other, each after the sync of the one before. A crash of the machine can leave
/// any part of the last group missing: its end, or sectors in its middle that read as zeros. It cannot change a
/// byte, and it cannot touch an older group.
enum TornTail {
    private static let sectorBytes = 512

    /// `rest` are the segment's bytes from the bad record on, which lies at `offset` of the file and should have
    /// been number `expected`.
    ///
    /// Torn: nothing valid follows, or what follows was written with the bad record (no frame that `followsSync`)
    /// and a sector never written explains the hole. Everything else is damage.
    static func explains(_ rest: [UInt8], at offset: Int, expected: LogSequenceNumber) -> Bool {
        rest.withUnsafeBytes { raw in
            var position = 0
            var firstValid: Int?
            // A frame begins with a length, so none begins in the zeros at the end.
            let end = min(Zeros.meaningful(raw), raw.count - RecordFrame.headerBytes + 1)
            while position < end {
                guard let frame = laterFrame(raw, at: position, than: expected) else {
                    position += 1
                    continue
                }
                if frame.followsSync { return false }
                firstValid = firstValid ?? position
                position += frame.bytes
            }
            guard let firstValid else { return true }
            return hasUnwrittenSector(UnsafeRawBufferPointer(rebasing: raw[..<firstValid]), at: offset)
        }
    }

    /// The number is looked at first: it rules out nearly every position without a checksum.
    private static func laterFrame(
        _ raw: UnsafeRawBufferPointer, at position: Int, than expected: LogSequenceNumber
    ) -> RecordFrame.Found? {
        let number = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position + 8, as: UInt64.self))
        let furthest = expected.rawValue + UInt64(raw.count / RecordFrame.headerBytes)
        guard number > expected.rawValue, number <= furthest else { return nil }
        return RecordFrame.valid(in: raw, at: position)
    }

    /// Whether the part of some sector that lies in `bytes` was to be written and is all zeros. The first sector
    /// counts from the bad record on: what is before it was written by an older group, and stayed.
    private static func hasUnwrittenSector(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        var start = 0
        while start < bytes.count {
            let end = ((offset + start) / sectorBytes + 1) * sectorBytes - offset
            guard end <= bytes.count else { return false }
            if Zeros.fill(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) { return true }
            start = end
        }
        return false
    }
}
