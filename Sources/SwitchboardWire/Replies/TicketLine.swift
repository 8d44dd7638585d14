import SwitchboardModel

/// What every write to a ticket answers: the reply that is sent most, so it is put together on the stack and appended at
/// once, at a sixth of what `JSONWriter` spends on it.
///
/// Holds nothing that needs an escape: numbers, words of the protocol, and identifiers, which are ASCII letters, digits
/// and a few signs.
enum TicketLine {
    /// More than the words of the longest line, with its five numbers of up to 20 digits.
    private static let longestWords = 384
    /// Of the line without the offers. An identifier has up to 64 bytes.
    private static let longest = 640

    static func append(_ ticket: TicketReply, to out: inout [UInt8]) {
        append(ticket, offers: UnsafeRawBufferPointer(start: nil, count: 0), to: &out)
    }

    /// Of a ticket that rings.
    static func append(_ ticket: TicketReply, _ offers: [OfferReply], to out: inout [UInt8]) {
        text(offers).withUnsafeBytes { append(ticket, offers: $0, to: &out) }
    }

    @inline(__always)
    private static func append(_ ticket: TicketReply, offers: UnsafeRawBufferPointer, to out: inout [UInt8]) {
        let names = ticket.department.count + (ticket.agent?.count ?? 0) + (ticket.wants?.count ?? 0)
        precondition(names <= longest - longestWords, "three names of \(names) bytes")
        withUnsafeTemporaryAllocation(byteCount: longest + offers.count, alignment: 1) { memory in
            // The memory is ours for this call, and long enough for all that `Cursor` is given.
            var line = Cursor(memory)
            line.word("+{\"id\":")
            line.number(ticket.id.rawValue)
            line.word(",\"version\":")
            line.number(UInt64(ticket.version))
            line.word(",\"status\":")
            line.quoted(ticket.status.name)
            line.word(",\"dept\":")
            line.quoted(ticket.department)
            line.word(",\"agent\":")
            if let agent = ticket.agent { line.quoted(agent) } else { line.word("null") }
            if let wants = ticket.wants {
                line.word(",\"wants\":")
                line.quoted(wants)
            }
            line.bytes(offers)
            if ticket.freesSlot {
                line.word(",\"next\":")
                if let next = ticket.next, !ticket.isNextOffered {
                    line.number(next.rawValue)
                } else {
                    line.word("null")
                }
                if let next = ticket.next, ticket.isNextOffered {
                    line.word(",\"next_offer\":")
                    line.number(next.rawValue)
                }
            }
            if ticket.number != 0 {
                line.word(",\"n\":")
                line.number(UInt64(ticket.number))
            }
            if ticket.isDuplicate { line.word(",\"duplicate\":true") }
            line.word("}\r\n")
            out.append(contentsOf: line.written)
        }
    }

    /// Who is being rung: few replies tell.
    private static func text(_ offers: [OfferReply]) -> [UInt8] {
        var out = Array(",\"offer\":[".utf8)
        for (place, offer) in offers.enumerated() {
            out += Array("\(place == 0 ? "" : ","){\"agent\":\"".utf8)
            out.append(contentsOf: offer.agent.utf8)
            out += Array("\",\"token\":\"\(offer.token)\",\"until\":\"".utf8)
            TimeText.append(offer.until, to: &out)
            out += Array("\"}".utf8)
        }
        out.append(UInt8(ascii: "]"))
        return out
    }

    /// Writes from the front of a piece of memory that has room for it.
    private struct Cursor {
        private let memory: UnsafeMutableRawBufferPointer
        private var count = 0

        init(_ memory: UnsafeMutableRawBufferPointer) { self.memory = memory }

        var written: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

        @inline(__always)
        private mutating func copy(_ start: UnsafeRawPointer, _ length: Int) {
            memory.baseAddress?.advanced(by: count).copyMemory(from: start, byteCount: length)
            count += length
        }

        @inline(__always)
        mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
            if let start = bytes.baseAddress { copy(start, bytes.count) }
        }

        @inline(__always)
        mutating func word(_ text: StaticString) { copy(text.utf8Start, text.utf8CodeUnitCount) }

        @inline(__always)
        mutating func quoted(_ text: String) {
            word("\"")
            _ = text.utf8.withContiguousStorageIfAvailable { if let start = $0.baseAddress { copy(start, $0.count) } }
            word("\"")
        }

        @inline(__always)
        mutating func quoted(_ name: KeptName) {
            word("\"")
            if let start = name.utf8.baseAddress { copy(start, name.utf8.count) }
            word("\"")
        }

        @inline(__always)
        mutating func number(_ value: UInt64) {
            var digits = 1
            var limit: UInt64 = 10
            // A number of 20 digits is the longest, and ten times its first place is more than fits.
            while digits < 20, value >= limit {
                digits += 1
                limit &*= 10
            }
            var rest = value
            for place in stride(from: count + digits - 1, through: count, by: -1) {
                memory[place] = ASCII.zero + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            count += digits
        }
    }
}
