/// Ids below the highest that were given to no ticket, because an import jumped over them: a ticket that could not be imported
/// at first may come later under its id. What was purged is not among them.
struct UnusedIDs: Equatable, Sendable {
    /// Rising, none empty, none beside another.
    private(set) var ranges: [Range<UInt64>] = []

    /// So many ranges are remembered; of more, those of the lowest ids are given up.
    static let mostRanges = 10_000

    func contains(_ id: TicketID) -> Bool {
        place(of: id).map { ranges[$0].contains(id.rawValue) } ?? false
    }

    /// An import jumped from `next`, which was to be given next, to `id`, which is not below it.
    mutating func jump(from next: TicketID, to id: TicketID) {
        guard next < id else { return }
        ranges.append(next.rawValue..<id.rawValue)
        keepBounds()
    }

    /// A ticket has `id` now.
    mutating func take(_ id: TicketID) {
        guard let place = place(of: id), ranges[place].contains(id.rawValue) else { return }
        let range = ranges[place]
        let parts = [range.lowerBound..<id.rawValue, id.rawValue + 1..<range.upperBound].filter { !$0.isEmpty }
        ranges.replaceSubrange(place...place, with: parts)
        keepBounds()
    }

    private mutating func keepBounds() {
        if ranges.count > Self.mostRanges { ranges.removeFirst(ranges.count - Self.mostRanges) }
    }

    /// The last range that begins at `id` or before it.
    private func place(of id: TicketID) -> Int? {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound <= id.rawValue { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}

extension UnusedIDs {
    /// As it is stored.
    var stored: [IDRange] { ranges.map { IDRange(first: $0.lowerBound, last: $0.upperBound - 1) } }

    /// Throws when they could not be unused ids below `next`.
    init(_ stored: [IDRange], below next: TicketID) throws(ByteReader.Malformed) {
        var end: UInt64 = 0
        for range in stored {
            guard range.first > end, range.first <= range.last, range.last < next.rawValue else {
                throw ByteReader.Malformed(what: "unused ids \(range.first) to \(range.last) cannot be", offset: 0)
            }
            ranges.append(range.first..<range.last + 1)
            end = range.last + 1
        }
        guard ranges.count <= Self.mostRanges else {
            throw ByteReader.Malformed(what: "\(ranges.count) ranges of unused ids", offset: 0)
        }
    }
}

/// A range of ids, the last one included.
public struct IDRange: Fielded, Equatable {
    public var first: UInt64 = 0
    public var last: UInt64 = 0

    public init() {}

    init(first: UInt64, last: UInt64) {
        self.first = first
        self.last = last
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.integer(1, &first)
        try fields.integer(2, &last)
    }
}
