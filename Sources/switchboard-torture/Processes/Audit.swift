import SwitchboardClient

/// What was found over all checks.
struct Totals: Sendable {
    var acknowledged = 0
    var compared = 0
    var lost = 0
    var doubled = 0
    /// Requests on the way when the server went, and those of them that had arrived.
    var onTheWay = 0
    var arrived = 0
    /// Requests on the way that were asked for again with their `rid=`.
    var repeated = 0
    /// Digests that were compared over a further start.
    var digests = 0
    var problems: [String] = []

    mutating func add(_ comparison: Comparison) {
        problems += comparison.problems
        lost += comparison.lost
        doubled += comparison.doubled
        compared += comparison.tickets
        onTheWay += comparison.onTheWay
        arrived += comparison.arrived
    }
}

/// The writers of one data folder and what they know, held against the server after each of its lives.
final class Audit {
    private let writers: [Writer]
    private let keeper: Keeper
    /// Tickets from this id on have not been seen.
    private var nextID = HelpDeskSetUp.quietTicket + 1

    init(_ writers: [Writer], _ keeper: Keeper) {
        self.writers = writers
        self.keeper = keeper
    }

    /// Writers of both kinds; the exact ones have at most `exactWindow` requests on the way.
    convenience init(writers count: Int, seed: UInt64, exactWindow: Int = 64) {
        let writers = (0..<count).map { number in
            let isExact = number % 2 == 0
            let window = [exactWindow, 16, min(exactWindow, 16), 1][number % 4]
            return Writer(number: number, isExact: isExact, window: window, seed: seed &+ UInt64(number))
        }
        self.init(writers, Keeper(seed: seed))
    }

    var load: Load { Load(writers, keeper) }

    /// Replies in the life of the present server.
    var acknowledged: Int { writers.reduce(0) { $0 + $1.acknowledged } }
    /// Requests refused because the disk cannot be written.
    var refusedForDisk: Int { writers.reduce(0) { $0 + $1.refusedForDisk } }

    /// Makes the departments and agents in an empty server.
    func setUp(_ port: UInt16) throws {
        let client = try LineClient(host: "127.0.0.1", port: port)
        try HelpDeskSetUp.run(client, writers.map(\.desk))
        // A server that does not know `rid=` refuses it.
        let knowsRequestIDs = try client.request(["DEPT", "ADD", "probe", "rid=probe"]).json != nil
        for writer in writers { writer.desk.repeats = knowsRequestIDs }
    }

    /// Lets the next check compare every ticket.
    func touchAll() {
        for writer in writers {
            for ticket in writer.desk.tickets.indices { writer.desk.tickets[ticket].isTouched = true }
        }
    }

    /// Compares all that was touched since the last time, while nobody writes; returns the digest.
    func check(_ port: UInt16, _ totals: inout Totals) throws -> String {
        let client = try LineClient(host: "127.0.0.1", port: port)
        var desks = writers.map(\.desk)
        var ids: Set<Int> = []
        for desk in desks {
            for ticket in desk.tickets where ticket.isTouched { if let id = ticket.id { ids.insert(id) } }
            for request in desk.onTheWay { if let id = desk.tickets[request.ticket].id { ids.insert(id) } }
        }
        let found = try client.tickets(ids, from: nextID)
        var comparison = Comparison(found: found)
        comparison.compare(&desks, newFrom: nextID)
        nextID = max(nextID, (found.keys.max() ?? 0) + 1)
        for (writer, desk) in zip(writers, desks) {
            totals.problems += desk.surprises
            totals.acknowledged += desk.acknowledged
            if desk.repeats { totals.repeated += desk.onTheWay.count }
            writer.desk = desk
            writer.desk.acknowledged = 0
            writer.desk.surprises = []
        }
        totals.add(comparison)
        totals.problems += try keeper.check(client)
        return try client.digest()
    }

    /// Sends once more, as a careless client would, what was acknowledged.
    func plantDouble(_ port: UInt16) throws {
        let client = try LineClient(host: "127.0.0.1", port: port)
        guard let desk = writers.first?.desk, let ticket = desk.tickets.last(where: { $0.acknowledgedTexts > 0 }),
            let id = ticket.id, let serial = ticket.serials.first
        else { return }
        _ = try client.request(["TICKET", "MESSAGE", String(id), "body=\(desk.text(serial))"])
    }
}
