import Testing

/// The page of numbered behaviours names a transcript for each, and the transcript is of that number.
@Suite struct FeatureTests {
    /// Sections and the numbers asked for in each.
    private static let asked: [(section: Int, numbers: [Int])] = [
        (0, Array(1...10)), (1, Array(1...8) + [13, 14] + Array(17...22)), (2, Array(1...13) + [15]),
        (3, [2] + Array(7...22)), (4, Array(1...9) + [15, 20, 21]),
    ]

    private struct Row {
        var number: String
        var transcripts: [String]
    }

    private func rows() throws -> [Row] {
        try Repository.file("docs/features.md").lines.compactMap { line in
            guard let match = line.wholeMatch(of: #/\| (\d+\.\d+) \| .+ \| .+ \| (.*) ?\|/#) else { return nil }
            let transcripts = match.output.2.matches(of: #/`([^`]+)`/#).map { String($0.output.1) }
            return Row(number: String(match.output.1), transcripts: transcripts)
        }
    }

    @Test func `each behaviour that is asked for has a row, in order`() throws {
        let wanted = Self.asked.flatMap { section, numbers in numbers.map { "\(section).\($0)" } }
        #expect(try rows().map(\.number) == wanted)
    }

    @Test func `each row names transcripts that are there and say that they are of its number`() throws {
        let names = Set(Repository.names(in: "Tests/EngineTests/Transcripts"))
        for row in try rows() {
            #expect(!row.transcripts.isEmpty, "\(row.number) has no transcript")
            for name in row.transcripts {
                guard names.contains(name) else {
                    Issue.record("\(row.number) names \(name), which is not there")
                    continue
                }
                let first = try Repository.file("Tests/EngineTests/Transcripts/\(name)").lines.first ?? ""
                #expect(first.hasPrefix("# \(row.number): "), "\(name) is not said to be of \(row.number)")
            }
        }
    }

    @Test func `each transcript of a number is in its row`() throws {
        let rows = try rows()
        for name in Repository.names(in: "Tests/EngineTests/Transcripts") {
            guard let number = name.firstMatch(of: #/^(\d+\.\d+)-/#)?.output.1 else { continue }
            let row = rows.first { $0.number == number }
            #expect(row?.transcripts.contains(name) == true, "\(name) is in no row \(number)")
        }
    }
}
