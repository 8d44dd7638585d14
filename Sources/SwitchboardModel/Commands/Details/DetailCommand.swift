/// A command on what hangs on a ticket beside its status: see `TicketDetails`.
public protocol DetailCommand: Sendable {
    /// As it is typed, for people.
    static var name: String { get }
    var ticket: TicketID { get }
    /// `if=`.
    var version: UInt32? { get set }

    /// See `Decidable`.
    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject
}
