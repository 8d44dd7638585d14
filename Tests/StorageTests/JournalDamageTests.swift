import SwitchboardModel
import SwitchboardTestKit
import Testing

@testable import SwitchboardStorage

@Suite struct JournalDamageTests {
    @Test(arguments: [true, false])
    func `a journal cut at any byte recovers a prefix and goes on`(apart: Bool) throws {
        let whole = try journalBytes(12, apart: apart)
        for size in 0...whole.count {
            let folder = try DataFolder("data", on: disk(with: [segmentOne: Array(whole.prefix(size))]))
            let (records, report) = try readAll(folder)
            #expect(records == (1...12).prefix(records.count).map(payload))
            #expect(report.last.rawValue == UInt64(records.count))
            #expect(size < whole.count || records.count == 12)

            let journal = try open(folder, after: report.last.rawValue)
            journal.append(payload(report.last.rawValue + 1))
            journal.close()
            let again = try readAll(folder)
            #expect(again.records == (1...report.last.rawValue + 1).map(payload))
            #expect(again.report.bytesCut == 0)
        }
    }

    @Test(arguments: [true, false])
    func `a write that stopped at any byte of a file filled ahead recovers a prefix`(apart: Bool) throws {
        let whole = try journalBytes(12, apart: apart)
        for size in SegmentHeader.bytes...whole.count {
            let bytes = Array(whole.prefix(size)) + [UInt8](repeating: 0, count: 4096 - size)
            let folder = try DataFolder("data", on: disk(with: [segmentOne: bytes]))
            let (records, report) = try readAll(folder)
            #expect(records == (1...12).prefix(records.count).map(payload))
            let kept = SegmentHeader.bytes + records.reduce(0) { $0 + RecordFrame.headerBytes + $1.count }
            #expect(kept + report.bytesCut <= size)
            #expect(report.bytesCut == 0 || size < whole.count)
        }
    }

    @Test(arguments: [true, false], [0, 700])
    func `no flipped bit goes unnoticed`(apart: Bool, zeros: Int) throws {
        let whole = try journalBytes(12, apart: apart)
        let last = whole.count - RecordFrame.headerBytes - payload(12).count
        for offset in whole.indices {
            for bit in 0..<8 as Range<UInt8> {
                var bytes = whole + [UInt8](repeating: 0, count: zeros)
                bytes[offset] ^= 1 << bit
                let folder = try DataFolder("data", on: disk(with: [segmentOne: bytes]))
                if offset >= last {
                    #expect(try readAll(folder).records == (1...11).map(payload))
                } else {
                    #expect(StorageError.code { _ = try readAll(folder) } == .damaged)
                    // Refused, and left as it was found.
                    #expect(folder.contents(segmentOne) == bytes)
                }
            }
        }
    }

    @Test func `damage is named by file and offset`() throws {
        var bytes = try journalBytes(3, apart: true)
        bytes[SegmentHeader.bytes + RecordFrame.headerBytes] ^= 1
        let folder = try DataFolder("data", on: disk(with: [segmentOne: bytes]))
        #expect(
            throws: StorageError(
                .damaged,
                "\(segmentOne) is damaged at offset 20: record 1 does not match its checksum, and valid records follow")
        ) { try readAll(folder) }
    }

    @Test func `zeros after the records are the end`() throws {
        let bytes = try journalBytes(5, apart: true) + [UInt8](repeating: 0, count: 3 << 20)
        let folder = try DataFolder("data", on: disk(with: [segmentOne: bytes]))
        let (records, report) = try readAll(folder)
        #expect(records == (1...5).map(payload))
        #expect(report.bytesCut == 0)
    }

    @Test func `a sector that was never written tears the last group and no other`() throws {
        for (apart, code) in [(false, nil), (true, StorageError.Code.damaged)] {
            var bytes = try journalBytes(60, apart: apart)
            #expect(bytes.count > 2048)
            for offset in 1024..<1536 { bytes[offset] = 0 }
            let folder = try DataFolder("data", on: disk(with: [segmentOne: bytes]))
            var records: [[UInt8]] = []
            #expect(StorageError.code { records = try readAll(folder).records } == code)
            if code == nil { #expect(!records.isEmpty && records == (1...60).prefix(records.count).map(payload)) }
        }
    }

    @Test func `damage in a segment that is not the last is never a torn tail`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        for start in [0, 5] as [UInt64] {
            let journal = try open(folder, after: start)
            for number in start + 1...start + 5 { journal.append(payload(number)) }
            journal.close()
        }
        let first = disk.contents(segmentOne)!
        for size in first.indices {
            disk.setContents(segmentOne, Array(first.prefix(size)))
            let code = StorageError.code { _ = try readAll(folder) }
            #expect(code == .damaged || code == .gap)
        }
        disk.removeContents(segmentOne)
        #expect(StorageError.code { _ = try readAll(folder) } == .gap)
        #expect(try readAll(folder, after: 5).records == (6...10).map(payload))
    }

    @Test func `a missing segment in the middle is a gap`() throws {
        let disk = FakeDisk()
        let folder = try DataFolder("data", on: disk)
        let journal = try open(folder) { $0.segmentBytes = 100 }
        for number in 1...20 as ClosedRange<UInt64> { journal.append(payload(number)) }
        journal.close()
        let middle = try folder.segments()[3]
        disk.removeContents(folder.file(FileName.segment(first: middle)))
        #expect(StorageError.code { _ = try readAll(folder) } == .gap)
    }

    @Test func `an unknown format version is refused by name`() throws {
        let header = SegmentHeader.encode(first: LogSequenceNumber(1), version: 9)
        let folder = try DataFolder("data", on: disk(with: [segmentOne: header]))
        #expect(
            throws: StorageError(
                .newerFormat, "\(segmentOne): format version 9 is not known to this program")
        ) { try readAll(folder) }
    }

    @Test func `a record that cannot be applied ends the reading`() throws {
        struct Unknown: Error {}
        let folder = try DataFolder("data", on: disk(with: [segmentOne: journalBytes(3, apart: true)]))
        #expect(
            StorageError.code {
                _ = try JournalReader.read(folder, after: .none) { lsn, _ in if lsn.rawValue == 2 { throw Unknown() } }
            } == .damaged)
    }
}

extension DataFolder {
    fileprivate func contents(_ path: String) -> [UInt8]? { (disk as? FakeDisk)?.contents(path) }
}
