import SwitchboardModel

extension ServerCommand {
    /// The rows of these commands, for `CommandRow.map` into a whole table. Except for CLOCK they are in the style of
    /// Redis, because Redis' clients send them.
    public static let rows: [CommandRow<ServerCommand>] =
        connectionRows + persistenceRows + introspectionRows + clientRows + configRows + transactionRows

    private typealias Row = CommandRow<ServerCommand>
    private static let server = "server"
    private static let connection = "connection"
    /// For commands that take any number of words; the request's own limit is lower.
    private static let any = 0...Int(UInt16.max)

    private static let connectionRows: [Row] = [
        Row("PING", words: 0...1, ["[text]"], group: connection, roles: .users, "Answer PONG, or the text") {
            (a) throws(WireError) in .ping(a.restCount == 0 ? nil : a.rest(0, "text").bytes)
        },
        Row("ECHO", words: 1...1, ["<text>"], group: connection, roles: .users, "Answer the text") {
            (a) throws(WireError) in .echo(a.rest(0, "text").bytes)
        },
        Row(
            "HELLO", words: any, ["[2|3 [AUTH user password] [SETNAME name]]"], group: connection, roles: .everyone,
            "Agree on the version of RESP, authenticate, name the connection"
        ) { (a) throws(WireError) in .hello(try Hello(a)) },
        Row(
            "AUTH", words: 1...any.upperBound, ["[user]", "<password>"], group: connection, roles: .everyone,
            "Authenticate this connection"
        ) { (a) throws(WireError) in
            guard a.restCount <= 2 else { throw .redisSyntax }
            let user = a.restCount == 2 ? try a.rest(0, "user").text() : nil
            return .authenticate(Credentials(user: user, password: a.rest(a.restCount - 1, "password").bytes))
        },
        Row("SELECT", words: 1...1, ["0"], group: connection, roles: .users, "There is one database, 0") {
            (a) throws(WireError) in
            guard let index = a.rest(0, "index").wholeNumber else { throw .redisNotAnInteger }
            guard index == 0 else { throw WireError(.general, "DB index is out of range") }
            return .select
        },
        Row("RESET", words: 0...0, group: connection, roles: .everyone, "Make the connection as new") {
            (_) throws(WireError) in .reset
        },
        Row("QUIT", words: any, group: connection, roles: .everyone, "Close the connection") {
            (_) throws(WireError) in .quit
        },
    ]

    private static let persistenceRows: [Row] = [
        Row("SAVE", words: 0...0, group: server, roles: .admins, "Write a snapshot; the reply comes when it is on disk")
        {
            (_) throws(WireError) in .save
        },
        Row("BGSAVE", words: 0...1, ["[SCHEDULE]"], group: server, roles: .admins, "Write a snapshot in the background")
        {
            (a) throws(WireError) in
            guard a.restCount == 1 else { return .saveInBackground(schedule: false) }
            guard a.rest(0, "SCHEDULE").matches("SCHEDULE") else { throw .redisSyntax }
            return .saveInBackground(schedule: true)
        },
        Row(
            "LASTSAVE", words: 0...0, group: server, roles: .users,
            "When the last snapshot was written, in unix seconds"
        ) {
            (_) throws(WireError) in .lastSave
        },
        Row("VERIFY", words: 0...0, group: server, roles: .admins, "Recompute every count and invariant and compare") {
            (_) throws(WireError) in .verify
        },
        Row("CLOCK", group: server, roles: .users, "The service time") { (_) throws(WireError) in .clock(.read) },
        Row("CLOCK", "SET", ["time"], group: server, roles: .admins, "Set a manual clock; timers due fire in order") {
            (a) throws(WireError) in .clock(.set(try a["time"].time()))
        },
        Row("CLOCK", "ADVANCE", ["duration"], group: server, roles: .admins, "Move a manual clock on") {
            (a) throws(WireError) in .clock(.advance(try a["duration"].duration()))
        },
        Row("TIME", words: 0...0, group: server, roles: .users, "The real time: unix seconds, microseconds") {
            (_) throws(WireError) in .time
        },
        Row("SHUTDOWN", words: 0...1, ["[NOSAVE|SAVE]"], group: server, roles: .admins, "Stop the server") {
            (a) throws(WireError) in
            guard a.restCount == 1 else { return .shutdown(.standard) }
            if a.rest(0, "mode").matches("SAVE") { return .shutdown(.save) }
            guard a.rest(0, "mode").matches("NOSAVE") else { throw .redisSyntax }
            return .shutdown(.withoutSaving)
        },
    ]

