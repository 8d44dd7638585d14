import SwitchboardModel
import SwitchboardStorage
import Testing

/// `docs/format.md` names every tag, section and field number that the code writes.
@Suite struct FormatPageTests {
    private let page: [Substring]

    init() throws { page = try Repository.file("docs/format.md").lines }

    @Test func `each event's tag is in its list`() throws {
        let codec = try Repository.file("Sources/SwitchboardModel/Events/RecordCodec.swift").text
        let tags = codec.matches(of: #/case \.(\w+)\(let event\): write\((\d+),/#)
        #expect(tags.count > 20)
        for tag in tags {
            let row = "| \(tag.output.2) | `\(tag.output.1)` |"
            #expect(page.contains { $0.hasPrefix(row) }, "no row \(row)")
        }
    }

    @Test func `each section's kind is in its list`() {
        for kind in SectionKind.allCases {
            let row = "| \(kind.rawValue) | `\(kind)` |"
            #expect(page.contains { $0.hasPrefix(row) }, "no row \(row)")
        }
    }

    @Test func `each field of each stored value is in the table of its type, and none besides`() {
        var types = 0
        for (type, numbers) in Self.codeFields {
            types += 1
            let rows = section(type).map { tableRows($0).map(\.number) }
            #expect(rows == numbers, "\(type) has the fields \(numbers), its table \(rows ?? [])")
        }
        #expect(types > 30)
    }

    @Test func `each field has in a dump the name and kind that its table says`() {
        for (type, fields) in FormatSchema.current.types {
            let rows = section(type).map { tableRows($0) } ?? []
            #expect(rows.map(\.number) == fields.map { Int($0.number) }, "\(type)")
            for (row, field) in zip(rows, fields) {
                #expect(row.name == field.name, "\(type), field \(field.number)")
                // What these hold is described beside the tables.
                let plain = ["thread": "bytes", "document": "bytes", "hash": "integer"]
                let kind = plain[field.kindText] ?? field.kindText
                #expect(row.kind == kind, "\(type), field \(field.number)")
            }
        }
        #expect(Set(FormatSchema.current.types.keys) == Set(Self.codeFields.keys))
    }

    @Test func `a dump knows each event and section`() throws {
        let codec = try Repository.file("Sources/SwitchboardModel/Events/RecordCodec.swift").text
        let tags = codec.matches(of: #/case \.(\w+)\(let event\): write\((\d+),/#)
        #expect(tags.count == FormatSchema.events.count)
        for tag in tags {
            let event = UInt8(tag.output.2).flatMap { FormatSchema.events[$0] }
            #expect(event?.name == String(tag.output.1))
            #expect(event?.type == tag.output.1.prefix(1).uppercased() + tag.output.1.dropFirst(), "\(tag.output.1)")
        }
        for kind in SectionKind.allCases {
            let row = "| \(kind.rawValue) | `\(kind)` | `\(FormatSchema.type(of: kind))` |"
            #expect(page.contains { $0.hasPrefix(row) }, "no row \(row)")
        }
    }

    /// The numbers that each stored type writes, in order; a ticket is stored by a type of its own.
    private static let codeFields: [String: [Int]] = {
        var found: [String: [Int]] = [:]
        for file in Repository.sources where file.path.hasPrefix("Sources/SwitchboardModel/") {
            var type: String?
            for line in file.lines {
                if let match = line.firstMatch(of: #/^(?:public )?(?:struct|extension) (\w+): .*Fielded/#) {
                    let name = match.output.1 == "StoredTicket" ? "Ticket" : String(match.output.1)
                    type = name
                    found[name] = []
                } else if line.firstMatch(of: #/^(?:public )?(?:struct|extension|enum) /#) != nil {
                    type = nil
                }
                if let type, let match = line.firstMatch(of: #/(?:coder|fields)\.\w+\((\d+), &/#) {
                    found[type]?.append(Int(match.output.1) ?? 0)
                }
            }
        }
        return found
    }()

    private func tableRows(_ section: ArraySlice<Substring>) -> [(number: Int, name: String, kind: String)] {
        section.compactMap { line in
            guard let match = line.firstMatch(of: #/^\| (\d+) \| `(\w+)` \| ([^|]+) \| /#) else { return nil }
            return (Int(match.output.1) ?? 0, String(match.output.2), match.output.3.filter { $0 != "`" })
        }
    }

    @Test func `each stored word has its number`() {
        let words: [(String, [(UInt8, String)])] = [
            ("Channel", Channel.allCases.map { ($0.rawValue, $0.name) }),
            ("TicketStatus", TicketStatus.allCases.map { ($0.rawValue, $0.name) }),
            ("Strategy", Strategy.allCases.map { ($0.rawValue, $0.name) }),
            ("AbsencePolicy", AbsencePolicy.allCases.map { ($0.rawValue, $0.name) }),
            ("SlotPolicy", SlotPolicy.allCases.map { ($0.rawValue, $0.name) }),
            ("Presence", Presence.allCases.map { ($0.rawValue, $0.name) }),
            ("PauseKind", PauseKind.allCases.map { ($0.rawValue, $0.name) }),
            ("Role", Role.allCases.map { ($0.rawValue, $0.name) }),
            ("EntryKind", EntryKind.allCases.map { ($0.rawValue, $0.name) }),
            ("WorkOrigin", WorkOrigin.allCases.map { ($0.rawValue, $0.name) }),
            ("DeliveryStatus", DeliveryStatus.allCases.map { ($0.rawValue, $0.name) }),
            ("AssignmentRule", AssignmentRule.allCases.map { ($0.rawValue, $0.name) }),
        ]
        for (type, values) in words {
            let list = values.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
            #expect(page.contains { $0 == "| `\(type)` | \(list) |" }, "no row of \(type): \(list)")
        }
    }

    /// The lines below the heading of a type.
    private func section(_ type: String) -> ArraySlice<Substring>? {
        guard let start = page.firstIndex(where: { $0.hasPrefix("#") && $0.hasSuffix(" `\(type)`") }) else {
            return nil
        }
        let rest = page[(start + 1)...]
        return rest.prefix { !$0.hasPrefix("#") }
    }
}
