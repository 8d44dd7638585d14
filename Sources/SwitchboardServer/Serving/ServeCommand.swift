import Glibc
import SwitchboardPlatform

/// `switchboard serve`.
public enum ServeCommand {
    /// Serves until a signal or `SHUTDOWN`. Answers the exit status: 0 after a clean end, 2 for a bad option or value,
    /// 1 when the server could not start, or ended with records that the disk would not take.
    public static func run(arguments: [String]) -> Int32 {
        if arguments.contains("--help") || arguments.contains("-h") {
            print(usage)
            return 0
        }
        StopRequest.blockSignals()
        let configuration: Configuration
        do {
            configuration = try Configuration(arguments: arguments)
        } catch {
            return fail(error.description, status: 2)
        }
        let server: Server
        do {
            server = try Server.start(configuration)
        } catch {
            return fail(error.description, status: 1)
        }
        server.stopRequest.watchSignals()
        print(
            "switchboard ready on \(server.listener.address) (data in \(configuration.data), \(server.recoveredText))")
        fflush(nil)
        let isSafe = server.stop(saving: server.stopRequest.wait())
        return isSafe ? 0 : 1
    }

    public static var usage: String {
        var lines = ["usage: switchboard serve [--option value]…", ""]
        for setting in Setting.all {
            let name = "--\(setting.name) \(setting.value)"
            let padding = String(repeating: " ", count: max(1, 30 - name.count))
            lines.append("  \(name)\(padding)\(setting.summary) (\(setting.get(Configuration())))")
        }
        lines.append("  --config FILE                 read settings from a file of 'name = value' lines")
        return lines.joined(separator: "\n")
    }

    private static func fail(_ message: String, status: Int32) -> Int32 {
        // One line whatever is quoted in it.
        let line = message.map { $0.isNewline ? " " : String($0) }.joined()
        StandardError.write("switchboard: \(line)")
        return status
    }
}
