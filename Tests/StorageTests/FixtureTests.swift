import Glibc
import SwitchboardModel
import SwitchboardTestKit
import SwitchboardWire
import Testing

@testable import SwitchboardStorage

/// A data folder as this version writes it, kept for ever: later versions must load it, and say of it what is written
/// beside it. `REWRITE_FIXTURE=1 swift test --filter FixtureTests` makes it anew, for a version that was never released.
@Suite(.serialized) struct FixtureTests {
    @Test(.enabled(if: Fixture.isRewritten)) func `the fixture is made anew`() throws { try Fixture.rewrite() }

    @Test func `it loads and has its digest, with the snapshot and without`() throws {
        let expected = try Fixture.text("digest.txt")
        for withSnapshot in [true, false] {
            let disk = try Fixture.disk()
            if !withSnapshot { for path in disk.paths() where path.hasSuffix(".swb") { disk.removeContents(path) } }
            let state = RecoveredState(shards: 3)
            let report = try Recovery.run(DataFolder("data", on: disk), into: state)
            #expect((report.snapshot != nil) == withSnapshot)
            let found = state.image.verify()
            #expect(found.problems == [])
            #expect(found.digest.text + "\n" == expected)
        }
    }

    @Test func `a check finds it sound, and counts what is there`() throws {
        let findings = try FolderCheck.run(DataFolder(existing: "data", on: try Fixture.disk()))
        #expect(findings.isSound)
        #expect(findings.snapshots.count == 1 && findings.segments.count == 4)
        #expect(findings.state?.departments == 14 && findings.state?.agents == 23 && findings.state?.tickets == 69)
    }

    @Test(arguments: Fixture.names) func `it is dumped as written`(_ name: String) throws {
        #expect(try Fixture.dump(name).map { $0.line + "\n" }.joined() == (try Fixture.text(name + ".txt")))
    }

    @Test func `every event, kind of entry and section is in it`() throws {
        let coverage = try Fixture.coverage()
        #expect(FormatSchema.events.values.map(\.name).filter { !coverage.events.contains($0) } == [])
        #expect(EntryKind.allCases.map(\.name).filter { !coverage.entries.contains($0) } == [])
        #expect(SectionKind.allCases.map { "\($0)" }.filter { !coverage.sections.contains($0) } == [])
    }

    @Test func `every field is in it with something else than nothing`() throws {
        let fields = try Fixture.coverage().fields
        for (type, list) in FormatSchema.current.types {
            for field in list { #expect(fields.contains("\(type).\(field.name)"), "\(type).\(field.name)") }
        }
    }
}

/// The files beside this one.
enum Fixture {
    static let isRewritten = getenv("REWRITE_FIXTURE") != nil
    static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/Fixtures/version-1"
    static let names = ((try? SystemDisk().names(in: folder)) ?? []).filter { !$0.hasSuffix(".txt") }.sorted()

