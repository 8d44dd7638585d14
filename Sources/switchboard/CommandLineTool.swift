import SwitchboardClient
import SwitchboardPlatform
import SwitchboardServer

/// The subcommands of the executable.
enum CommandLineTool {
    static func run(_ arguments: [String]) -> Int32 {
        let rest = Array(arguments.dropFirst(2))
        switch arguments.dropFirst().first {
        case "serve": return ServeCommand.run(arguments: rest)
        case "check": return CheckCommand.run(arguments: rest)
        case "dump": return DumpCommand.run(arguments: rest)
        case "export": return ExportCommand.run(arguments: rest)
        case "import": return ImportCommand.run(arguments: rest)
        case "replay": return ReplayCommand.run(arguments: rest)
        case "demo": return DemoCommand.run(arguments: rest, executable: arguments[0])
        case "help", "--help", "-h", nil: return help(rest.first)
        case "version", "--version":
            print("switchboard \(ServerVersion.own)")
            return 0
        case let word?:
            StandardError.write("switchboard: unknown subcommand '\(word)'; see 'switchboard help'")
            return 2
        }
    }

    private static func help(_ subcommand: String?) -> Int32 {
        switch subcommand {
        case nil:
            print(
                """
                usage: switchboard <subcommand> [options]

                  serve     run the server
                  check     look into a data folder, and repair it
                  dump      print a snapshot or a journal file as lines of JSON
                  export    write what a server holds as JSON lines or CSV
                  import    put what a file holds into a server
                  replay    play a help desk's incident log against a server
                  demo      start a server, replay the log, kill it, restart it, compare
                  help      explain a subcommand: switchboard help serve
                  version   print the version
                """)
            return 0
        case "serve":
            print(ServeCommand.usage)
            return 0
        case "check":
            print(CheckCommand.help)
            return 0
        case "dump":
            print(DumpCommand.help)
            return 0
        case "export":
            print(ExportCommand.help)
            return 0
        case "import":
            print(ImportCommand.help)
            return 0
        case "replay":
            print(ReplayCommand.help)
            return 0
        case "demo":
            print(DemoCommand.help)
            return 0
        case let word?:
            StandardError.write("switchboard: unknown subcommand '\(word)'; see 'switchboard help'")
            return 2
        }
    }
}
