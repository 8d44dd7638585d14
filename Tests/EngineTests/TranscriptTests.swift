import Glibc
import SwitchboardTestKit
import Testing

@Suite struct TranscriptTests {
    @Test(arguments: TranscriptFolder.names)
    func `a transcript is played as written`(_ name: String) throws {
        let path = "\(TranscriptFolder.path)/\(name)"
        let expected = try TranscriptFolder.read(path)
        let runner = try TranscriptRunner.play(expected)
        if TranscriptFolder.isRewritten {
            try TranscriptFolder.write(runner.text, to: path)
        } else if let difference = runner.firstDifference(from: expected) {
            Issue.record("\(name), \(difference)")
        }
        for failure in runner.failures { Issue.record("\(name): \(failure)") }
    }

    @Test(
        .disabled(if: TranscriptFolder.isRewritten), arguments: TranscriptFolder.names,
        TranscriptRunner.Interruption.allCases)
    func `a crash or a restart after every line changes no answer`(
        _ name: String, _ interruption: TranscriptRunner.Interruption
    ) throws {
        let expected = try TranscriptFolder.read("\(TranscriptFolder.path)/\(name)")
        // With as many shards as there are cases, so that their number is seen not to matter either.
        let shards = interruption == .none ? 1 : interruption == .crash ? 2 : 5
        let runner = try TranscriptRunner.play(expected, shards: shards, after: interruption)
        if let difference = runner.firstDifference(from: expected) {
            Issue.record("\(name), \(interruption), \(difference)")
        }
        for failure in runner.failures { Issue.record("\(name), \(interruption): \(failure)") }
    }

    @Test func `there are transcripts`() { #expect(TranscriptFolder.names.count > 40) }
}

/// The transcripts beside this file.
enum TranscriptFolder {
    /// Whether the expected lines are to be written anew instead of compared.
    static let isRewritten = getenv("SWITCHBOARD_REWRITE_TRANSCRIPTS") != nil

    static let path =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/Transcripts"

    static let names: [String] = {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".txt") { names.append(name) }
        }
        return names.sorted()
    }()

    struct Unreadable: Error { let path: String }

    static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Unreadable(path: path) }
    }
}
