import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct RecordCodecTests {
    static let time = Timestamp(milliseconds: 946_684_800_123)

    static func record(_ events: [Event], at time: Timestamp = time) -> [UInt8] {
        ByteWriter.bytes { RecordCodec.encode(events, at: time, appendingTo: &$0) }
    }

    @Test(arguments: [nil, -1, 0, 1, 2])
    func `every kind of event comes back as itself`(_ only: Int?) throws {
        let events = try EventKinds.events(only: only)
        #expect(events.map { EventKinds.place(of: $0) } == Array(events.indices))
        for event in events {
            let (time, found) = try RecordCodec.decode(Self.record([event])[...])
            #expect(time == Self.time)
            #expect(dumped(found) == dumped([event]))
        }
        #expect(dumped(try RecordCodec.decode(Self.record(events)[...]).events) == dumped(events))
    }

    @Test(arguments: [0, -1, Int64.min, Int64.max])
    func `every time comes back, of a record without events too`(_ milliseconds: Int64) throws {
        let time = Timestamp(milliseconds: milliseconds)
        let (found, events) = try RecordCodec.decode(Self.record([], at: time)[...])
        #expect(found == time)
        #expect(events.isEmpty)
    }

    @Test func `tags of unknown kinds are refused`() throws {
        let known = Set(try EventKinds.events().map { Self.record([$0], at: Timestamp(milliseconds: 0))[1] })
        #expect(known.count == EventKinds.payloads.count)
        for tag in UInt8.min...UInt8.max where !known.contains(tag) {
            #expect(throws: ByteReader.Malformed.self) { try RecordCodec.decode([0, tag, 0, 0, 0, 0]) }
        }
    }

    @Test func `a record cut short is refused or holds fewer events`() throws {
        let events = try EventKinds.events()
        let whole = Self.record(events)
        for length in 0..<whole.count {
            let found = try? RecordCodec.decode(whole[..<length]).events
            #expect((found?.count ?? 0) < events.count)
        }
    }

    @Test(arguments: 0..<50)
    func `random bytes never trap`(_ seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        let whole = Self.record(try EventKinds.events())
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8, using: &chance) {
                bytes[bytes.indices.randomElement(using: &chance)!] = UInt8.random(in: 0...255, using: &chance)
            }
            _ = try? RecordCodec.decode(bytes[...])
            let count = Int.random(in: 0...100, using: &chance)
            let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &chance) }
            _ = try? RecordCodec.decode(noise[...])
        }
    }
}
