import SwitchboardModel

/// A sum over everything that a run did, to tell whether two runs were the same.
struct RunHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    // FNV-1a, 64 bits (Fowler, Noll, Vo).
    private mutating func mix(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

    mutating func add(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }

    mutating func add(_ record: SimulatedRecord) {
        let bytes = ByteWriter.bytes { RecordCodec.encode(record.events, at: record.time, appendingTo: &$0) }
        add(record.number)
        for byte in bytes { mix(byte) }
    }

    mutating func add(_ outcome: Outcome) {
        switch outcome {
        case .ok: add(1)
        case .null: add(2)
        case .ticket(let reply), .ringing(let reply, _):
            add(reply.id.rawValue)
            add(UInt64(reply.version))
            add(reply.next?.rawValue ?? 0)
        case .document, .list: add(3)
        case .integer(let value): mix(UInt8(truncatingIfNeeded: value))
        case .rejected(let rejection): for byte in rejection.message.utf8 { mix(byte) }
        }
    }
}
