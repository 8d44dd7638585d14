import SwitchboardModel
import SwitchboardWire
import Testing

@Suite struct ServerCommandTests {
    private static let table = CommandTable(ServerCommand.rows)

    private func parse(_ words: [String]) throws(WireError) -> ServerCommand {
        try withRequest(words) { (request) throws(WireError) in try Self.table.parse(request) }
    }

    private func parse(_ line: String) throws(WireError) -> ServerCommand {
        try parse(line.split(separator: " ").map(String.init))
    }

    private func error(_ line: String) -> String? {
        do throws(WireError) {
            _ = try parse(line)
            return nil
        } catch { return "\(error.code.rawValue) \(error.message)" }
    }

    @Test func `ping and echo keep bytes as they are`() throws {
        #expect(try parse("ping") == .ping(nil))
        #expect(try parse(["PING", "a\r\nb=c"]) == .ping(Array("a\r\nb=c".utf8)))
        #expect(try parse(["ECHO", ""]) == .echo([]))
        let bytes: [UInt8] = [0, 255, 10]
        let echoed = try withRequest([Array("ECHO".utf8), bytes]) { (request) throws(WireError) in
            try Self.table.parse(request)
        }
        #expect(echoed == .echo(bytes))
        #expect(error("PING a b") == "ERR wrong number of arguments for 'ping' command")
        #expect(error("ECHO") == "ERR wrong number of arguments for 'echo' command")
    }

