import Glibc

/// `switchboard import`: puts what a file holds into a server.
public enum ImportCommand {
    package static let help = """
        switchboard import FILE|- [--host 127.0.0.1] [--port 7411] [--format jsonl|csv]
                           [--on-error stop|skip] [--errors FILE]
                           [--dept NAME] [--channel ticket|chat|call]

        Puts the departments, agents, views and tickets of FILE (plain or gzip; -: of
        standard input) into a running server: what `switchboard export` wrote, or JSON
        lines and tables made elsewhere. After a break import the same file again:
        what is there already is a duplicate and is left as it is. A table has no
        departments and agents: make them first, or import those of another server
        (`switchboard export --only directory`). Agents are offline after an import:
        what waits is given out when they come online.

        --on-error stop  ends at the first bad line (default); nothing behind it that
                         has an id is imported
        --on-error skip  tells of a bad line and goes on
        --errors FILE    keeps the bad lines, to be mended and imported; they keep
                         their ids
        --dept NAME      the department of tickets that name none
        --channel NAME   the channel of tickets that name none

        Exit status: 0 when all is there, 1 when lines were bad or the server failed,
        2 for a bad command line.
        """

    /// Runs the command with what follows `import` on the command line; returns the exit status.
    public static func run(arguments: [String]) -> Int32 {
        Arguments.run(
            "import", arguments,
            options: ["--host", "--port", "--format", "--on-error", "--errors", "--dept", "--channel"],
            run)
    }

    private static func run(_ arguments: Arguments) throws -> Int32 {
        if arguments.wantsHelp {
            Console.print(help)
            return 0
        }
        let path = try arguments.file()
        let format = try TransferFormat(named: arguments.text("--format"), path: path)
        let onError = arguments.text("--on-error") ?? "stop"
        guard onError == "stop" || onError == "skip" else {
            throw UsageError("--on-error must be stop or skip, not '\(onError)'")
        }
        let defaults = ImportDefaults(department: arguments.text("--dept"), channel: arguments.text("--channel"))
        let (host, port) = try arguments.server()
        let file = try CompressedFile(path: path == "-" ? "/dev/stdin" : path)
        let errorsPath = arguments.text("--errors")
        let progress = ImportProgress(path: path)
        let client = try LineClient(host: host, port: port)
        let result: ImportResult
        switch format {
        case .jsonl:
            let rows = LineRows(file, defaults)
            var run = ImportRun(
                client, stopsOnError: onError == "stop", errors: try ImportErrors(path: errorsPath, header: nil))
            result = try run.run { () throws(ClientError) in
                progress.reach(file)
                return try rows.next()
            }
        case .csv:
            var rows = try TableRows(file, defaults)
            var run = ImportRun(
                client, stopsOnError: onError == "stop",
                errors: try ImportErrors(path: errorsPath, header: rows.header))
            result = try run.run { () throws(ClientError) in
                progress.reach(file)
                return try rows.next()
            }
        }
        progress.finish()
        Console.print(result.line)
        return result.bad == 0 ? 0 : 1
    }
}

/// How far the file was read.
private final class ImportProgress {
    private var bar: TransferProgress
    private let isSized: Bool

    init(path: String) {
        var status = stat()
        let isFile = path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        isSized = isFile && status.st_size >= 1024
        bar = TransferProgress(
            "importing", total: isSized ? Int(status.st_size) / 1024 : 0, unit: isSized ? "KiB" : "lines")
    }

    func reach(_ file: CompressedFile) { bar.reach(isSized ? file.offset / 1024 : file.lineNumber) }

    func finish() { bar.finish() }
}
