import Synchronization

/// How many connections a listener has, over all of its loops.
final class Seats: Sendable {
    let limit: Int
    private let count = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    var taken: Int { count.load(ordering: .relaxed) }

    /// A seat, or nil when all are taken.
    func take() -> Seat? {
        guard count.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            count.wrappingSubtract(1, ordering: .relaxed)
            return nil
        }
        return Seat(of: self)
    }

    fileprivate func giveUp() { count.wrappingSubtract(1, ordering: .relaxed) }
}

/// One connection's place in the count. The connection gives it up when it closes, once.
struct Seat {
    private let seats: Seats
    fileprivate init(of seats: Seats) { self.seats = seats }
    func giveUp() { seats.giveUp() }
}
