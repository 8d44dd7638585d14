import Glibc
import SwitchboardTransport

/// `designs <design>`: serves PING lines on a free port of 127.0.0.1, prints the port and its process id, and runs
/// until killed. Every design parses a read, makes one call to an actor for the batch, and answers with one send.
@main
struct Designs {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        _ = FileLimit.raise()
        let name = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : ""
        let port: UInt16
        switch name {
        case "loop": port = serveOnLoop(flushesSoon: false)
        case "loop-flush-soon": port = serveOnLoop(flushesSoon: true)
        case "dispatch-one-queue": port = DispatchDesign.serveOnOneQueue()
        case "dispatch-queue-each": port = DispatchDesign.serveOnQueueEach()
        default:
            fputs("usage: designs loop|loop-flush-soon|dispatch-one-queue|dispatch-queue-each\n", stderrFile())
            exit(2)
        }
        print(port, getpid())
        fflush(nil)
        while true { pause() }
    }

    private static func stderrFile() -> UnsafeMutablePointer<FILE> { fdopen(2, "w") }
}

/// The lines in `bytes`: how many are whole, and where the last of them ends.
func countLines(_ bytes: UnsafeRawBufferPointer) -> (count: Int, end: Int) {
    guard let base = bytes.baseAddress else { return (0, 0) }
    var count = 0
    var end = 0
    while end < bytes.count, let found = memchr(base + end, 10, bytes.count - end) {
        count += 1
        end = UnsafeRawPointer(found) - base + 1
    }
    return (count, end)
}

let pong = Array("+PONG\r\n".utf8)

func appendPongs(_ count: Int, to output: inout [UInt8]) {
    for _ in 0..<count { output.append(contentsOf: pong) }
}
