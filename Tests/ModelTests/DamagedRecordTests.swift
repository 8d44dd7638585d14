import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// A journal's records have checksums; what gets past them all the same is refused or applied, and never traps.
@Suite struct DamagedRecordTests {
    /// Applies the records up to a spoilt one. What is applied can be looked at.
    private func apply(_ records: [[UInt8]]) {
        var builder = StateBuilder(shards: 1)
        for (place, record) in records.enumerated() {
            do {
                try builder.apply(record[...], record: LogSequenceNumber(UInt64(place + 1)))
            } catch {
                #expect(place == records.count - 1, "a sound record is refused: \(error)")
                return
            }
        }
        #expect(builder.image.verify().checked > 0)
    }

    @Test(arguments: 0..<8)
    func `any byte of any record may be spoilt`(_ seed: UInt64) {
        let records = World.imported(shards: 2).records.map(\.payload)
        var chance = SeededChance(seed: seed)
        for place in records.indices {
            for _ in 0..<4 {
                var spoilt = records[place]
                let position = Int.random(in: spoilt.indices, using: &chance)
                spoilt[position] ^= [0x01, 0x02, 0x04, 0x10, 0x80, 0x84, 0xff].randomElement(using: &chance)!
                apply(records[..<place] + [spoilt])
            }
        }
    }

    @Test func `records in another order are refused or applied`() {
        let records = World.imported(shards: 2).records.map(\.payload)
        for place in records.indices { apply(records[..<(place / 2)] + [records[place]]) }
    }

    @Test func `an event for what is not there is refused by name`() throws {
        var event = TicketNoted()
        event.ticket = TicketID(.max)
        var bytes: [UInt8] = []
        RecordCodec.encode([.ticketNoted(event)], at: Timestamp.manualStart, appendingTo: &bytes)
        var builder = StateBuilder(shards: 1)
        do {
            try builder.apply(bytes[...], record: LogSequenceNumber(1))
            Issue.record("it was applied")
        } catch {
            #expect(error.what == "ticket 18446744073709551615 is not there")
        }
    }
}
