import Testing

/// A short version of `make torture`, and whether it would find what it looks for.
@Suite struct TortureTests {
    private func torture(_ words: String...) throws -> Program {
        let folder = TestServer.executable.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return try Program.run(
            folder.joined(separator: "/") + "/switchboard-torture", words, timeoutSeconds: 300)
    }

    @Test func `servers killed under load lose and double nothing`() throws {
        let run = try torture("processes", "--cycles", "8", "--seed", "3")
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        #expect(run.output.contains("8 kills in ") && run.output.contains(" 0 lost, 0 doubled, "), "\(run.output)")
        #expect(run.output.contains(" 8 digests compared"), "\(run.output)")
    }

    @Test(arguments: ["loss", "double"])
    func `what a broken server would do is found`(planted: String) throws {
        let run = try torture("processes", "--cycles", "3", "--plant", planted)
        #expect(run.status == 1, "\(run.output) \(run.errors)")
        #expect(run.output.contains("wrong: "), "\(run.output)")
    }

    @Test func `a disk that was full loses nothing`() throws {
        for kind in ["tmpfs", "limit"] {
            let run = try torture("full-disk", "--rounds", "1", "--small", kind)
            #expect(run.status == 0, "\(run.output) \(run.errors)")
            #expect(run.output.contains(" 0 lost, 0 doubled"), "\(run.output)")
        }
    }

    @Test func `damaged journals, failing syncs and a clock set back lose nothing`() throws {
        let run = try torture("files", "--tail", "8", "--stride", "113", "--seeds", "5")
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        #expect(run.output.split(separator: "\n").count { $0.hasSuffix(" 0 wrong") } == 5, "\(run.output)")
    }

    @Test func `a part that is not there is refused`() throws {
        let run = try torture("everything")
        #expect(run.status == 2)
        #expect(run.errors.contains("unknown part 'everything'"), "\(run.errors)")
    }
}
