import Testing

@testable import SwitchboardModel

@Suite struct FieldedTests {
    /// Every type of which any value of its fields is sound.
    static let types: [any Fielded.Type] =
        [
            FieldedText.self, CustomField.self, TicketExtras.self, Pause.self, Membership.self, Agent.self,
            AgentProfile.self, ChannelSettings.self, DepartmentSettings.self, Department.self, Skip.self, SkipList.self,
            Counters.self, TicketDetails.self, WorkTimer.self, WorkEntry.self, Subtask.self, Conversation.self,
            Follower.self,
            FieldedAgent.self, Rating.self, DeliveryStep.self, Delivery.self, Attachment.self,
        ] + EventKinds.payloads

    @Test(arguments: types.indices)
    func `a value read from no bytes is zero and is written as no bytes`(_ index: Int) throws {
        func check<Value: Fielded>(_: Value.Type) throws {
            let value = try FieldReader.read(Value.self, from: [])
            #expect(encoded(value).isEmpty, "\(Value.self)")
        }
        try check(Self.types[index])
    }

    @Test(arguments: types.indices)
    func `a new value comes back as itself`(_ index: Int) throws {
        func check<Value: Fielded>(_: Value.Type) throws {
            let bytes = encoded(Value())
            #expect(dumped(try FieldReader.read(Value.self, from: bytes[...])) == dumped(Value()), "\(Value.self)")
        }
        try check(Self.types[index])
    }

    @Test(arguments: types.indices, [UInt64(1), 2])
    func `a value with every field set comes back as itself`(_ index: Int, _ integer: UInt64) throws {
        func check<Value: Fielded>(_: Value.Type) throws {
            let value = try FieldFiller.fill(Value.self, integer: integer).value
            let found = try FieldReader.read(Value.self, from: encoded(value)[...])
            #expect(dumped(found) == dumped(value), "\(Value.self)")
            #expect(encoded(found) == encoded(value), "\(Value.self)")
        }
        // A set of two words has no third.
        do { try check(Self.types[index]) } catch let error as ByteReader.Malformed {
            #expect(integer == 2 && error.what.contains("which is no"), "\(Self.types[index]): \(error)")
        }
    }

    @Test(arguments: types.indices)
    func `a value with one field set comes back with that one set and no other`(_ index: Int) throws {
        func check<Value: Fielded>(_: Value.Type) throws {
            let count = try FieldFiller.fill(Value.self).numbers.count
            for field in 0..<count {
                let value = try FieldFiller.fill(Value.self, only: field).value
                let found = try FieldReader.read(Value.self, from: encoded(value)[...])
                #expect(dumped(found) == dumped(value), "\(Value.self), field \(field)")
            }
        }
        try check(Self.types[index])
    }

    @Test(arguments: types.indices)
    func `fields are visited in rising order of their numbers`(_ index: Int) throws {
        func check<Value: Fielded>(_: Value.Type) throws {
            let numbers = try FieldFiller.fill(Value.self).numbers
            #expect(numbers == Set(numbers).sorted(), "\(Value.self)")
            #expect(numbers.first ?? 1 > 0, "\(Value.self)")
        }
        try check(Self.types[index])
    }

    @Test(arguments: [
        TimerPurpose.pauseEnds(AgentIndex(0)), .pauseEnds(AgentIndex(7)), .ticketWakes(TicketID(1)),
        .skipExpires(TicketID(.max)), .absenceEnds(AgentIndex(0), DepartmentIndex(0), .ticket),
        .absenceEnds(AgentIndex(3), DepartmentIndex(9), .call), .ownerGraceEnds(TicketID(5)),
        .deliveryDetailsExpire(TicketID(5)),
    ])
    func `a timer of every purpose comes back as itself`(_ purpose: TimerPurpose) throws {
        var timer = ServiceTimer()
        timer.purpose = purpose
        timer.number = 17
        timer.due = Timestamp(milliseconds: -5)
        let found = try FieldReader.read(ServiceTimer.self, from: encoded(timer)[...])
        #expect(dumped(found) == dumped(timer))
    }

    @Test func `fields of a later version are passed over`() throws {
        var (integer, text) = (UInt64(9), "later")
        var name = "Order"
        let bytes = ByteWriter.bytes { writer in
            writer.text(1, &name)
            writer.integer(700, &integer)
            writer.text(701, &text)
        }
        let field = try FieldReader.read(CustomField.self, from: bytes[...])
        #expect(field == CustomField(name: "Order", value: ""))
    }

    @Test(arguments: [nil, 0, 1, -1, 946_684_800_000, Int64.max, Int64.min])
    func `every optional time but the two ends of its range comes back`(_ milliseconds: Int64?) throws {
        var event = OwnerGraceSet()
        event.until = Timestamp(milliseconds: milliseconds ?? 0)
        let found = try FieldReader.read(OwnerGraceSet.self, from: encoded(event)[...])
        #expect(found.until == event.until)
        var pause = Pause()
        pause.until = milliseconds.map { Timestamp(milliseconds: $0) }
        let foundPause = try FieldReader.read(Pause.self, from: encoded(pause)[...])
        if milliseconds != .max, milliseconds != -1 { #expect(foundPause.until == pause.until) }
    }

    @Test(arguments: ["", "=", "==", "text", "\u{301}combining", "\u{200D}joiner", "\u{FE0F}selector", "\r\n", "\u{0}"])
    func `every optional text comes back, byte for byte`(_ text: String) throws {
        var pause = Pause()
        pause.reason = text
        let found = try FieldReader.read(Pause.self, from: encoded(pause)[...])
        #expect(found.reason.map { Array($0.utf8) } == Array(text.utf8))
    }
}
