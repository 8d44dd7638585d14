import SwitchboardModel

/// Makes JSON of a packed thread, as docs/format.md describes it.
enum ThreadDump {
    static func entries(_ bytes: ArraySlice<UInt8>) throws(ByteReader.Malformed) -> [JSON] {
        var reader = ByteReader(bytes)
        var at: Int64 = 0
        var entries: [JSON] = []
        while !reader.isAtEnd {
            entries.append(.object(try entry(&reader, &at, number: Int64(entries.count + 1))))
        }
        return entries
    }

    private static func entry(
        _ reader: inout ByteReader, _ at: inout Int64, number: Int64
    ) throws(ByteReader.Malformed) -> [JSON.Member] {
        let kind = try reader.byte()
        let contents = try reader.byte()
        func holds(_ bit: Int) -> Bool { contents & (1 << bit) != 0 }
        at &+= try reader.signedVarint()
        var members = [
            JSON.Member("n", .integer(number)), JSON.Member("kind", FieldDump.word("EntryKind", UInt64(kind))),
            JSON.Member("at", .time(Timestamp(milliseconds: at))),
            JSON.Member("by", FieldDump.actor(try reader.varint())),
        ]
        if holds(2) { members.append(JSON.Member("status", FieldDump.word("TicketStatus", UInt64(try reader.byte())))) }
        if holds(3) {
            let owner = try reader.varint()
            let rule = try reader.byte()
            members.append(JSON.Member("owner", owner == 0 ? .null : .integer(Int64(clamping: owner - 1))))
            members.append(JSON.Member("rule", rule == 0 ? .null : FieldDump.word("AssignmentRule", UInt64(rule - 1))))
        }
        if holds(4) { members.append(JSON.Member("department", .integer(Int64(clamping: try reader.varint())))) }
        if holds(5) { members.append(JSON.Member("priority", .integer(Int64(try reader.byte())))) }
        if holds(6) {
            members.append(JSON.Member("until", .time(Timestamp(milliseconds: try reader.signedVarint()))))
        }
        if holds(7) {
            let further = try reader.varint()
            if further & 1 != 0 {
                members.append(JSON.Member("ticket", .integer(Int64(clamping: try reader.varint()))))
            }
            if further & 2 != 0 {
                members.append(JSON.Member("conversation", .integer(Int64(clamping: try reader.varint()))))
            }
            if further & 4 != 0 {
                members.append(JSON.Member("task", .integer(Int64(clamping: try reader.varint()))))
            }
            if further & 8 != 0 {
                let agent = try reader.varint()
                members.append(JSON.Member("assignee", agent == 0 ? .null : .integer(Int64(clamping: agent - 1))))
            }
            if further & 16 != 0 {
                members.append(JSON.Member("free", .integer(Int64(clamping: try reader.varint()))))
                members.append(JSON.Member("term", .integer(Int64(clamping: try reader.varint()))))
            }
        }
        if holds(1) { members.append(JSON.Member("from", .string(try reader.string()))) }
        if holds(0) { members.append(JSON.Member("body", .string(try reader.string()))) }
        return members
    }
}
