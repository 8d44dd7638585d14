/// `DELIVERY SET`: the gateway tells how far a reply has come. Raises no version.
public struct SetDelivery: DetailCommand {
    public static let name = "DELIVERY SET"
    public var ticket: TicketID
    public var entry: UInt32
    public var status: DeliveryStatus
    public var reason = ""
    public var detail = ""
    /// When it was so; `nil`: now.
    public var at: Timestamp?
    public var version: UInt32?

    public init(ticket: TicketID, entry: UInt32, status: DeliveryStatus) {
        self.ticket = ticket
        self.entry = entry
        self.status = status
    }

    public func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject {
        let ticket = try shards.writable(self.ticket, version: version)
        let reply = try shards.reply(entry, of: ticket)
        let known = ticket.details.deliveries.last { $0.entry == reply.number }?.steps.count ?? 0
        guard known < Delivery.mostSteps else {
            throw Rejection(.state, "at most \(Delivery.mostSteps) reports on one reply are kept")
        }
        var event = TicketDeliveryReported()
        event.ticket = ticket.id
        event.entry = reply.number
        event.step.status = status
        event.step.at = at ?? now
        guard event.step.at <= now else { throw Rejection(.badArgument, "at= is later than now") }
        event.step.reason = reason
        let kept = routing.departments[ticket.department.position].settings.keptDeliveryDetails
        if !detail.isEmpty, kept > .zero {
            event.step.detail = detail
            event.step.detailUntil = now + kept
        }
        events.append(.ticketDeliveryReported(event))
        return .numbered(ticket.id, reply.number)
    }
}
