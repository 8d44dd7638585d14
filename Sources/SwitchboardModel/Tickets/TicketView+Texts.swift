extension TicketView {
    /// Calls `look` with the bytes of the subject, when `subject`, and of each text of the thread, when `bodies`, until it
    /// answers `true`. Returns whether it did. The memory is valid during the call only.
    /// Of the thread at least the `newest` entries are looked at, perhaps older ones too.
    func anyText(
        subject: Bool, bodies: Bool, newest: UInt32 = .max, _ look: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        if subject, ticket.subject != .none {
            let isFound = texts.read(ticket.subject) { memory in
                var reader = MemoryReader(memory)
                return look(reader.blob())
            }
            if isFound { return true }
        }
        return bodies && ticket.thread.anyBody(in: texts, newest: newest, look)
    }

    /// As `from`, without making a string of it.
    func readFrom<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard ticket.from != .none else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return texts.read(ticket.from) { memory in
            var reader = MemoryReader(memory)
            return body(reader.blob())
        }
    }
}

extension TicketThread {
    /// Calls `look` with each body of the newest entries, the newest piece first, until it answers `true`. Returns whether it did.
    fileprivate func anyBody(
        in texts: TextArena, newest count: UInt32, _ look: (UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        var place = newest
        var left = count
        // A piece holds one entry or more.
        while place != .none, left > 0 {
            left -= 1
            var back: Int64 = 0
            let isFound = texts.read(place) { memory in
                var reader = MemoryReader(memory)
                back = reader.signedVarint()
                return ThreadEntries.anyBody(in: reader.blob(), look)
            }
            if isFound { return true }
            place = back == 0 ? .none : TextPlace(rawValue: UInt64(Int64(place.rawValue) - back))
        }
        return false
    }
}
