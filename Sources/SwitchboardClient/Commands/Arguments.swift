/// A command's arguments: options with a value each, and what remains.
package struct Arguments {
    package private(set) var positional: [String] = []
    package private(set) var wantsHelp = false
    private var values: [String: String] = [:]

    /// Reads `--name value` and `--name=value` for the names in `options`; `--` ends the options.
    package init(_ arguments: [String], options: [String]) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                positional += rest
                return
            }
            guard argument.hasPrefix("-"), argument != "-" else {
                positional.append(argument)
                continue
            }
            if argument == "--help" || argument == "-h" {
                wantsHelp = true
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard options.contains(name) else { throw UsageError("unknown option '\(name)'") }
            guard values[name] == nil else { throw UsageError("\(name) is given twice") }
            guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                throw UsageError("\(name) needs a value")
            }
            values[name] = value
        }
    }

    package func text(_ name: String) -> String? { values[name] }

    /// The whole number given for `name`, or `otherwise`.
    package func number(_ name: String, in range: ClosedRange<Int>, otherwise: Int) throws(UsageError) -> Int {
        guard let text = values[name] else { return otherwise }
        guard let value = Int(text), range.contains(value) else {
            throw UsageError(
                "\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return value
    }
}

/// A command line that cannot be understood; the program ends with status 2.
package struct UsageError: Error, Equatable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}

extension Arguments {
    private static let defaultPort = 7411

    /// Runs a subcommand with its arguments and tells what went wrong in one line; returns the exit status.
    static func run(
        _ name: String, _ arguments: [String], options: [String], _ body: (Arguments) throws -> Int32
    ) -> Int32 {
        do {
            return try body(try Arguments(arguments, options: options))
        } catch let error as UsageError {
            Console.printError("switchboard \(name): \(error.message) (see switchboard \(name) --help)")
            return 2
        } catch {
            Console.printError("switchboard \(name): \(error)")
            return 1
        }
    }

    /// The one file that the command is about.
    func file() throws(UsageError) -> String {
        guard let path = positional.first else { throw UsageError("which FILE?") }
        guard positional.count == 1 else { throw UsageError("one FILE only, not also '\(positional[1])'") }
        return path
    }

    /// Where the server of `--host` and `--port` is.
    func server() throws(UsageError) -> (host: String, port: UInt16) {
        (
            text("--host") ?? "127.0.0.1",
            UInt16(try number("--port", in: 1...65_535, otherwise: Self.defaultPort))
        )
    }
}