    private static let introspectionRows: [Row] = [
        Row(
            "HELP", words: 0...2, ["[noun [verb]]"], group: server, roles: .everyone,
            "The commands, one a line; also HELP WORDS, STATUSES, EXPRESSIONS, QUOTING"
        ) {
            (a) throws(WireError) in
            .help(
                noun: a.restCount > 0 ? try a.rest(0, "noun").text() : nil,
                verb: a.restCount > 1 ? try a.rest(1, "verb").text() : nil)
        },
        Row("INFO", words: 0...16, ["[section]"], group: server, roles: .users, "The state of the server") {
            (a) throws(WireError) in .info(sections: try a.names("section"))
        },
        Row("COMMAND", words: 0...0, group: server, roles: .users, "Every command, as Redis tells it") {
            (_) throws(WireError) in .command(.all)
        },
        Row("COMMAND", "COUNT", words: 0...0, group: server, roles: .users, "How many commands there are") {
            (_) throws(WireError) in .command(.count)
        },
        Row("COMMAND", "DOCS", words: any, ["[name…]"], group: server, roles: .users, "Summaries and arguments") {
            (a) throws(WireError) in .command(.docs(try a.names("name")))
        },
        Row("COMMAND", "INFO", words: any, ["[name…]"], group: server, roles: .users, "Arity, flags and subcommands") {
            (a) throws(WireError) in .command(.info(try a.names("name")))
        },
        Row(
            "COMMAND", "LIST", words: 0...3, ["[FILTERBY MODULE|ACLCAT|PATTERN value]"], group: server, roles: .users,
            "The names of the commands"
        ) { (a) throws(WireError) in .command(.list(try Command.Filter(a))) },
        Row("COMMAND", "GETKEYS", words: 1...any.upperBound, listed: false, roles: .users, "Refused: there are no keys")
        {
            (_) throws(WireError) in throw .noKeys
        },
        Row("COMMAND", "GETKEYSANDFLAGS", words: 1...any.upperBound, listed: false, roles: .users, "Refused as well") {
            (_) throws(WireError) in throw .noKeys
        },
    ]

    private static let configRows: [Row] = [
        Row(
            "CONFIG", "GET", words: 1...any.upperBound, ["<pattern…>"], group: server, roles: .admins,
            "Settings by name"
        ) {
            (a) throws(WireError) in .config(.get(patterns: try a.names("pattern")))
        },
        Row(
            "CONFIG", "SET", words: 2...any.upperBound, ["<name>", "<value>", "[name value…]"], group: server,
            roles: .admins, "Change settings, all or none"
        ) { (a) throws(WireError) in
            guard a.restCount % 2 == 0 else { throw a.wrongCount }
            var settings: [Config.Setting] = []
            for index in stride(from: 0, to: a.restCount, by: 2) {
                settings.append(
                    Config.Setting(try a.rest(index, "name").text().lowercased(), try a.rest(index + 1, "value").text())
                )
            }
            return .config(.set(settings))
        },
        Row("CONFIG", "RESETSTAT", words: 0...0, group: server, roles: .admins, "Set the counters of INFO to zero") {
            (_) throws(WireError) in .config(.resetStatistics)
        },
    ]

    private static let transactionRows: [Row] = ["MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH"].map { noun in
        Row(noun, words: any, listed: false, roles: .users, "Refused: use a plain pipeline, if= and rid=") {
            (_) throws(WireError) in
            throw WireError(.general, "transactions are not supported; use a plain pipeline, if= and rid=")
        }
    }
}

extension ServerCommand.Hello {
    fileprivate init(_ a: borrowing Arguments) throws(WireError) {
        self.init()
        guard a.restCount > 0 else { return }
        guard let number = a.rest(0, "version").wholeNumber else {
            throw WireError(.general, "Protocol version is not an integer or out of range")
        }
        guard number == 2 || number == 3 else { throw WireError(.noProtocol, "unsupported protocol version") }
        version = number
        var index = 1
        while index < a.restCount {
            let option = a.rest(index, "option")
            let left = a.restCount - index - 1
            if option.matches("AUTH"), left >= 2 {
                let user = try a.rest(index + 1, "user").text()
                credentials = Credentials(user: user, password: a.rest(index + 2, "password").bytes)
                index += 3
            } else if option.matches("SETNAME"), left >= 1 {
                name = try a.rest(index + 1, "name").clientName()
                index += 2
            } else {
                throw WireError(.general, "Syntax error in HELLO option '\(option.printable)'")
            }
        }
    }
}

extension ServerCommand.Command.Filter {
    fileprivate init?(_ a: borrowing Arguments) throws(WireError) {
        guard a.restCount > 0 else { return nil }
        guard a.restCount == 3, a.rest(0, "FILTERBY").matches("FILTERBY") else { throw .redisSyntax }
        let kind = a.rest(1, "kind")
        let value = try a.rest(2, "value").text().lowercased()
        if kind.matches("MODULE") {
            self = .module(value)
        } else if kind.matches("ACLCAT") {
            self = .category(value)
        } else if kind.matches("PATTERN") {
            self = .pattern(value)
        } else {
            throw .redisSyntax
        }
    }
}
