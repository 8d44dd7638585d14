import Testing

@testable import SwitchboardModel

/// What an expression may be, and what is said of one that makes no sense.
@Suite struct ExpressionTests {
    private func error(_ text: String) -> String? {
        do {
            _ = try Expression(parsing: text)
            return nil
        } catch {
            #expect(error.code == .badArgument)
            return error.message
        }
    }

    @Test func `and binds closer than or, and not closer than both`() throws {
        let (a, b, c) = ("id = 1", "id = 2", "id = 3")
        #expect(try Expression(parsing: "\(a) or \(b) and \(c)") == Expression(parsing: "\(a) or (\(b) and \(c))"))
        #expect(try Expression(parsing: "not \(a) and \(b)") == Expression(parsing: "(not (\(a))) and \(b)"))
        #expect(try Expression(parsing: "NOT \(a) AND \(b)") == Expression(parsing: "not \(a) and \(b)"))
    }

    @Test(arguments: [
        ("status = new", Condition(.status, .equal, [.status(.new)])),
        ("STATUS!=new", Condition(.status, .notEqual, [.status(.new)])),
        ("id>=7", Condition(.id, .atLeast, [.number(7)])),
        ("agent = None", Condition(.agent, .equal, [.none])),
        ("agent = 'none'", Condition(.agent, .equal, [.text("none")])),
        ("agent = ME", Condition(.agent, .equal, [.me])),
        ("tags in (a,b)", Condition(.tag, .oneOf, [.text("a"), .text("b")])),
        ("subject = \"a \\\" b\"", Condition(.subject, .equal, [.text("a \" b")])),
        ("field.Order = x", Condition(.custom("Order"), .equal, [.text("x")])),
        ("created_at > -3d", Condition(.createdAt, .more, [.moment(.fromNow(.seconds(-3 * 86_400)))])),
        ("created_at > now+90", Condition(.createdAt, .more, [.moment(.fromNow(.seconds(90)))])),
        ("created_at < now", Condition(.createdAt, .less, [.moment(.fromNow(.zero))])),
        ("updated_at = 1970-01-02", Condition(.updatedAt, .equal, [.moment(.at(Timestamp(milliseconds: 86_400_000)))])),
        (
            "updated_at = 1970-01-01T01:00:01+01:00",
            Condition(.updatedAt, .equal, [.moment(.at(Timestamp(milliseconds: 1000)))])
        ),
        ("age > 15m", Condition(.age, .more, [.span(.seconds(900))])),
    ])
    func `a condition is read`(_ text: String, _ condition: Condition) throws {
        #expect(try Expression(parsing: text) == .condition(condition))
    }

    @Test(arguments: [
        ("status new", 8, "'='"), ("(id = 1", 8, "')'"), ("id = 1 id = 2", 8, "'and'"), ("id = 1 and", 11, "a field"),
        ("id in (1 2)", 10, "','"), ("text = x", 6, "'~'"), ("age = 8h", 5, "'<'"),
        ("dept = none and agent = ", 25, "a name"),
        ("tag = ''", 7, "a name"), ("created_at > 2026-02-30", 14, "a time"),
        ("id = 99999999999999999999", 6, "number"),
        ("channel = mail", 11, "chat"), ("ü = 1", 1, "no field"), ("field. = 1", 1, "no field"),
    ])
    func `a mistake is named with its place`(_ text: String, _ place: Int, _ expected: String) {
        let message = error(text)
        #expect(message?.contains("at character \(place):") ?? false, "\(message ?? "read")")
        #expect(message?.contains(expected) ?? false, "\(message ?? "read")")
    }

    @Test func `limits are kept, and reached`() {
        func repeated(_ part: String, _ count: Int, by joint: String) -> String {
            Array(repeating: part, count: count).joined(separator: joint)
        }
        let most = ExpressionLimit.conditions
        #expect(error(repeated("id = 1", most, by: " or ")) == nil)
        #expect(error(repeated("id = 1", most + 1, by: " or "))?.contains("conditions") ?? false)
        let values = ExpressionLimit.values
        #expect(error("id in (\(repeated("1", values, by: ",")))") == nil)
        #expect(error("id in (\(repeated("1", values + 1, by: ",")))")?.contains("values") ?? false)
        // The condition itself is a level.
        let depth = ExpressionLimit.depth
        #expect(error(repeated("(", depth, by: "") + "id = 1" + repeated(")", depth, by: "")) == nil)
        #expect(error(repeated("not ", depth + 1, by: "") + "id = 1")?.contains("levels") ?? false)
        let words = (1...ExpressionLimit.words).map { "w\($0)" }.joined(separator: " ")
        #expect(error("text ~ '\(words)'") == nil)
        #expect(error("text ~ '\(words) more'")?.contains("words") ?? false)
        let blanks = repeated(" ", ExpressionLimit.bytes - 6, by: "")
        #expect(error("id = 1" + blanks) == nil)
        #expect(error("id = 1" + blanks + " ")?.contains("bytes") ?? false)
    }

    @Test func `an order takes four fields and no more`() throws {
        #expect(try TicketOrder(parsing: "") == .standard)
        _ = try TicketOrder(parsing: "work,-priority,id,status")
        #expect(throws: Rejection.self) { try TicketOrder(parsing: "work,-priority,id,status,version") }
        #expect(throws: Rejection.self) { try TicketOrder(parsing: "priority,") }
    }
}
