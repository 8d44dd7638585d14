import Glibc
import Testing

/// What the pages show is what a server answers.
@Suite struct ExampleTests {
    @Test func `the README's sessions run as printed`() throws {
        let text = try Repository.file("README.md").text
        let fences = text.matches(of: #/byte for byte. -->\n```text\n((?:.*\n)*?)```\n/#)
        #expect(fences.count == 2)
        for fence in fences {
            let lines = fence.output.1.split(separator: "\n").map(String.init)
            let isAnswer = { (line: String) in line.first.map { "+-:*".contains($0) } ?? false }
            let requests = lines.filter { !isAnswer($0) }
            #expect(requests.last == "QUIT")
            let answers = try Example().answers(to: requests)
            #expect(answers == lines.filter(isAnswer).map { $0 + "\r\n" }.joined())
        }
    }

    /// The examples of the protocol's page follow one another on one connection. `REWRITE_EXAMPLES=1 swift test
    /// --filter ExampleTests` writes the answers into the page.
    @Test func `the protocol's examples run as printed`() throws {
        let path = "docs/protocol.md"
        let page = try Repository.file(path)
        var requests: [String] = []
        forEachLine(page) { line, isExample in
            if isExample, line.hasPrefix("> ") { requests.append(String(line.dropFirst(2))) }
        }
        #expect(requests.count > 100)
        let server = try Example("--clock", "manual")
        var answers = try server.answers(to: requests + ["QUIT"]).split(separator: "\r\n")[...]
        var written: [String] = []
        forEachLine(page) { line, isExample in
            if isExample, line.hasPrefix("< ") { return }
            written.append(String(line))
            guard isExample, line.hasPrefix("> ") else { return }
            let first = answers.popFirst() ?? "(no answer)"
            written.append("< \(first)")
            guard first.hasPrefix("*") else { return }
            for _ in 0..<(Int(first.dropFirst()) ?? 0) { written.append("< \(answers.popFirst() ?? "(no answer)")") }
        }
        #expect(answers == ["+OK"])
        if getenv("REWRITE_EXAMPLES") != nil { try Repository.write(written.joined(separator: "\n"), to: path) }
        for (line, expected) in zip(page.lines, written) {
            try #require(line == expected, "if it should be so: REWRITE_EXAMPLES=1 swift test --filter ExampleTests")
        }
        #expect(page.lines.count == written.count)
    }

    private func forEachLine(_ page: Repository.TextFile, _ body: (Substring, Bool) -> Void) {
        var isExample = false
        for line in page.lines {
            if line.hasPrefix("```") { isExample = line == "```text example" }
            body(line, isExample)
        }
    }
}
