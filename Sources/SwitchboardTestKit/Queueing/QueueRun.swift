import Glibc
import SwitchboardModel

/// Contacts that come to a `QueueDesk`, and what became of each. Everything is drawn before it happens and from the seed
/// alone, so that two desks get the same contacts.
///
/// On the way it is checked, by books of its own, that whoever has waited for longest is served first, that nobody waits beside an
/// agent who has room, and that nobody has more than they may.
public struct QueueRun: Sendable {
    public private(set) var contacts: [QueueContact] = []
    /// What was wrong, the first of it.
    public private(set) var problems: [String] = []
    /// The time that all contacts waited together, as the sum over time of how many wait: milliseconds.
    public private(set) var waited: Int64 = 0
    /// For each contact, when it came: the sums so far of how many wait and of how many slots are taken.
    public private(set) var waitedBefore: [Int64] = []
    public private(set) var workedBefore: [Int64] = []

    private var worked: Int64 = 0
    private var now: Int64 = 0
    private var waiting: [Int] = []
    /// What each server is at: the contact and its end.
    private var serving: [(contact: Int, agent: Int, end: Int64)] = []
    private var load: [Int]
    private let capacities: [Int]
    private let desk: QueueCase
    /// The contact that each ticket is, and the ticket of each contact.
    private var contactOf: [Int] = []
    private var ticketOf: [TicketID] = []
    private var steps = 0

    /// Runs until all `count` contacts are over.
    public init(_ desk: QueueCase, contacts count: Int, seed: UInt64) {
        self.desk = desk
        capacities = desk.capacities
        load = [Int](repeating: 0, count: capacities.count)
        contacts = Self.draw(desk.system, count, seed)
        var balancer = QueueDesk(desk)
        var next = 0
        while let step = nextStep(next, timer: balancer.nextTimer) {
            pass(until: step.time)
            switch step.kind {
            case .timer: take(balancer.fireTimer(), &balancer)
            case .end(let place):
                let ended = serving.remove(at: place)
                load[ended.agent] -= 1
                take(balancer.resolve(ticketOf[ended.contact], at: now), &balancer)
            case .arrival:
                come(next, &balancer)
                next += 1
            case .patience(let place):
                let contact = waiting.remove(at: place)
                leave(contact, .gone)
                take(balancer.hangUp(ticketOf[contact], at: now), &balancer)
            }
            check(balancer)
        }
        problems += balancer.problems.prefix(5)
        foretell()
    }

    private static func draw(_ system: QueueSystem, _ count: Int, _ seed: UInt64) -> [QueueContact] {
        var chance = SeededChance(seed: seed)
        var time = 0.0
        return (0..<count).map { _ in
            time += chance.exponential(mean: 1000 / system.arrivals)
            let service = max(1, Int64(chance.exponential(mean: 1000 * system.service).rounded()))
            let patience: Int64 =
                switch system.rule {
                case .everyone, .places: .max
                case .patience(let mean): Int64(chance.exponential(mean: 1000 * mean).rounded())
                case .limit(let limit): Int64(limit * 1000)
                }
            return QueueContact(arrival: Int64(time), service: service, patience: patience)
        }
    }

    // MARK: One step

    private enum Step {
        case timer
        /// A place in `serving`, in `waiting`.
        case end(Int)
        case arrival
        case patience(Int)
    }

    /// What happens next; of what happens at one moment, in the order of these lines.
    private func nextStep(_ next: Int, timer: Int64?) -> (time: Int64, kind: Step)? {
        var found: (time: Int64, kind: Step)?
        for place in serving.indices where found.map({ serving[place].end < $0.time }) ?? true {
            found = (serving[place].end, .end(place))
        }
        if let timer, found.map({ timer < $0.time }) ?? true { found = (timer, .timer) }
        if case .patience = desk.system.rule {
            for place in waiting.indices {
                let end = contacts[waiting[place]].arrival + contacts[waiting[place]].patience
                if found.map({ end < $0.time }) ?? true { found = (end, .patience(place)) }
            }
        }
        if next < contacts.count, found.map({ contacts[next].arrival < $0.time }) ?? true {
            found = (contacts[next].arrival, .arrival)
        }
        return found
    }

