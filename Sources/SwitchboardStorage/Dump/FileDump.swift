import SwitchboardModel

/// What is in a snapshot or a journal file, as JSON, piece by piece.
public enum FileDump {
    /// Calls `take` with a line about the file, then with one for each record or element of a section; ends early when
    /// it answers `false`. Returns what is at the file's end where that is no clean end, for a person.
    ///
    /// Throws `.damaged`, naming file and offset, where the file is not what was written, after all that is before.
    public static func run(
        _ path: String, on disk: any Disk = SystemDisk(), _ take: (JSON) -> Bool
    ) throws(StorageError) -> String? {
        let file = try disk.open(path, .read)
        defer { file.close() }
        let start = try file.bytes(at: 0, limit: 4)
        if start == SegmentHeader.magic { return try segment(path, disk, take) }
        if start == SnapshotFormat.magic { return try snapshot(path, disk, take) }
        throw .damaged("it is neither a journal file nor a snapshot", path, at: 0)
    }

    private static func segment(
        _ path: String, _ disk: any Disk, _ take: (JSON) -> Bool
    ) throws(StorageError) -> String? {
        var scan = try SegmentScan(path, on: disk)
        defer { scan.close() }
        let about: JSON = [
            "file": "journal", "version": .integer(Int64(SegmentHeader.version)),
            "first": .integer(Int64(scan.first.rawValue)),
        ]
        guard take(about) else { return nil }
        while true {
            switch try scan.step() {
            case .record(let record):
                let line: JSON
                do throws(ByteReader.Malformed) { line = try json(record) } catch {
                    throw .damaged(
                        "record \(record.lsn.rawValue) cannot be read: \(error.what)", path, at: record.offset)
                }
                guard take(line) else { return nil }
            case .end: return nil
            case .bad(let what, let offset, let isTorn):
                guard isTorn else { throw .damaged(what, path, at: offset) }
                return "the last write was torn at offset \(offset): \(what)"
            }
        }
    }

    private static func json(_ record: SegmentScan.Record) throws(ByteReader.Malformed) -> JSON {
        var reader = ByteReader(record.payload)
        let time = Timestamp(milliseconds: try reader.signedVarint())
        var events: [JSON] = []
        while !reader.isAtEnd {
            let tag = try reader.byte()
            let fields = try reader.raw(Int(try reader.fixed32()))
            guard let event = FormatSchema.events[tag] else {
                events.append(["event": .integer(Int64(tag)), "fields": .string(FieldDump.hexadecimal(fields))])
                continue
            }
            let members = try FieldDump().members(event.type, fields)
            events.append(.object([JSON.Member("event", .string(event.name))] + members))
        }
        return [
            "record": .integer(Int64(record.lsn.rawValue)), "offset": .integer(Int64(record.offset)),
            "time": .time(time),
            "events": .array(events),
        ]
    }

    private static func snapshot(
        _ path: String, _ disk: any Disk, _ take: (JSON) -> Bool
    ) throws(StorageError) -> String? {
        let reader = try SnapshotReader(path, on: disk)
        let about: JSON = [
            "file": "snapshot", "version": .integer(Int64(SnapshotFormat.version)),
            "record": .integer(Int64(reader.lsn.rawValue)),
            "created": .time(Timestamp(milliseconds: reader.createdMilliseconds)),
        ]
        guard take(about) else { return nil }
        var section: [UInt8] = []
        var offset = reader.offset
        while let kind = try reader.next(into: &section) {
            do throws(ByteReader.Malformed) {
                guard try elements(kind, section, take) else { return nil }
            } catch {
                throw .damaged("a section cannot be read: \(error.what)", path, at: offset)
            }
            offset = reader.offset
        }
        return nil
    }

    private static func elements(
        _ kind: UInt8, _ section: [UInt8], _ take: (JSON) -> Bool
    ) throws(ByteReader.Malformed) -> Bool {
        guard let known = SectionKind(rawValue: kind) else {
            return take(["section": .integer(Int64(kind)), "bytes": .integer(Int64(section.count))])
        }
        var reader = ByteReader(section)
        while !reader.isAtEnd {
            let members = try FieldDump().members(FormatSchema.type(of: known), try reader.blob())
            guard take(.object([JSON.Member("section", .string("\(known)"))] + members)) else { return false }
        }
        return true
    }
}
