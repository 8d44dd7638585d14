import SwitchboardClient
import Testing

/// A short version of `make microbench`: that all of it runs, not how quick it is.
@Suite struct MicrobenchTests {
    private func microbench(_ words: String...) throws -> Program {
        let folder = TestServer.executable.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return try Program.run(
            folder.joined(separator: "/") + "/switchboard-microbench", words, timeoutSeconds: 300)
    }

    @Test func `every benchmark runs and says what it found in one line`() throws {
        let run = try microbench(
            "--json", "--rounds=2", "--percent=1", "--agents=100", "--waiting=10", "--tickets=2000",
            "--words=500")
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count > 30)
        for line in lines {
            #expect(
                line.hasPrefix("{\"name\":\"") && line.contains("\"median_ns\":") && line.hasSuffix("}"), "\(line)")
        }
        for part in ["parse inline OPEN", "decide OPEN", "encode OPEN", "append", "snapshot", "pair", "DEPT SET"] {
            #expect(lines.contains { $0.contains(part) }, "\(part)")
        }
    }

    @Test func `a table has a line for each benchmark`() throws {
        let run = try microbench("waiting", "--rounds=1", "--percent=1", "--waiting=1000")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("pair, 10 waiting  ") && run.output.contains("pair, 1,000 waiting  "))
    }

    @Test func `arguments that make no sense are named`() throws {
        for (word, complaint) in [
            ("parts", "unknown part 'parts'"), ("--rounds=0", "--rounds must be a number from 1 to 1000"),
            ("--speed=1", "unknown option '--speed'"),
        ] {
            let run = try microbench(word)
            #expect(run.status == 2 && run.errors.contains(complaint), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
    }
}
