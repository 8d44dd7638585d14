/// Entries of the request log in one piece of memory, so that one costs neither an allocation nor a reference.
///
/// An entry: its time (8 bytes), its record, how many entries before it the last one of the same hash is (0: none), and
/// the fields of `RequestRemembered`.
struct RequestPage: Sendable {
    /// A page is full when it has so many bytes: what the first write after an image copies.
    static let fullBytes = 64 << 10

    /// The number of its first entry.
    let first: UInt64
    private var starts: [UInt32] = []
    private var bytes: [UInt8] = []

    init(first: UInt64) { self.first = first }

    var isFull: Bool { bytes.count >= Self.fullBytes }
    /// The number after its last entry.
    var end: UInt64 { first + UInt64(starts.count) }

    mutating func append(_ request: RequestRemembered, time: Timestamp, record: LogSequenceNumber, back: UInt64) {
        starts.append(UInt32(bytes.count))
        bytes.append { writer in
            writer.fixed64(UInt64(bitPattern: time.milliseconds))
            writer.varint(record.rawValue)
            writer.varint(back)
            writer.fields(of: request)
        }
    }

    /// Gives back the room for growth.
    mutating func seal() {
        bytes = bytes.withUnsafeBufferPointer { Array($0) }
        starts = starts.withUnsafeBufferPointer { Array($0) }
    }

    private func range(_ number: UInt64) -> Range<Int> {
        let place = Int(number - first)
        return Int(starts[place])..<(place + 1 < starts.count ? Int(starts[place + 1]) : bytes.count)
    }

    /// How many bytes an entry has.
    func size(_ number: UInt64) -> Int { range(number).count }

    /// How many bytes this entry and those behind it have.
    func bytes(from number: UInt64) -> Int { bytes.count - range(number).lowerBound }

    func time(_ number: UInt64) -> Timestamp {
        var input = ByteReader(bytes[range(number)])
        return Self.read { () throws(ByteReader.Malformed) in
            Timestamp(milliseconds: Int64(bitPattern: try input.fixed64()))
        }
    }

    func entry(_ number: UInt64) -> (
        time: Timestamp, record: LogSequenceNumber, back: UInt64, request: RequestRemembered
    ) {
        var input = ByteReader(bytes[range(number)])
        return Self.read { () throws(ByteReader.Malformed) in
            let time = Timestamp(milliseconds: Int64(bitPattern: try input.fixed64()))
            let record = LogSequenceNumber(try input.varint())
            let back = try input.varint()
            let fields = try input.raw(input.remaining)
            return (time, record, back, try FieldReader.read(RequestRemembered.self, from: fields))
        }
    }

    private static func read<Value>(_ body: () throws(ByteReader.Malformed) -> Value) -> Value {
        do { return try body() } catch { preconditionFailure("a remembered request cannot be read: \(error)") }
    }
}
