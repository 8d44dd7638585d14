import Testing

/// Habits that a compiler does not check. Banned words are put together here, so that this file may be looked at too.
@Suite struct TidyTests {
    private static let longestFile = 500

    /// Lines of `files` that hold `word` in code, as `path:line: text`.
    private func uses(_ word: String, in files: [Repository.TextFile], comments: Bool = false) -> [String] {
        files.filter { $0.holds(word) }.flatMap { file in
            file.lines.enumerated().compactMap { number, line in
                var code = line
                if !comments, let start = line.firstRange(of: "//") { code = line[..<start.lowerBound] }
                guard code.contains(word) else { return nil }
                return "\(file.path):\(number + 1): \(line)"
            }
        }
    }

    @Test func `there are files to look at`() {
        #expect(Repository.sources.count > 100)
        #expect(Repository.pages.contains { $0.path == "README.md" })
        #expect(Repository.written.contains { $0.path == "Makefile" })
    }

    @Test func `no file has more than 500 lines`() {
        for file in Repository.swift {
            #expect(file.lines.count <= Self.longestFile + 1, "\(file) has \(file.lines.count - 1) lines")
        }
    }

    @Test(arguments: ["SwitchboardModel", "SwitchboardEngine"])
    func `the lane starts no task and sleeps nowhere`(target: String) {
        let files = Repository.sources.filter { $0.path.hasPrefix("Sources/\(target)/") }
        #expect(!files.isEmpty)
        for word in ["Task {", "Task.detached", "Task.sleep", "Task.immediate"] { #expect(uses(word, in: files) == []) }
    }

    @Test(arguments: ["import Found" + "ation", "try" + "!", "fatal" + "Error(", "as" + "! "])
    func `sources do without`(word: String) {
        #expect(uses(word, in: Repository.sources) == [])
    }

    @Test func `the model imports nothing`() {
        let files = Repository.sources.filter { $0.path.hasPrefix("Sources/SwitchboardModel/") }
        #expect(uses("import ", in: files) == [])
    }

    @Test(arguments: ["TO" + "DO", "FIX" + "ME", "XX" + "X:"])
    func `nothing is left for later in a comment`(word: String) {
        #expect(uses(word, in: Repository.written, comments: true) == [])
    }

    @Test(arguments: ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/opt/sw" + "ift"])
    func `no path of one machine is written anywhere`(path: String) {
        #expect(uses(path, in: Repository.written, comments: true) == [])
    }

    @Test func `what is unchecked says why`() {
        for file in Repository.swift where file.path.hasPrefix("Sources/") {
            let lines = file.lines
            for (number, line) in lines.enumerated() where line.contains("@unchecked Sendable") {
                let near = lines[max(0, number - 3)...min(lines.count - 1, number + 3)]
                let says = near.contains { line in
                    guard let comment = line.firstRange(of: "//") else { return false }
                    let text = line[comment.upperBound...].drop { $0 == "/" || $0 == " " }
                    return text.lowercased().hasPrefix("because") || text.hasPrefix("@unchecked because")
                }
                #expect(says, "\(file):\(number + 1): \(line)")
            }
        }
    }

    @Test func `no line ends in a blank and every file in a line feed`() {
        for file in Repository.written {
            for (number, line) in file.lines.enumerated() {
                #expect(!(line.last == " " || line.last == "\t"), "\(file):\(number + 1)")
            }
            #expect(file.text.isEmpty || file.text.hasSuffix("\n"), "\(file) ends without a line feed")
        }
    }

    @Test func `no file begins with a banner`() {
        for file in Repository.swift where file.path != "Package.swift" {
            let first = file.lines.first ?? ""
            #expect(!first.hasPrefix("//") || first.hasPrefix("///"), "\(file): \(first)")
        }
    }
}