    private mutating func pass(until time: Int64) {
        waited += Int64(waiting.count) * (time - now)
        worked += Int64(serving.count) * (time - now)
        now = time
    }

    private mutating func come(_ contact: Int, _ balancer: inout QueueDesk) {
        waitedBefore.append(waited)
        workedBefore.append(worked)
        let carried = balancer.open(at: now)
        ticketOf.append(TicketID(UInt64(contactOf.count + 1)))
        if case .rejected(let rejection) = carried.outcome {
            if rejection.code != .capacity { note("OPEN was refused: \(rejection)") }
            leave(contact, .refused)
            return
        }
        contactOf.append(contact)
        waiting.append(contact)
        take(carried, &balancer)
    }

    /// Follows what the balancer did. What it offers is accepted at once.
    private mutating func take(_ carried: Carried, _ balancer: inout QueueDesk) {
        if case .rejected(let rejection) = carried.outcome { note("refused: \(rejection)") }
        for event in carried.events {
            switch event {
            case .ticketOwnerChanged(let given):
                guard let owner = given.owner else { break }
                begin(contactOf[Int(given.ticket.rawValue) - 1], agent: Int(owner.rawValue))
            case .offersMade(let made):
                // Of several who are asked, one in the middle accepts.
                let offers = made.round.offers
                let agent = Int(offers[offers.count / 2].agent.rawValue)
                take(balancer.accept(made.round.ticket, by: agent, at: now), &balancer)
            case .ticketOverflowed(let gone):
                let contact = contactOf[Int(gone.ticket.rawValue) - 1]
                waiting.removeAll { $0 == contact }
                leave(contact, .gone)
            default: break
            }
        }
    }

    private mutating func begin(_ contact: Int, agent: Int) {
        if waiting.first != contact { note("\(contact) was served before \(waiting.first ?? -1)") }
        waiting.removeAll { $0 == contact }
        leave(contact, .served)
        serving.append((contact, agent, now + contacts[contact].service))
        load[agent] += 1
        if load[agent] > capacities[agent] { note("agent \(agent) has \(load[agent])") }
    }

    private mutating func leave(_ contact: Int, _ fate: QueueContact.Fate) {
        contacts[contact].fate = fate
        contacts[contact].left = now
    }

    // MARK: What must hold

    private mutating func check(_ balancer: borrowing QueueDesk) {
        if !waiting.isEmpty, serving.count < desk.system.servers {
            note("\(waiting.count) wait beside \(desk.system.servers - serving.count) free slots")
        }
        steps += 1
        // A copy of all that is derived: not at each step.
        guard steps % 500 == 0 else { return }
        let books = balancer.books
        if books.waiting != waiting.map({ ticketOf[$0] }) { note("the balancer's queue is \(books.waiting)") }
        if books.holds != load { note("the balancer's holds are \(books.holds)") }
    }

    /// Compares each contact with what must have become of it.
    private mutating func foretell() {
        var recursion = ContactRecursion(desk.system)
        var sum: Int64 = 0
        for (number, contact) in contacts.enumerated() {
            let foretold = recursion.foretell(contact)
            if foretold != contact {
                note("\(number) \(contact.fate) at \(contact.left), should be \(foretold.fate) at \(foretold.left)")
            }
            sum += contact.wait
        }
        // Little's law over a run that begins and ends empty holds to the millisecond: S. Stidham, "A last word on L = λW" (1974).
        if sum != waited { note("contacts waited for \(sum) ms, the queue held \(waited) ms") }
    }

    private mutating func note(_ problem: String) {
        if problems.count < 5 { problems.append("at \(now) ms: \(problem)") }
    }
}

extension SeededChance {
    /// Exponentially distributed.
    mutating func exponential(mean: Double) -> Double { -mean * log(1 - Double.random(in: 0..<1, using: &self)) }
}
