/// The requests that are remembered, in the order of their times, and an index by their ids.
///
/// The same records give the same log anywhere: what is too old is taken out by the time of the record that is applied,
/// a few at a time, so that a million that become too old at one moment do not make one long turn. Until it is its turn
/// an entry that is too old is kept and no longer found.
public struct RequestLog: Sendable {
    /// How long a request is remembered, in service time.
    public static let memory = TimeSpan.seconds(86_400)
    /// Bytes of an entry, on the average of all, up to which the limit is one of their number.
    public static let bytesOfOne = 256
    /// How many too old ones one record takes out at most. More than one: the log shrinks while others are added.
    static let mostForgottenAtOnce = 4

    private var pages: [RequestPage] = []
    /// From the hash of an id to the low half of the number of the newest entry with that hash.
    private var index = SplitDictionary<UInt64, UInt32>()
    /// The number of the oldest entry, and the one the next will get.
    private var first: UInt64 = 0
    private var end: UInt64 = 0
    /// Of all entries together.
    private var bytes = 0
    /// When the oldest becomes too old.
    private(set) var forgetsAt = Self.never
    /// What is kept of a hash. For tests, where ids are to share one.
    private let hashMask: UInt64

    private static let never = Timestamp(milliseconds: .max)

    init(hashMask: UInt64 = .max) { self.hashMask = hashMask }

    /// How many are kept, those included that are too old and not taken out yet.
    public var count: Int { Int(end - first) }

    /// When what was remembered then is too old. Wrapping, because a damaged file may hold any number.
    private static func end(_ time: Timestamp) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds &+ memory.milliseconds)
    }

    // MARK: Looking up

    /// The request of this id that is remembered at `now`.
    func find(_ id: String, at now: Timestamp) -> RememberedRequest? {
        guard first < end, var number = index[hash(id)].map(number) else { return nil }
        while true {
            let entry = page(of: number).entry(number)
            // Those before it are older still.
            guard now < Self.end(entry.time) else { return nil }
            if entry.request.id.utf8.elementsEqual(id.utf8) {
                return RememberedRequest(request: entry.request, time: entry.time, record: entry.record)
            }
            guard entry.back > 0, number - first >= entry.back else { return nil }
            number -= entry.back
        }
    }

    /// Whether as many are remembered at `now` as may be: so many, or the bytes of so many.
    func isFull(most limit: Int, at now: Timestamp) -> Bool {
        let mostBytes = limit * Self.bytesOfOne
        guard count >= limit || bytes >= mostBytes else { return false }
        let oldest = oldest(at: now)
        if Int(end - oldest) >= limit { return true }
        guard oldest < end else { return false }
        let place = place(of: oldest)
        let rest = pages[(place + 1)...].reduce(0) { $0 + $1.bytes(from: $1.first) }
        return pages[place].bytes(from: oldest) + rest >= mostBytes
    }

    /// The number of the first entry that is not too old.
    private func oldest(at now: Timestamp) -> UInt64 {
        var low = first
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if Self.end(page(of: middle).time(middle)) <= now { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// All that are kept, in the order of their times.
    var all: some Sequence<RememberedRequest> {
        (first..<end).lazy.map { number in
            let entry = page(of: number).entry(number)
            return RememberedRequest(request: entry.request, time: entry.time, record: entry.record)
        }
    }

    // MARK: Changing

    /// Adds one, which must not be older than the last.
    mutating func append(_ request: RequestRemembered, at time: Timestamp, record: LogSequenceNumber) {
        let hash = hash(request.id)
        let back = index[hash].map { end - number($0) } ?? 0
        if pages.last?.isFull ?? true {
            if !pages.isEmpty { pages[pages.count - 1].seal() }
            pages.append(RequestPage(first: end))
        }
        pages[pages.count - 1].append(request, time: time, record: record, back: back)
        bytes += pages[pages.count - 1].size(end)
        index[hash] = UInt32(truncatingIfNeeded: end)
        end += 1
        if forgetsAt == Self.never { forgetsAt = Self.end(time) }
    }

    /// Takes out some of those that are too old at `time`. Called once for each record.
    @inline(__always)
    mutating func forget(at time: Timestamp) {
        if forgetsAt <= time { forgetSome(at: time) }
    }

    @inline(never)
    private mutating func forgetSome(at time: Timestamp) {
        var left = Self.mostForgottenAtOnce
        while forgetsAt <= time, left > 0 {
            let hash = hash(pages[0].entry(first).request.id)
            // A newer one of the same hash is found first and stays.
            if index[hash].map({ number($0) == first }) ?? false { index.removeValue(forKey: hash) }
            bytes -= pages[0].size(first)
            first += 1
            left -= 1
            if pages[0].end == first { pages.removeFirst() }
            forgetsAt = first < end ? Self.end(pages[0].time(first)) : Self.never
        }
    }

    // MARK: Numbers

    /// The whole number of which the index keeps the low half: fewer than 2^32 entries are kept.
    private func number(_ low: UInt32) -> UInt64 { first + UInt64(low &- UInt32(truncatingIfNeeded: first)) }

    private func hash(_ id: String) -> UInt64 {
        var hasher = Hasher()
        // Bytes, not characters: two spellings of one text are two ids.
        var id = id
        id.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return UInt64(bitPattern: Int64(hasher.finalize())) & hashMask
    }

    /// The index of the page that holds an entry.
    private func place(of number: UInt64) -> Int {
        var low = 0
        var high = pages.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if pages[middle].first <= number { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private func page(of number: UInt64) -> RequestPage { pages[place(of: number)] }
}

/// A remembered request, as a snapshot holds it.
public struct RememberedRequest: Fielded, Equatable {
    public var request = RequestRemembered()
    public var time = Timestamp(milliseconds: 0)
    /// The one that holds it: the answer waits until that is durable.
    public var record = LogSequenceNumber.none

    public init() {}

    init(request: RequestRemembered, time: Timestamp, record: LogSequenceNumber) {
        self.request = request
        self.time = time
        self.record = record
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.time(1, &time)
        try fields.integer(2, &record.rawValue)
        try fields.value(3, &request)
    }
}
