/// In which order tickets are listed: by some of their numbers, and by id among those that are equal.
public struct TicketOrder: Equatable, Sendable {
    public enum Field: String, CaseIterable, Sendable {
        /// 0 for what waits to be worked on (new, open, a chat or call in progress), 1 for the rest.
        case work
        case id, version, priority, weight, status, channel
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case queuedAt = "queued_at"
        case postponedUntil = "postponed_until"
    }

    public struct Part: Equatable, Sendable {
        var field: Field
        var isDescending: Bool
    }

    public static let mostParts = 4

    private(set) var parts: [Part]

    /// New and open first, then by priority and age.
    public static let standard = TicketOrder(
        parts: [.work, .priority, .queuedAt].map { Part(field: $0, isDescending: false) })

    private init(parts: [Part]) { self.parts = parts }

    /// Reads `priority,-created_at`: the smallest first, or with a `-` the largest. Empty: the standard order.
    public init(parsing text: String) throws(Rejection) {
        self = .standard
        guard !text.isEmpty else { return }
        parts = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let isDescending = word.hasPrefix("-")
            guard let field = Field(rawValue: word.dropFirst(isDescending ? 1 : 0).lowercased()) else {
                let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw Rejection(.badArgument, "sort= takes \(known), each perhaps with a '-' before it, not '\(word)'")
            }
            guard !parts.contains(where: { $0.field == field }) else {
                throw Rejection(.badArgument, "sort= names '\(field.rawValue)' twice")
            }
            parts.append(Part(field: field, isDescending: isDescending))
        }
        guard parts.count <= Self.mostParts else {
            throw Rejection(.badArgument, "sort= takes at most \(Self.mostParts) fields")
        }
    }

    /// Whether this is the order of ids, from the first or from the last: that of creation, too.
    ///
    /// - Parameter inOrder: no ticket was created before one of a lower id.
    func isByID(createdInOrder inOrder: Bool) -> Bool? {
        guard let first = parts.first, first.field == .id || (inOrder && first.field == .createdAt && parts.count == 1)
        else {
            return nil
        }
        return !first.isDescending
    }

    /// Equal ones are in the order of ids, the last field's direction telling which way.
    private var isDescendingLast: Bool { parts.last?.isDescending ?? false }

    func key(of ticket: Ticket) -> TicketKey {
        var key = TicketKey()
        for (place, part) in parts.enumerated() {
            let value = part.field.value(ticket)
            key.values[place] = part.isDescending ? ~value : value
        }
        let id = Int64(clamping: ticket.id.rawValue)
        key.values[Self.mostParts] = isDescendingLast ? ~id : id
        return key
    }

    // MARK: Cursors

    /// Where in this order a ticket stood: numbers, so that it can be gone on from whatever becomes of the ticket.
    func cursor(_ key: TicketKey) -> String {
        var words = parts.indices.map { String(key.values[$0]) }
        words.append(String(key.values[Self.mostParts]))
        return words.joined(separator: "_")
    }

    func key(cursor: String) throws(Rejection) -> TicketKey {
        let words = cursor.split(separator: "_", omittingEmptySubsequences: false)
        var key = TicketKey()
        guard words.count == parts.count + 1 else { throw Self.noCursor }
        for (place, word) in words.enumerated() {
            guard let value = Int64(word) else { throw Self.noCursor }
            key.values[place == parts.count ? Self.mostParts : place] = value
        }
        return key
    }

    private static let noCursor = Rejection(
        .badArgument, "after= takes the cursor of an element of this list, in the same order")
}

/// A ticket's place in an order.
struct TicketKey: Comparable, Sendable {
    /// Of the order's fields, then of the id.
    var values = InlineArray<5, Int64>(repeating: 0)

    @inline(__always)
    static func < (left: TicketKey, right: TicketKey) -> Bool {
        for place in 0..<5 where left.values[place] != right.values[place] {
            return left.values[place] < right.values[place]
        }
        return false
    }

    static func == (left: TicketKey, right: TicketKey) -> Bool { !(left < right) && !(right < left) }
}

extension TicketOrder.Field {
    fileprivate func value(_ ticket: Ticket) -> Int64 {
        switch self {
        case .work: ticket.status.waitsForWork ? 0 : 1
        case .id: Int64(clamping: ticket.id.rawValue)
        case .version: Int64(ticket.version)
        case .priority: Int64(ticket.priority)
        case .weight: Int64(ticket.weight)
        case .status: Int64(ticket.status.rawValue)
        case .channel: Int64(ticket.channel.rawValue)
        case .createdAt: ticket.createdAt.milliseconds
        case .updatedAt: ticket.updatedAt.milliseconds
        case .queuedAt: ticket.queuedAt.milliseconds
        case .postponedUntil: ticket.extras.postponedUntil?.milliseconds ?? .max
        }
    }
}

extension TicketStatus {
    /// New or open, or a chat or call in progress: first wherever work is listed.
    var waitsForWork: Bool { self == .new || self == .open || isConversation }
}