    static func bytes(_ name: String) throws -> [UInt8] {
        let file = try SystemDisk().open("\(folder)/\(name)", .read)
        defer { file.close() }
        return try file.bytes(at: 0, limit: file.size())
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    static func disk() throws -> FakeDisk {
        let disk = FakeDisk()
        try disk.makeFolder("data")
        for name in names { disk.setContents("data/\(name)", try bytes(name)) }
        return disk
    }

    /// The lines of a dump.
    static func dump(_ name: String) throws -> [JSON] {
        var lines: [JSON] = []
        _ = try FileDump.run("data/\(name)", on: try disk()) { line in
            lines.append(line)
            return true
        }
        return lines
    }

    static func rewrite() throws {
        let engine = try EngineUnderTest(shards: 2) {
            $0.segmentBytes = 16 << 10
            $0.retryIntervalMilliseconds = 0
        }
        defer { engine.close() }
        func play(_ script: String) throws {
            for line in script.split(separator: "\n") {
                let answer = String(decoding: try engine.send(Array((line + "\n").utf8)), as: UTF8.self)
                #expect(answer.hasPrefix("+"), "\(line): \(answer)")
            }
        }
        try play(FixtureScript.first)
        // Leases run anew, which is to be in the files too.
        try engine.crash()
        try engine.engine.journal.sync()
        // The snapshot makes these files needless, and the server removes them.
        let before = engine.disk.paths().filter { $0.hasSuffix(".log") }.map { ($0, engine.disk.contents($0) ?? []) }
        try engine.snapshot()
        // The disk refuses once: the journal goes on in another file and tells of it.
        engine.disk.faults.syncsToFail = 1
        _ = try engine.execute(["TICKET NOTE 1 by=bob body=failing"])
        while engine.engine.journal.outage?.untilMilliseconds == nil { usleep(1000) }
        let balancer = engine.engine.balancer
        engine.lane.run { await balancer.noteInterruption() }
        // A check finds what is not so.
        var found = SelfCheckFailed()
        (found.record, found.checked, found.problems, found.wasAsked) = (engine.engine.journal.appended, 3, 1, true)
        found.lines = [FieldedText("ticket 1 is beyond the next id")]
        let event = found
        engine.lane.run { await balancer.note(event) }
        try play(FixtureScript.last)
        try engine.engine.journal.sync()
        let disk = SystemDisk()
        try disk.makeFolder(folder)
        for name in try disk.names(in: folder) { try disk.remove("\(folder)/\(name)") }
        func write(_ name: String, _ bytes: [UInt8]) throws {
            let file = try disk.open("\(folder)/\(name)", .replace)
            defer { file.close() }
            try file.write(bytes[...], at: 0)
        }
        for (path, bytes) in before { try write(FileName.last(of: path), bytes) }
        for path in engine.disk.paths() where FileName.segment(FileName.last(of: path)) != nil || path.hasSuffix(".swb")
        {
            try write(FileName.last(of: path), engine.disk.contents(path) ?? [])
        }
        try write("digest.txt", Array("\(engine.digest())\n".utf8))
        for name in try disk.names(in: folder) where !name.hasSuffix(".txt") {
            var text = ""
            _ = try FileDump.run("\(folder)/\(name)") { line in
                text += line.line + "\n"
                return true
            }
            try write(name + ".txt", Array(text.utf8))
        }
    }

    struct Coverage {
        var events: Set<String> = []
        var entries: Set<String> = []
        var sections: Set<String> = []
        /// `Type.field`, where something else than zero or nothing was seen.
        var fields: Set<String> = []

        mutating func note(_ type: String, _ value: JSON) {
            guard case .object(let members) = value else { return }
            for field in FormatSchema.current.types[type] ?? [] {
                guard let found = members.first(where: { $0.key == field.name })?.value, !found.isNothing else {
                    continue
                }
                fields.insert("\(type).\(field.name)")
                switch field.kind {
                case .value(let inner): note(inner, found)
                case .list(let inner):
                    if case .array(let elements) = found { for element in elements { note(inner, element) } }
                case .thread:
                    guard case .array(let elements) = found else { continue }
                    for element in elements {
                        if case .string(let kind)? = element["kind"] { entries.insert(kind) }
                    }
                default: break
                }
            }
        }
    }

    static func coverage() throws -> Coverage {
        var coverage = Coverage()
        for name in names {
            for line in try dump(name) {
                if case .string(let section)? = line["section"] {
                    coverage.sections.insert(section)
                    let kind = SectionKind.allCases.first { "\($0)" == section }
                    if let kind { coverage.note(FormatSchema.type(of: kind), line) }
                }
                guard case .array(let events)? = line["events"] else { continue }
                for event in events {
                    guard case .string(let name)? = event["event"] else { continue }
                    coverage.events.insert(name)
                    let type = FormatSchema.events.values.first { $0.name == name }?.type
                    if let type { coverage.note(type, event) }
                }
            }
        }
        return coverage
    }
}

extension JSON {
    fileprivate var line: String {
        var writer = JSONWriter(appendingTo: [])
        writer.value(self)
        return String(decoding: writer.finish(), as: UTF8.self)
    }

    /// Zero, empty, false or null; the first word of a set too.
    fileprivate var isNothing: Bool {
        switch self {
        case .null, .bool(false), .integer(0), .string(""), .array([]): true
        case .string("manual"), .string("keep"), .string("until_resolved"): false
        case .object(let members): members.allSatisfy { $0.value.isNothing }
        default: false
        }
    }
}