    @Test func `hello agrees on a version, a user and a name`() throws {
        #expect(try parse("HELLO") == .hello(.init()))
        #expect(try parse("HELLO 2") == .hello(.init(version: 2)))
        let credentials = Credentials(user: "ann", password: Array("x y".utf8))
        #expect(
            try parse(["hello", "3", "setname", "pool-1", "AUTH", "ann", "x y"])
                == .hello(.init(version: 3, credentials: credentials, name: "pool-1")))
        #expect(error("HELLO 1") == "NOPROTO unsupported protocol version")
        #expect(error("HELLO 4") == "NOPROTO unsupported protocol version")
        #expect(error("HELLO x") == "ERR Protocol version is not an integer or out of range")
        #expect(error("HELLO 3 AUTH ann") == "ERR Syntax error in HELLO option 'AUTH'")
        #expect(error("HELLO 3 SETNAME") == "ERR Syntax error in HELLO option 'SETNAME'")
        #expect(error("HELLO 3 FOO") == "ERR Syntax error in HELLO option 'FOO'")
        #expect(!"\(credentials)".contains("x y"))
    }

    @Test func `auth takes a password with a user or without`() throws {
        #expect(try parse("AUTH secret") == .authenticate(.init(user: nil, password: Array("secret".utf8))))
        #expect(try parse("AUTH ann secret") == .authenticate(.init(user: "ann", password: Array("secret".utf8))))
        #expect(error("AUTH") == "ERR wrong number of arguments for 'auth' command")
        #expect(error("AUTH a b c") == "ERR syntax error")
    }

    @Test func `there is one database`() throws {
        #expect(try parse("SELECT 0") == .select)
        #expect(error("SELECT 1") == "ERR DB index is out of range")
        #expect(error("SELECT x") == "ERR value is not an integer or out of range")
    }

    @Test func `commands of one word`() throws {
        let single: [(String, ServerCommand)] = [
            ("RESET", .reset), ("QUIT", .quit), ("QUIT now", .quit), ("SAVE", .save), ("LASTSAVE", .lastSave),
            ("VERIFY", .verify), ("TIME", .time), ("BGSAVE", .saveInBackground(schedule: false)),
            ("bgsave schedule", .saveInBackground(schedule: true)), ("SHUTDOWN", .shutdown(.standard)),
            ("SHUTDOWN save", .shutdown(.save)), ("SHUTDOWN NOSAVE", .shutdown(.withoutSaving)),
            ("INFO", .info(sections: [])), ("INFO Server CLIENTS", .info(sections: ["server", "clients"])),
            ("HELP", .help(noun: nil, verb: nil)), ("HELP ticket", .help(noun: "ticket", verb: nil)),
            ("HELP ticket show", .help(noun: "ticket", verb: "show")),
        ]
        for (line, command) in single { #expect(try parse(line) == command) }
        #expect(error("SAVE x") == "ERR wrong number of arguments for 'save' command")
        #expect(error("BGSAVE x") == "ERR syntax error")
        #expect(error("SHUTDOWN x") == "ERR syntax error")
    }

    @Test func `the clock is read, set and advanced`() throws {
        #expect(try parse("CLOCK") == .clock(.read))
        #expect(try parse("CLOCK SET 2000-01-01T00:00:00Z") == .clock(.set(.manualStart)))
        #expect(try parse("clock advance 90s") == .clock(.advance(.seconds(90))))
        #expect(error("CLOCK SET") == "SYNTAX missing argument <time>; usage: CLOCK SET <time>")
        #expect(error("CLOCK ADVANCE -1")?.hasPrefix("BADARG <duration> must be a duration") == true)
        #expect(error("CLOCK STOP") == "ERR unknown command 'CLOCK STOP'")
    }

    @Test func `command asks about commands`() throws {
        #expect(try parse("COMMAND") == .command(.all))
        #expect(try parse("COMMAND COUNT") == .command(.count))
        #expect(try parse("COMMAND DOCS") == .command(.docs([])))
        #expect(try parse("COMMAND DOCS Ticket|SHOW ping") == .command(.docs(["ticket|show", "ping"])))
        #expect(try parse("COMMAND INFO ping") == .command(.info(["ping"])))
        #expect(try parse("COMMAND LIST") == .command(.list(nil)))
        #expect(try parse("COMMAND LIST filterby pattern T*") == .command(.list(.pattern("t*"))))
        #expect(try parse("COMMAND LIST FILTERBY ACLCAT x") == .command(.list(.category("x"))))
        #expect(try parse("COMMAND LIST FILTERBY MODULE x") == .command(.list(.module("x"))))
        #expect(error("COMMAND LIST FILTERBY FOO x") == "ERR syntax error")
        #expect(error("COMMAND LIST x") == "ERR syntax error")
        #expect(error("COMMAND COUNT x") == "ERR wrong number of arguments for 'command|count' command")
        #expect(error("COMMAND GETKEYS GET a") == "ERR The command has no key arguments")
        #expect(error("COMMAND FOO") == "ERR unknown command 'COMMAND FOO'")
    }

    @Test func `client names and tells of itself`() throws {
        #expect(try parse("CLIENT SETNAME pool-1") == .client(.setName("pool-1")))
        #expect(try parse(["CLIENT", "SETNAME", ""]) == .client(.setName("")))
        #expect(try parse("CLIENT GETNAME") == .client(.getName))
        #expect(try parse("CLIENT ID") == .client(.id))
        #expect(try parse("CLIENT INFO") == .client(.info))
        #expect(try parse("CLIENT SETINFO lib-name redis-py") == .client(.setInfo(.name, "redis-py")))
        #expect(try parse("CLIENT SETINFO LIB-VER 8.1") == .client(.setInfo(.version, "8.1")))
        #expect(try parse("CLIENT REPLY on") == .client(.reply(.on)))
        #expect(try parse("CLIENT REPLY OFF") == .client(.reply(.off)))
        #expect(try parse("CLIENT REPLY SKIP") == .client(.reply(.skip)))
        #expect(try parse("CLIENT NO-EVICT ON") == .client(.setEviction(isOff: true)))
        #expect(try parse("CLIENT NO-TOUCH off") == .client(.setTouch(isOff: false)))
        #expect(error("CLIENT REPLY x") == "ERR syntax error")
        #expect(error("CLIENT NO-EVICT x") == "ERR syntax error")
        #expect(error("CLIENT SETINFO FOO x") == "ERR Unrecognized option 'FOO'")
        #expect(error("CLIENT") == "ERR unknown command 'CLIENT'")
        #expect(error("CLIENT SETNAME") == "ERR wrong number of arguments for 'client|setname' command")
        for name in ["a b", "a\n", "ä", "\u{7f}"] {
            #expect(throws: WireError(.general, "Client names cannot contain spaces, newlines or special characters."))
            {
                try parse(["CLIENT", "SETNAME", name])
            }
        }
        let longest = String(repeating: "n", count: ServerCommand.longestName)
        #expect(try parse("CLIENT SETNAME \(longest)") == .client(.setName(longest)))
        #expect(error("CLIENT SETNAME \(longest)n") == "BADARG <name> has more than 256 bytes")
    }

    @Test func `clients are listed and killed by filters`() throws {
        var list = ServerCommand.Filter()
        list.skipsItself = false
        #expect(try parse("CLIENT LIST") == .client(.list(list)))
        list.ids = [1, 25]
        #expect(try parse("CLIENT LIST ID 1 25") == .client(.list(list)))
        list.ids = []
        list.type = .pubsub
        #expect(try parse("CLIENT LIST TYPE PubSub") == .client(.list(list)))
        var kill = ServerCommand.Filter()
        kill.ids = [7]
        kill.type = .replica
        kill.address = "1.2.3.4:5"
        kill.user = "ann"
        kill.skipsItself = false
        #expect(
            try parse("CLIENT KILL ID 7 TYPE slave ADDR 1.2.3.4:5 USER ann SKIPME no") == .client(.killAll(kill)))
        #expect(try parse("CLIENT KILL 1.2.3.4:5") == .client(.kill(address: "1.2.3.4:5")))
        #expect(error("CLIENT LIST FOO") == "ERR syntax error")
        #expect(error("CLIENT LIST TYPE foo") == "ERR Unknown client type 'foo'")
        #expect(error("CLIENT LIST ID 0") == "ERR Invalid client ID")
        #expect(error("CLIENT KILL ID 0") == "ERR client-id should be greater than 0")
        #expect(error("CLIENT KILL ID 1 SKIPME maybe") == "ERR syntax error")
        #expect(error("CLIENT KILL FOO BAR") == "ERR syntax error")
        #expect(error("CLIENT KILL ID 1 ADDR") == "ERR syntax error")
    }

    @Test func `settings are read by pattern and changed in pairs`() throws {
        #expect(try parse("CONFIG GET Max* port") == .config(.get(patterns: ["max*", "port"])))
        #expect(
            try parse(["CONFIG", "SET", "Fsync", "always", "a", "x y"])
                == .config(.set([.init("fsync", "always"), .init("a", "x y")])))
        #expect(try parse("CONFIG RESETSTAT") == .config(.resetStatistics))
        #expect(error("CONFIG GET") == "ERR wrong number of arguments for 'config|get' command")
        #expect(error("CONFIG SET a") == "ERR wrong number of arguments for 'config|set' command")
        #expect(error("CONFIG SET a b c") == "ERR wrong number of arguments for 'config|set' command")
    }

    @Test(arguments: ["MULTI", "EXEC", "DISCARD", "WATCH a", "UNWATCH"])
    func `transactions are refused`(line: String) {
        #expect(error(line) == "ERR transactions are not supported; use a plain pipeline, if= and rid=")
    }

    @Test func `a text that is not UTF-8 is refused where text is meant`() {
        #expect(throws: WireError(.badArgument, "<noun> is not valid UTF-8")) {
            try withRequest([Array("HELP".utf8), [0xff]]) { (request) throws(WireError) in
                try Self.table.parse(request)
            }
        }
    }

    @Test func `before authentication only what leads to it is open`() {
        let open = ServerCommand.rows.filter { $0.shape.roles.contains(.stranger) }.map(\.shape.name)
        #expect(Set(open) == ["HELLO", "AUTH", "QUIT", "RESET", "HELP"])
    }
}
