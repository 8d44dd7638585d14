import SwitchboardModel
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

    @Test func `each field of each stored value is in its table`() {
        var types = 0
        for file in Repository.sources where file.path.hasPrefix("Sources/SwitchboardModel/") {
            var type: Substring?
            for line in file.lines {
                if let match = line.firstMatch(of: #/^(?:public )?(?:struct|extension) (\w+): Fielded/#) {
                    type = match.output.1
                    types += 1
                    #expect(section(match.output.1) != nil, "no section on \(match.output.1)")
                } else if line.firstMatch(of: #/^(?:public )?(?:struct|extension|enum) /#) != nil {
                    type = nil
                }
                guard let type, let match = line.firstMatch(of: #/(?:coder|fields)\.\w+\((\d+), &/#) else { continue }
                let row = "| \(match.output.1) | "
                #expect(section(type)?.contains { $0.hasPrefix(row) } ?? true, "\(type) has no field \(match.output.1)")
            }
        }
        #expect(types > 30)
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
            ("AssignmentRule", AssignmentRule.allCases.map { ($0.rawValue, $0.name) }),
        ]
        for (type, values) in words {
            let list = values.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
            #expect(page.contains { $0 == "| `\(type)` | \(list) |" }, "no row of \(type): \(list)")
        }
    }

    /// The lines below the heading of a type.
    private func section(_ type: Substring) -> ArraySlice<Substring>? {
        guard let start = page.firstIndex(where: { $0.hasPrefix("#") && $0.hasSuffix(" `\(type)`") }) else {
            return nil
        }
        let rest = page[(start + 1)...]
        return rest.prefix { !$0.hasPrefix("#") }
    }
}
