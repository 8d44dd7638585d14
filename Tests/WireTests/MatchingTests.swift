import SwitchboardWire
import Testing

/// How words are matched against a row, with a small table of its own.
@Suite struct MatchingTests {
    private static let table = CommandTable<String>([
        CommandRow(
            "TICKET", "SHOW", ["id"], [.option("thread", "no|all")], roles: .users, "Show a ticket"
        ) { (a) throws(WireError) in "show \(try a["id"].text()) \(try a[given: "thread"]?.text() ?? "-")" },
        CommandRow(
            "TICKET", "REPLY", ["id"],
            [
                .option("by", "<agent>", required: true), .option("body", "<text>", required: true),
                .family("field", "<text>"), .option("if", "<version>"),
            ], roles: .agents, "Answer"
        ) { (a) throws(WireError) in
            var fields: [String] = []
            for (name, value) in a.family("field") { fields.append("\(name)=\(try value.text())") }
            return "reply \(try a["id"].text()) \(try a["by"].text()) \(try a["body"].text()) \(fields)"
        },
        CommandRow(
            "TICKET", "POSTPONE", ["id"],
            .oneOf(required: true, .option("until", "<time>"), .option("for", "<duration>"))
                + .oneOf(.option("note", "<text>"), .option("quiet", "yes")), roles: .agents, "Later"
        ) { (a) throws(WireError) in "postpone \(a.has("until")) \(a.has("for"))" },
        CommandRow(
            "DEPT", "SET", ["name"], [.scoped("strategy", "<name>"), .option("title", "<text>")],
            scopes: ["ticket", "call"], roles: .admins, "Settings"
        ) { (a) throws(WireError) in
            let call = a.scope("call")
            let own = try a[given: "strategy"]?.identifier() ?? "-"
            return "set \(own) \(try call[given: "strategy"]?.identifier() ?? "-") \(a.has("strategy"))"
        },
        CommandRow("SUBSCRIBE", nil, repeating: "topic", [.option("since", "<seq>")], roles: .users, "Events") {
            (a) throws(WireError) in
            var topics: [String] = []
            for index in 0..<a.restCount { topics.append(try a.rest(index, "topic").text()) }
            return "subscribe \(topics) \(try a[given: "since"]?.text() ?? "-")"
        },
        CommandRow("CLOCK", roles: .users, "Time") { (_) throws(WireError) in "clock" },
        CommandRow("CLOCK", "SET", ["time"], roles: .admins, "Set it") { (a) throws(WireError) in
            "set \(try a["time"].text())"
        },
        CommandRow("ABCDEFGHIJKLMNOP", "QRSTUVWXYZ-01234", roles: .users, "Longest") { (_) throws(WireError) in "long"
        },
    ])

    private func run(_ words: [String], roles: Roles = .owner) -> String {
        do throws(WireError) {
            return try withRequest(words) { (request) throws(WireError) in
                try Self.table.parse(request, roles: roles)
            }
        } catch { return "-\(error.code.rawValue) \(error.message)" }
    }

    private func run(_ line: String, roles: Roles = .owner) -> String {
        run(line.split(separator: " ").map(String.init), roles: roles)
    }

    @Test func `noun, verb and keys ignore case and values do not`() {
        #expect(run("Ticket shOW 17 THREAD=All") == "show 17 All")
        #expect(run("abcdefghijklmnop qrstuvwxyz-01234") == "long")
    }

    @Test func `options come in any order`() {
        #expect(run("TICKET REPLY 1 body=x by=ann") == "reply 1 ann x []")
        #expect(run("TICKET REPLY 1 if=3 by=ann body=") == "reply 1 ann  []")
    }

    @Test func `a positional is literal even when it looks like an option`() {
        #expect(run("TICKET SHOW thread=all thread=no") == "show thread=all no")
    }

    @Test func `a value may hold equal signs and dots`() {
        #expect(run("TICKET REPLY 1 by=a.b=c body=d.e=f=") == "reply 1 a.b=c d.e=f= []")
    }

