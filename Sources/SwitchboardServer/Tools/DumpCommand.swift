import Glibc
import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardWire

/// `switchboard dump`: a snapshot or a journal file as lines of JSON.
public enum DumpCommand {
    public static let help = """
        switchboard dump FILE

        Prints a journal file (journal-….log) or a snapshot (snapshot-….swb) as lines of
        JSON: one about the file, then one for each record with its number, offset, time
        and events, or one for each element of a section. Fields have the names of
        docs/format.md; agents and departments are shown by index. Reads the file piece by
        piece and changes nothing, so a running server's files may be looked at too.

        Exit status: 0 when the file is whole (a torn last write is told on standard
        error), 1 for damage, named with its offset after all lines before it, 2 for a bad
        command line or a file that cannot be read.
        """

    /// Runs the command with what follows `dump` on the command line; returns the exit status.
    public static func run(arguments: [String]) -> Int32 {
        if arguments.contains("--help") || arguments.contains("-h") {
            print(help)
            return 0
        }
        guard arguments.count == 1, let path = arguments.first, !path.hasPrefix("-") else {
            return fail("one file is expected; see 'switchboard help dump'", status: 2)
        }
        var output = LineOutput()
        do throws(StorageError) {
            let end = try FileDump.run(path) { line in
                output.add(line)
                return output.isOpen
            }
            output.flush()
            if let end { StandardError.write("switchboard dump: \(path): \(end)") }
            return 0
        } catch {
            output.flush()
            return fail(error.message, status: error.code == .damaged || error.code == .newerFormat ? 1 : 2)
        }
    }

    private static func fail(_ message: String, status: Int32) -> Int32 {
        StandardError.write("switchboard dump: \(message)")
        return status
    }
}

/// Standard output for many lines.
private struct LineOutput {
    private static let bufferBytes = 1 << 16

    /// Whether somebody still reads.
    private(set) var isOpen = true
    private var bytes: [UInt8] = []

    mutating func add(_ line: JSON) {
        var writer = JSONWriter(appendingTo: bytes)
        bytes = []
        writer.value(line)
        bytes = writer.finish()
        bytes.append(10)
        if bytes.count >= Self.bufferBytes { flush() }
    }

    mutating func flush() {
        var written = 0
        while written < bytes.count, isOpen {
            let count = bytes.withUnsafeBytes { write(1, $0.baseAddress! + written, bytes.count - written) }
            if count > 0 { written += count } else if errno != EINTR { isOpen = false }
        }
        bytes.removeAll(keepingCapacity: true)
    }
}
