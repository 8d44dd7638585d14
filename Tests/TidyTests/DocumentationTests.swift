import SwitchboardModel
import SwitchboardServer
import SwitchboardWire
import Testing

/// The pages say what the code says.
@Suite struct DocumentationTests {
    private static let shapes = CommandTables.all.shapes.all
    private static let listed = shapes.filter(\.isListed)
    private static let domain: Set<String> = [
        "TICKET", "AGENT", "DEPT", "WORK", "TASK", "CONVERSATION", "ATTACHMENT", "DELIVERY",
    ]

    private func headings(_ page: String) throws -> Set<String> {
        Set(
            try Repository.file(page).lines.filter { $0.hasPrefix("#") }.map { line in
                String(line.drop { $0 == "#" }.drop { $0 == " " })
            })
    }

    @Test func `each command has a section of the protocol`() throws {
        let headings = try headings("docs/protocol.md")
        for shape in Self.listed { #expect(headings.contains(shape.name), "\(shape.name) has no section") }
    }

    @Test func `each option of a command is named in the protocol`() throws {
        let text = try Repository.file("docs/protocol.md").text
        for shape in Self.listed where Self.domain.contains(shape.noun) {
            for word in shape.usage.split(separator: " ") {
                guard let equals = word.firstIndex(of: "=") else { continue }
                let key = word[..<equals].drop { $0 == "[" }
                #expect(text.contains("\(key)=") || text.contains("`\(key)`"), "\(shape.name) takes \(key)=")
            }
        }
    }

    @Test func `each command on tickets, agents and departments is in a transcript`() throws {
        let folder = "Tests/EngineTests/Transcripts"
        var played: Set<String> = []
        for name in Repository.names(in: folder) {
            for line in try Repository.file("\(folder)/\(name)").lines where line.hasPrefix(">") {
                let words = line.drop { $0 != " " }.split(separator: " ").prefix(2)
                played.insert(words.joined(separator: " "))
            }
        }
        let wanted = Self.listed.filter { Self.domain.contains($0.noun) }.map(\.name)
        #expect(wanted.count > 30)
        #expect(wanted.filter { !played.contains($0) } == [], "commands that no transcript plays")
    }

    @Test func `each target is on the map`() throws {
        let text = try Repository.file("Sources/README.md").text
        let targets = Repository.names(in: "Sources").filter { !$0.hasSuffix(".md") }
        #expect(targets.count > 10)
        for target in targets { #expect(text.contains("`\(target)`"), "\(target)") }
    }

    @Test func `each error code is explained`() throws {
        let text = try Repository.file("docs/protocol.md").text
        for code in ErrorCode.allCases { #expect(text.contains("`\(code.rawValue)`"), "\(code.rawValue)") }
    }

    @Test func `the README shows the options as the server explains them`() throws {
        #expect(try Repository.file("README.md").text.contains("```text\n\(ServeCommand.usage)\n```"))
    }

    @Test func `each option of the server is in the operations page`() throws {
        let text = try Repository.file("docs/operations.md").text
        let names = ServeCommand.usage.split(separator: "\n").compactMap { line in
            line.split(separator: " ").first.flatMap { $0.hasPrefix("--") ? $0.dropFirst(2) : nil }
        }
        #expect(names.count > 10)
        for name in names { #expect(text.contains("| `\(name)` |"), "\(name)") }
    }

    @Test func `links lead to pages and headings that are there`() throws {
        for page in Repository.pages {
            let folder = page.path.split(separator: "/").dropLast()
            for match in page.text.matches(of: #/\]\(([^)\s]+)\)/#) {
                let link = match.output.1
                guard !link.contains("://") else { continue }
                let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let target = resolved(parts[0], from: folder) ?? page.path
                #expect(Repository.exists(target), "\(page) links to \(link)")
                guard parts.count == 2, target.hasSuffix(".md") else { continue }
                let anchors = Set(try headings(target).map(anchor))
                #expect(anchors.contains(String(parts[1])), "\(page) links to \(link)")
            }
        }
    }

    /// The path from the root; nil for this page itself.
    private func resolved(_ link: Substring, from folder: some Sequence<Substring>) -> String? {
        guard !link.isEmpty else { return nil }
        var parts = Array(folder)
        for part in link.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// What a page's viewer makes of a heading.
    private func anchor(_ heading: String) -> String {
        String(
            heading.lowercased().compactMap { character -> Character? in
                if character == " " { return "-" }
                return character.isLetter || character.isNumber || character == "-" || character == "_"
                    ? character : nil
            })
    }
}
