import SwitchboardTestKit
import Testing

/// `TICKET SHOW … view=customer` of a ticket that has everything holds nothing internal: whatever is internal here has
/// `secret` in its text, or stands in a member that is not allowed.
@Suite struct CustomerViewTests {
    private static let setUp = """
        DEPT ADD secret-sales strategy=manual title=secret
        AGENT ADD secret-ann depts=secret-sales name="Ann Lee" role=admin
        AGENT ADD secret-bob depts=secret-sales name="Bob Ray"
        TICKET OPEN channel=ticket dept=secret-sales subject="A lamp" from=eva@example.com body="public 1" priority=1 tags=secret field.secret=secret source=secret-source description=secret
        TICKET TAKE 1 by=secret-bob
        TICKET NOTE 1 by=secret-bob body="secret"
        TICKET REPLY 1 by=secret-ann body="public 4"
        TICKET MESSAGE 1 body="public 5" from=max@example.com
        CONVERSATION ADD 1 title="public title" by=secret-ann
        CONVERSATION ADD 1 title="secret title" internal=yes by=secret-ann
        TICKET REPLY 1 by=secret-bob body="public 8" conversation=1
        TICKET NOTE 1 by=secret-bob body=secret conversation=1
        TICKET NOTE 1 by=secret-bob body=secret conversation=2
        ATTACHMENT ADD 1 1 name=public.png type=image/png by=secret-ann
        ATTACHMENT ADD 1 3 name=secret.png
        ATTACHMENT ADD 1 10 name=secret.png
        DELIVERY SET 1 4 status=failed reason=secret detail=secret
        TICKET RATE 1 n=4 score=2 comment="public comment" from=max@example.com
        TICKET SET 1 participants=+secret-ann followers=+agent:secret-ann,+secret@example.com priority=2 by=secret-ann
        TASK ADD 1 title=secret agent=secret-bob by=secret-ann
        TASK SET 1 1 done=yes by=secret-bob
        WORK LOG 1 by=secret-ann time=15m note=secret
        WORK START 1 by=secret-bob
        TICKET TRANSFER 1 dept=secret-sales by=secret-bob note=secret
        TICKET POSTPONE 1 for=1h by=secret-bob
        TICKET REOPEN 1 by=secret-bob
        TICKET RESOLVE 1 by=secret-bob
        """

    private static let allowed: Set<String> = [
        "id", "status", "channel", "subject", "from", "created_at", "updated_at", "conversations", "conversation",
        "title", "thread_total", "thread_truncated", "thread", "n", "at", "kind", "by", "body", "attachments", "name",
        "type", "size", "checksum", "url", "rating", "score", "comment",
    ]

    private func answers(_ engine: EngineUnderTest, _ request: String) throws -> [String] {
        let bytes = try engine.send(Array(request.utf8) + [13, 10])
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    @Test(arguments: [
        "", "thread=all", "thread=no", "thread=1-1000", "conversation=0", "conversation=1",
        "conversation=1 thread=all", "thread=3-3", "thread=7-7",
    ])
    func `nothing internal is in what a customer may see`(_ options: String) throws {
        let engine = try EngineUnderTest(shards: 2)
        defer { engine.close() }
        for request in Self.setUp.split(separator: "\n") {
            let answer = try answers(engine, String(request))
            #expect(answer.allSatisfy { $0.hasPrefix("+") }, "\(request): \(answer)")
        }
        // All of it is there for agents.
        let full = try answers(engine, "TICKET SHOW 1").joined()
        for word in [
            "secret title", "\"tasks\":[{", "task_done", "\"delivery\":{", "\"reason\":\"secret\"", "public 8",
        ] {
            #expect(full.contains(word), "\(word)")
        }
        let view = try answers(engine, "TICKET SHOW 1 view=customer \(options)")
        #expect(view.count == 1)
        let line = try #require(view.first)
        #expect(line.hasPrefix("+{\"id\":1,"))
        #expect(!line.contains("secret"), "\(line)")
        for match in line.matches(of: #/"(\w+)":/#) {
            #expect(Self.allowed.contains(String(match.output.1)), "\(match.output.1)")
        }
        if options.isEmpty || options == "thread=all" {
            for word in [
                "public 1", "public 4", "public 5", "public 8", "public title", "public.png", "public comment",
            ] {
                #expect(line.contains(word), "\(word)")
            }
            #expect(line.contains("\"by\":\"Ann Lee\""))
            #expect(line.contains("\"thread_total\":4"))
        }
        #expect(
            try answers(engine, "TICKET SHOW 1 view=customer conversation=2").first?.hasPrefix("-NOTFOUND") ?? false)
    }
}
