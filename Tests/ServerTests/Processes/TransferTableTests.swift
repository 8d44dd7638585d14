import SwitchboardClient
import Testing

/// Tables that are imported from elsewhere, and exported.
@Suite struct TransferTableTests: Transfers {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(name: "switchboard-test") }

    @Test func `a table from elsewhere comes in once, whatever the order of its columns`() throws {
        defer { folder.remove() }
        let server = try TestServer()
        try server.client().tell("DEPT ADD sales")
        let table = """
            \u{FEFF}subject,field.Order,body,tags,from\r
            "One, two",17,"He said ""no""\r
            and left","vip, late",eva@example.com\r
            Three,,x,,\r
            too,few\r
            Four,,y,,\r\n
            """
        try Program.write(Array(table.utf8), to: path("t.csv"))
        let first = try switchboard(
            "import", path("t.csv"), "--dept", "sales", "--on-error", "skip", "--errors", path("e.csv"), server: server)
        #expect(first.status == 1 && first.errors == "line 5: has 2 cells, and the header 5\n", "\(first.errors)")
        #expect(first.output == "imported 3 tickets, 0 duplicates, 1 bad line\n")
        #expect(try Program.read(path("e.csv")) == "subject,field.Order,body,tags,from\ntoo,few\n")
        let shown = try server.client().ask("TICKET SHOW 1").json
        #expect(shown?["subject"]?.string == "One, two" && shown?["fields"]?["Order"]?.string == "17")
        #expect(shown?["tags"]?.array?.compactMap(\.string) == ["vip", "late"])
        #expect(shown?["thread"]?.array?.first?["body"]?.string == "He said \"no\"\r\nand left")
        let second = try switchboard("import", path("t.csv"), "--dept", "sales", "--on-error", "skip", server: server)
        #expect(second.output == "imported 0 tickets, 3 duplicates, 1 bad line\n")

        for (header, said) in [
            ("subject,colour", "unknown column 'colour': there are id, "), ("id,id", "the column 'id' is there twice"),
            ("field.", "unknown column 'field.'"),
        ] {
            try Program.write(Array("\(header)\nx,y\n".utf8), to: path("u.csv"))
            let run = try switchboard("import", path("u.csv"), server: server)
            #expect(run.status == 1 && run.errors.hasPrefix("switchboard import: \(said)"), "\(run.errors)")
        }
        try Program.write(Array("subject,body\na,\"b\n".utf8), to: path("v.csv"))
        let torn = try switchboard("import", path("v.csv"), "--dept", "sales", server: server)
        #expect(torn.status == 1 && torn.errors == "line 2: a quoted field does not end\n", "\(torn.errors)")

        try Program.write(
            Array("subject,body\nlamp 5\" wide,a\nfine,b\npipe 3\" long,c\n\"bro\"ken,d\n".utf8), to: path("q.csv"))
        let inches = try switchboard(
            "import", path("q.csv"), "--dept", "sales", "--on-error", "skip", "--errors", path("q.bad"), server: server)
        #expect(inches.errors == "line 5: a field goes on behind its closing quote\n")
        #expect(inches.output == "imported 3 tickets, 0 duplicates, 1 bad line\n")
        #expect(try Program.read(path("q.bad")) == "subject,body\n\"bro\"ken,d\n")
        #expect(try server.client().request(["COUNT", "subject = 'lamp 5\" wide'"]).text() == ":1")

        try Program.write(Array("subject,body\na,b\nc,\"d\ne,f\r\ng,h\n".utf8), to: path("w.csv"))
        let rest = try switchboard(
            "import", path("w.csv"), "--dept", "sales", "--on-error", "skip", "--errors", path("w.bad"), server: server)
        #expect(rest.errors == "line 3: a quoted field does not end; it takes all lines to the last, 5\n")
        #expect(try Program.read(path("w.bad")) == "subject,body\nc,\"d\ne,f\r\ng,h\n")
    }

    @Test func `the row of a ticket that was split off has its first message, and its weight`() throws {
        defer { folder.remove() }
        let server = try TestServer()
        let client = try server.client()
        for request in [
            "DEPT ADD sales strategy=manual", "AGENT ADD ann depts=sales",
            "TICKET OPEN channel=ticket dept=sales body=one weight=3",
            "TICKET MESSAGE 1 body=two", "TICKET SPLIT 1 messages=2",
            "TICKET OPEN channel=ticket dept=sales body=three",
            "TICKET MERGE 3 into=1",
        ] { try client.tell(request) }
        let rows = try export(server, "--format", "csv").split(separator: "\n")
        #expect(rows.count == 3 && rows[1].hasSuffix(",one") && rows[2].hasSuffix(",two"), "\(rows)")
        let column = try #require(rows[0].split(separator: ",").firstIndex(of: "weight"))
        #expect(rows[1].split(separator: ",", omittingEmptySubsequences: false)[column] == "3")
    }
}
