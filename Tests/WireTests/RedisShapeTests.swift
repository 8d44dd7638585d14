import SwitchboardWire
import Testing

@Suite struct RedisShapeTests {
    private static let shapes = CommandTable(
        ServerCommand.rows + [
            CommandRow("TICKET", "SHOW", ["id"], [.option("thread", "no|all")], roles: .users, "Show a ticket") {
                (_) throws(WireError) in .time
            },
            CommandRow("TICKET", "TAKE", ["id"], [.option("by", "<agent>", required: true)], roles: .users, "Take it") {
                (_) throws(WireError) in .time
            },
        ]
    ).shapes

    private func inline(_ value: ServerValue) -> [String] {
        var out: [UInt8] = []
        value.encode(.inline, to: &out)
        return String(decoding: out, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    @Test func `a noun with verbs is one command with subcommands`() {
        let show =
            #"{"summary":"Show a ticket","since":"1.0.0","group":"ticket","arguments":[{"name":"id","type":"string"},"#
            + #"{"name":"thread=no|all","type":"string","flags":["optional"]}]}"#
        #expect(inline(Self.shapes.docs(["ticket|show"])) == ["*1", "+ticket|show:\(show)"])
        let ticket = inline(Self.shapes.docs(["ticket"]))[1]
        #expect(ticket.hasPrefix(#"+ticket:{"summary":"A container for TICKET commands","since""#))
        #expect(ticket.contains(#""subcommands":{"ticket|show":{"summary":"Show a ticket""#))
    }

    @Test func `unknown names are left out of docs and null in info`() {
        #expect(inline(Self.shapes.docs(["foo", "multi", "ticket|foo"])) == ["*0"])
        #expect(inline(Self.shapes.info(["foo", "command|getkeys"])) == ["*2", "+null", "+null"])
    }

    @Test func `info has the ten fields of Redis`() {
        #expect(
            inline(Self.shapes.info(["ping", "ticket|take", "clock|set"])) == [
                "*3", #"+["ping",-1,[],0,0,0,["@connection"],[],[],[]]"#,
                #"+["ticket|take",-4,[],0,0,0,["@ticket"],[],[],[]]"#,
                #"+["clock|set",3,[],0,0,0,["@server"],[],[],[]]"#,
            ])
        let ticket = inline(Self.shapes.info(["ticket"]))[1]
        #expect(ticket.hasPrefix(#"+["ticket",-2,[],0,0,0,["@ticket"],[],[],[["ticket|show",-3,"#))
    }

    @Test func `count, docs and info agree`() {
        let count = Self.shapes.count
        #expect(inline(Self.shapes.docs()).count == count + 1)
        #expect(inline(Self.shapes.info()).count == count + 1)
        #expect(inline(Self.shapes.info()).contains { $0.hasPrefix(#"+["command",-1,"#) })
    }

    @Test func `the list can be filtered`() {
        #expect(inline(Self.shapes.list()).contains("+ticket|show"))
        #expect(inline(Self.shapes.list()).contains("+ticket"))
        #expect(!inline(Self.shapes.list()).contains("+multi"))
        #expect(inline(Self.shapes.list(.pattern("tick*|t?ke"))) == ["*1", "+ticket|take"])
        #expect(inline(Self.shapes.list(.category("ticket"))).count == 4)
        #expect(inline(Self.shapes.list(.module("x"))) == ["*0"])
    }

    @Test func `refused commands are not shown`() throws {
        #expect(try Self.shapes.help().allSatisfy { !$0.hasPrefix("MULTI") && !$0.hasPrefix("COMMAND GETKEYS") })
    }

    @Test(arguments: [
        ("", "", true), ("a", "", false), ("", "*", true), ("abc", "abc", true), ("abc", "ABC", true),
        ("abc", "a*", true), ("abc", "*c", true), ("abc", "a?c", true), ("abc", "a?", false), ("abc", "*b", false),
        ("abc", "a[b-d]c", true), ("abc", "a[^b]c", false), ("axc", "a[^b]c", true), ("a*c", "a\\*c", true),
        ("abc", "a\\*c", false), ("abcbd", "*b*d", true), ("abc", "[", false), ("a", "[a", true), ("-", "[a-]", false),
        ("abc", "**c**", true), ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "*a*a*a*a*a*a*a*a*a*a*b", false),
    ])
    func `a pattern fits as in Redis`(text: String, pattern: String, fits: Bool) {
        #expect(Glob.matches(text, pattern) == fits)
    }
}