    @Test func `an unknown command is named, escaped and cut`() {
        #expect(run("FOO bar") == "-ERR unknown command 'FOO'")
        #expect(run("TICKET") == "-ERR unknown command 'TICKET'")
        #expect(run("Ticket Frob 1") == "-ERR unknown command 'Ticket Frob'")
        #expect(run("CLOCK FOO") == "-ERR unknown command 'CLOCK FOO'")
        #expect(run(["a\r\n\u{1b}"]) == "-ERR unknown command 'a\\x0d\\x0a\\x1b'")
        #expect(run([""]) == "-ERR unknown command ''")
        #expect(run(["TICKET", "SHOW\0"]) == "-ERR unknown command 'TICKET SHOW\\x00'")
        #expect(run("CLOC") == "-ERR unknown command 'CLOC'")
        #expect(run("ABCDEFGHIJKLMNOPQ x") == "-ERR unknown command 'ABCDEFGHIJKLMNOPQ'")
        let long = String(repeating: "x", count: 65)
        #expect(run(long) == "-ERR unknown command '\(long.dropLast())…'")
    }

    @Test func `a noun may stand alone and have verbs`() {
        #expect(run("CLOCK") == "clock")
        #expect(run("CLOCK set now") == "set now")
    }

    @Test func `what is missing is named, with the usage line`() {
        #expect(
            run("TICKET SHOW") == "-SYNTAX missing argument <id>; usage: TICKET SHOW <id> [thread=no|all]")
        #expect(
            run("TICKET REPLY 1 by=ann")
                == "-SYNTAX missing argument body=<text>; usage: TICKET REPLY <id> by=<agent> body=<text> [field.<name>=<text>] [if=<version>]"
        )
    }

    @Test func `an unknown key, a key twice and a stray word are named`() {
        #expect(
            run("TICKET SHOW 1 colour=red")
                == "-BADARG unknown option 'colour'; usage: TICKET SHOW <id> [thread=no|all]")
        #expect(run("TICKET SHOW 1 Thread=no THREAD=all") == "-BADARG option 'THREAD' is given twice")
        #expect(
            run("TICKET SHOW 1 stray")
                == "-SYNTAX unexpected argument 'stray'; usage: TICKET SHOW <id> [thread=no|all]")
        #expect(run("CLOCK SET a b") == "-SYNTAX unexpected argument 'b'; usage: CLOCK SET <time>")
        #expect(run("TICKET SHOW 1 =x").hasPrefix("-SYNTAX unexpected argument '=x'"))
        #expect(run(["TICKET", "SHOW", "1", ""]).hasPrefix("-SYNTAX unexpected argument ''"))
        #expect(run(["TICKET", "SHOW", "1", "thread\0=x"]).hasPrefix("-BADARG unknown option 'thread\\x00'; "))
        let long = String(repeating: "k", count: 300)
        #expect(run("TICKET SHOW 1 \(long)=x").hasPrefix("-BADARG unknown option '\(long.prefix(64))…'; "))
    }

    @Test func `a family takes any name once, whose case counts`() {
        #expect(
            run("TICKET REPLY 1 by=a body=b FIELD.Order=A-17 field.order=x field.a.b==")
                == #"reply 1 a b ["Order=A-17", "order=x", "a.b=="]"#)
        #expect(
            run("TICKET REPLY 1 by=a body=b field.Order=1 Field.Order=2")
                == "-BADARG option 'Field.Order' is given twice")
        for key in ["field", "field.", "field.!", "field.\(String(repeating: "n", count: 65))", "fields.a", "by.a"] {
            #expect(run("TICKET REPLY 1 by=a body=b \(key)=1").hasPrefix("-BADARG unknown option '\(key.prefix(64))"))
        }
        let longest = String(repeating: "n", count: 64)
        #expect(run("TICKET REPLY 1 by=a body=b field.\(longest)=1").contains(longest))
    }

    @Test func `a thousand fields are matched`() {
        let words = (0..<1000).map { "field.f\($0)=\($0)" }
        #expect(run(["TICKET", "REPLY", "1", "by=a", "body=b"] + words).contains("f999=999"))
        #expect(
            run(["TICKET", "REPLY", "1", "by=a", "body=b"] + words + ["field.f7=1"])
                == "-BADARG option 'field.f7' is given twice")
    }

    @Test func `a scoped option stands for itself and under each scope`() {
        #expect(run("DEPT SET sales strategy=a CALL.Strategy=b") == "set a b true")
        #expect(run("DEPT SET sales ticket.strategy=b") == "set - - true")
        #expect(run("DEPT SET sales title=x") == "set - - false")
        #expect(run("DEPT SET sales chat.strategy=b").hasPrefix("-BADARG unknown option 'chat.strategy'; "))
        #expect(run("DEPT SET sales call.title=b").hasPrefix("-BADARG unknown option 'call.title'; "))
        #expect(
            run("DEPT SET sales call.strategy=a Call.STRATEGY=b") == "-BADARG option 'Call.STRATEGY' is given twice")
        #expect(run("DEPT SET sales call.strategy=!").hasPrefix("-BADARG call.strategy= must be an identifier"))
    }

    @Test func `of a group one is given`() {
        let usage = "TICKET POSTPONE <id> until=<time>|for=<duration> [note=<text>|quiet=yes]"
        #expect(run("TICKET POSTPONE 1 for=5m") == "postpone false true")
        #expect(run("TICKET POSTPONE 1 until=x note=y") == "postpone true false")
        #expect(
            run("TICKET POSTPONE 1 note=x") == "-SYNTAX missing argument until=<time>|for=<duration>; usage: \(usage)")
        #expect(
            run("TICKET POSTPONE 1 for=5m until=x")
                == "-SYNTAX give only one of until=<time>|for=<duration>; usage: \(usage)")
        #expect(
            run("TICKET POSTPONE 1 for=5m note=x quiet=yes")
                == "-SYNTAX give only one of note=<text>|quiet=yes; usage: \(usage)")
    }

    @Test func `a repeating argument ends at the first option`() {
        #expect(run("SUBSCRIBE all ticket:1 x=y since=5") == #"subscribe ["all", "ticket:1", "x=y"] 5"#)
        #expect(run("SUBSCRIBE") == "subscribe [] -")
        #expect(run("SUBSCRIBE since=5 all").hasPrefix("-SYNTAX unexpected argument 'all'"))
    }

    @Test func `a command is for its roles`() {
        #expect(run("TICKET SHOW 1", roles: .gateway) == "show 1 -")
        #expect(
            run("TICKET REPLY 1", roles: .gateway)
                == "-NOPERM TICKET REPLY needs the role agent or supervisor or admin or owner")
        #expect(run("CLOCK SET x", roles: .supervisor) == "-NOPERM CLOCK SET needs the role admin or owner")
        #expect(run("CLOCK", roles: .stranger) == "-NOAUTH Authentication required.")
        #expect(run("FOO", roles: .stranger) == "-ERR unknown command 'FOO'")
    }

    @Test func `a value that is not UTF-8 names its argument`() throws {
        let words = ["TICKET", "REPLY", "1", "by=a"].map { Array($0.utf8) } + [Array("body=x".utf8) + [0xff]]
        for form in RequestForm.allCases {
            #expect(throws: WireError(.badArgument, "body= is not valid UTF-8")) {
                try withRequest(words, form: form) { (request) throws(WireError) in try Self.table.parse(request) }
            }
        }
    }

    @Test func `rows are found by name`() {
        let shapes = Self.table.shapes
        #expect(shapes.find(noun: "ticket", verb: "show")?.usage == "TICKET SHOW <id> [thread=no|all]")
        #expect(shapes.find(noun: "clock")?.name == "CLOCK")
        #expect(shapes.find(noun: "ticket") == nil)
        #expect(shapes.find(noun: "") == nil)
        #expect(shapes.find(noun: "clock", verb: "a\0") == nil)
        #expect(shapes.find(noun: "clock", verb: String(repeating: "x", count: 17)) == nil)
    }

    @Test func `HELP is written from the rows`() throws {
        let shapes = Self.table.shapes
        #expect(try shapes.help().count == Self.table.rows.count)
        #expect(try shapes.help(noun: "ticket", verb: "show") == ["TICKET SHOW <id> [thread=no|all] - Show a ticket"])
        #expect(try shapes.help(noun: "Clock") == ["CLOCK - Time", "CLOCK SET <time> - Set it"])
        #expect(throws: WireError(.general, "unknown command 'foo'")) { try shapes.help(noun: "foo") }
        #expect(throws: WireError(.general, "unknown command 'clock foo'")) {
            try shapes.help(noun: "clock", verb: "foo")
        }
    }
}
