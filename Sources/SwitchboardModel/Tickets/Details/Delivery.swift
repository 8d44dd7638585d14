/// How far an answer has come on its way to the customer, as the gateway tells it.
public enum DeliveryStatus: UInt8, Named {
    /// The gateway has it. Can transition to: sent, failed. Shown as `delayed` after `Delivery.patience`.
    case scheduled = 0
    /// Handed over. Can transition to: failed (it came back).
    case sent = 1
    /// Not delivered. Can transition to: scheduled (tried again), sent.
    case failed = 2

    public var name: String {
        switch self {
        case .scheduled: "scheduled"
        case .sent: "sent"
        case .failed: "failed"
        }
    }
}

/// One report of the gateway.
public struct DeliveryStep: Fielded, Equatable {
    public var status = DeliveryStatus.scheduled
    public var at = Timestamp(milliseconds: 0)
    /// Why, in short: for every agent, and for good.
    public var reason = ""
    /// What the other side said: for administrators and owners, until `detailUntil`.
    public var detail = ""
    public var detailUntil: Timestamp?

    public init() {}

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.named(1, &status)
        try fields.time(2, &at)
        try fields.text(3, &reason)
        try fields.text(4, &detail)
        try fields.time(5, &detailUntil)
    }
}

/// The way of one reply.
public struct Delivery: Fielded, Equatable {
    /// The reply's number in the thread.
    public var entry: UInt32 = 0
    /// In the order in which they were told: the last one holds.
    public var steps: [DeliveryStep] = []

    public init() {}

    /// What is scheduled for longer is delayed: LiveAgent's three hours (features.md 3.8).
    static let patience = TimeSpan.seconds(3 * 3600)
    /// How many reports on one reply are kept.
    public static let mostSteps = 100

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.number(1, &entry)
        try fields.list(2, &steps)
    }
}

extension TicketDetails {
    /// When the next details of deliveries are to be forgotten.
    var detailsUntil: Timestamp? {
        var earliest: Timestamp?
        for delivery in deliveries {
            for step in delivery.steps {
                guard let until = step.detailUntil else { continue }
                earliest = earliest.map { min($0, until) } ?? until
            }
        }
        return earliest
    }

    /// Notes a report.
    mutating func add(_ step: DeliveryStep, to entry: UInt32) {
        // Mostly the newest reply, which stands last.
        if let place = deliveries.lastIndex(where: { $0.entry == entry }) {
            deliveries[place].steps.append(step)
        } else {
            var delivery = Delivery()
            delivery.entry = entry
            delivery.steps = [step]
            deliveries.append(delivery)
        }
    }

    /// Forgets the details whose time is over.
    mutating func forgetDeliveryDetails(at time: Timestamp) {
        for place in deliveries.indices {
            for step in deliveries[place].steps.indices {
                guard let until = deliveries[place].steps[step].detailUntil, until <= time else { continue }
                deliveries[place].steps[step].detail = ""
                deliveries[place].steps[step].detailUntil = nil
            }
        }
    }
}
