import SwitchboardTestKit

@testable import SwitchboardModel

/// State to which commands are given directly: values only, no lane and no journal.
struct World: ~Copyable {
    var routing = Routing()
    var shards: Shards
    var records: [(time: Timestamp, payload: [UInt8])] = []
    private var now = Timestamp.manualStart

    init(shards: Int) { self.shards = Shards(shards: shards) }

    /// The state and what was recorded on the way to it.
    var image: StateImage {
        StateImage(tickets: shards.tickets, agents: shards.agents, routing: routing.image())
    }

    @discardableResult
    mutating func perform(_ command: Command, as request: RequestName? = nil) -> Outcome {
        if let request, let known = routing.answer(to: request, at: now) { return known.reply }
        let carried = routing.carryOut(
            command, &shards, at: now, record: routing.lastRecord.next, remembering: request)
        let record = ByteWriter.bytes { RecordCodec.encode(carried.events, at: now, appendingTo: &$0) }
        if !carried.events.isEmpty { records.append((now, record)) }
        return carried.outcome
    }

    mutating func wait(seconds: Int64) {
        let end = now + .seconds(seconds)
        while let timer = routing.timers.first, timer.due <= end {
            now = max(now, timer.due)
            perform(.fireTimer(timer))
        }
        now = end
    }

    /// A small world in which there is some of everything: waiting, held, postponed, resolved, skipped, paused,
    /// absent, in grace, with fields, tags, references, remembered requests and a removed agent and department.
    static func full(shards: Int) -> World {
        var world = World(shards: shards)
        for (number, name) in ["sales", "support", "gone"].enumerated() {
            var department = AddDepartment(id: DepartmentID(name))
            department.title = "title \(number)"
            department.settings.base.ageing = number == 0 ? .headStart(.seconds(90)) : nil
            department.settings.base.strategy = number == 0 ? .roundRobin : nil
            department.settings.own.call.retry = .seconds(5)
            department.settings.maxPaused = 7
            world.perform(.addDepartment(department))
        }
        world.perform(.removeDepartment(RemoveDepartment(id: DepartmentID("gone"))))
        for (number, name) in ["ann", "bob", "cid", "dan"].enumerated() {
            let departments = ["sales", "support"].enumerated().map { place, department in
                MembershipRequest(department: DepartmentID(department), tier: UInt16(place + number % 2))
            }
            var agent = AddAgent(id: AgentID(name), memberships: departments)
            agent.displayName = "name of \(name)"
            agent.capacity.ticket = 2
            world.perform(.addAgent(agent))
            world.perform(.setPresence(SetPresence(id: AgentID(name), presence: .online)))
            world.wait(seconds: 1)
        }
        for number in 0..<12 {
            var ticket = OpenTicket(
                department: DepartmentID(number % 3 == 0 ? "support" : "sales"), channel: Channel.allCases[number % 3])
            ticket.priority = UInt8(1 + number % 9)
            ticket.subject = "subject \(number)"
            ticket.body = number % 2 == 0 ? "body" : nil
            ticket.from = "joe"
            ticket.source = "web"
            ticket.reference = number % 4 == 0 ? "r\(number)" : nil
            ticket.tags = ["a", "b"]
            ticket.fields = [CustomField(name: "Order", value: "\(number)")]
            ticket.agent = number == 11 ? AgentID("dan") : nil
            let request = RequestName("open-\(number)", words: WordsHash(high: 1, low: UInt64(number)))
            world.perform(.openTicket(ticket), as: number % 3 == 0 ? request : nil)
            world.wait(seconds: 1)
        }
        world.perform(.replyTicket(ReplyTicket(ticket: TicketID(1), by: AgentID("ann"), body: "answer")))
        world.performDetails(on: TicketID(1))
        var skilled = SetTicket(ticket: TicketID(12))
        skilled.needs = [Skill(name: "french", level: 3)]
        skilled.relax = .some(Relaxation(span: .seconds(100_000), step: 2))
        world.perform(.setTicket(skilled))
        world.perform(.releaseTicket(ReleaseTicket(ticket: TicketID(2))))
        world.perform(.resolveTicket(ResolveTicket(ticket: TicketID(4))))
        world.perform(.postponeTicket(PostponeTicket(ticket: TicketID(1), until: .span(.seconds(20)))))
        world.perform(.postponeTicket(PostponeTicket(ticket: TicketID(7), until: .span(.seconds(3600)))))
        var pause = PauseAgent(id: AgentID("ann"))
        pause.span = .seconds(600)
        pause.reason = "lunch"
        world.perform(.pauseAgent(pause), as: RequestName("lunch", words: WordsHash(high: 2, low: 3)))
        world.perform(.pauseAgent(PauseAgent(id: AgentID("bob"))))
        for (name, owner) in [("all", nil), ("mine", "bob"), ("gone", "dan")] {
            var view = SaveView(id: ViewID(name), filter: "status in (new, open) and age > 8h")
            view.owner = owner.map { AgentID($0) }
            view.title = "title of \(name)"
            if owner == nil { view.group = "dept" } else { view.sort = "priority,-created_at" }
            world.perform(.saveView(view))
        }
        world.perform(.removeAgent(RemoveAgent(id: AgentID("dan"))))
        world.wait(seconds: 21)
        world.perform(.releaseTicket(ReleaseTicket(ticket: TicketID(3))))
        world.perform(.setPresence(SetPresence(id: AgentID("cid"), presence: .offline)))
        world.mergeAndSplit()
        world.ring()
        world.handleCustomers()
        world.attend()
        return world
    }

    /// Offers: one declined, one missed, two that ring at once.
    private mutating func ring() {
        var department = AddDepartment(id: DepartmentID("phones"))
        department.settings.base.assignment = .offer
        department.settings.base.ring = .seconds(20)
        department.settings.base.offers = 2
        department.settings.base.backoff = .seconds(90)
        perform(.addDepartment(department))
        for name in ["kim", "lea", "mia"] {
            let place = MembershipRequest(department: DepartmentID("phones"), tier: 0)
            perform(.addAgent(AddAgent(id: AgentID(name), memberships: [place])))
            perform(.setPresence(SetPresence(id: AgentID(name), presence: .online)))
        }
        perform(.openTicket(OpenTicket(department: DepartmentID("phones"), channel: .chat)))
        let first = TicketID(routing.nextTicket.rawValue - 1)
        perform(.declineOffer(DeclineOffer(ticket: first, by: AgentID("kim"))))
        wait(seconds: 20)
        perform(.setPresence(SetPresence(id: AgentID("lea"), presence: .offline)))
        perform(.setPresence(SetPresence(id: AgentID("lea"), presence: .online)))
        overflow()
        let request = RequestName("rings", words: WordsHash(high: 4, low: 5))
        perform(.openTicket(OpenTicket(department: DepartmentID("phones"), channel: .call)), as: request)
    }

    /// A department that asks for the last agent, and customers who had one.
    private mutating func handleCustomers() {
        var settings = SetDepartment(id: DepartmentID("sales"))
        settings.base.lastAgent = .seconds(3600)
        perform(.setDepartment(settings))
        for customer in ["joe", "eva"] {
            let ticket = routing.nextTicket
            var open = OpenTicket(department: DepartmentID("sales"), channel: .chat)
            open.from = customer
            perform(.openTicket(open))
            var assign = AssignTicket(ticket: ticket, agent: AgentID("ann"))
            assign.force = true
            perform(.assignTicket(assign))
            perform(.resolveTicket(ResolveTicket(ticket: ticket)))
        }
    }

    /// One that overflowed, one that is called back, and one whose wait is timed where nobody is.
    private mutating func overflow() {
        var full = AddDepartment(id: DepartmentID("full"))
        full.settings.base.maxQueue = 1
        full.settings.base.maxWait = .seconds(600)
        full.settings.own.call.weight = 2
        full.settings.base.callbackDelay = .seconds(30)
        perform(.addDepartment(full))
        var empty = AddDepartment(id: DepartmentID("empty"))
        empty.settings.base.whenEmpty = .overflow
        perform(.addDepartment(empty))
        var change = SetDepartment(id: DepartmentID("full"))
        change.overflow.base = .department(DepartmentID("phones"))
        perform(.setDepartment(change))
        for number in 0..<2 {
            var call = OpenTicket(department: DepartmentID("full"), channel: .call)
            call.from = "+49 30 \(number)"
            perform(.openTicket(call))
        }
        perform(.requestCallback(RequestCallback(ticket: TicketID(routing.nextTicket.rawValue - 1))))
        perform(.openTicket(OpenTicket(department: DepartmentID("empty"), channel: .ticket)))
    }

    /// An agent in wrap-up.
    private mutating func attend() {
        var department = SetDepartment(id: DepartmentID("sales"))
        department.own.chat.wrapUp = .seconds(300)
        department.base.answerWithin = .seconds(50_000)
        perform(.setDepartment(department))
        var chat = OpenTicket(department: DepartmentID("sales"), channel: .chat)
        chat.body = "hello"
        perform(.openTicket(chat))
        let id = TicketID(routing.nextTicket.rawValue - 1)
        perform(.assignTicket(AssignTicket(ticket: id, agent: AgentID("bob"))))
        perform(.resolveTicket(ResolveTicket(ticket: id)))
        var lease = LoginAgent(id: AgentID("bob"))
        lease.lease = .some(.seconds(600))
        perform(.loginAgent(lease))
        var lost = LoginAgent(id: AgentID("ann"))
        lost.lease = .some(.seconds(2))
        perform(.loginAgent(lost))
        wait(seconds: 4)
        perform(
            .addRoster(
                AddRoster(
                    id: RosterID("nights"), department: DepartmentID("support"),
                    agents: [AgentID("bob"), AgentID("cid")], span: .seconds(3600))))
        var schedule = Schedule()
        schedule.span = .seconds(1800)
        schedule.reason = "lunch"
        perform(.addSchedule(AddSchedule(agent: AgentID("cid"), schedule: schedule)))
    }

    /// Tickets merged in a chain, merged and unmerged, split, put away and purged.
    private mutating func mergeAndSplit() {
        func id(_ number: UInt64) -> TicketID { TicketID(number) }
        for number in 0..<8 {
            var ticket = OpenTicket(department: DepartmentID("sales"), channel: .ticket)
            ticket.body = "question \(number)"
            ticket.priority = UInt8(9 - number)
            ticket.tags = ["t\(number)"]
            perform(.openTicket(ticket))
            perform(.messageTicket(MessageTicket(ticket: id(13 + UInt64(number)), body: "more \(number)")))
            wait(seconds: 1)
        }
        perform(.mergeTicket(MergeTicket(ticket: id(14), into: id(13))))
        perform(.mergeTicket(MergeTicket(ticket: id(13), into: id(15))))
        perform(.postponeTicket(PostponeTicket(ticket: id(16), until: .span(.seconds(900)))))
        perform(.mergeTicket(MergeTicket(ticket: id(16), into: id(17))))
        perform(.mergeTicket(MergeTicket(ticket: id(18), into: id(17))))
        perform(.unmergeTicket(UnmergeTicket(ticket: id(18))))
        perform(.splitTicket(SplitTicket(ticket: id(15), .numbers([2...3]))))
        perform(.splitTicket(SplitTicket(ticket: id(17), .duplicate)))
        perform(.discardTicket(DiscardTicket(ticket: id(18), as: .spam)))
        perform(.discardTicket(DiscardTicket(ticket: id(19), as: .deleted)))
        perform(.purgeTicket(PurgeTicket(ticket: id(20))))
    }
}

extension World {
    /// Some of everything that hangs on a ticket; a reply is in its thread.
    fileprivate mutating func performDetails(on ticket: TicketID) {
        let ann = AgentID("ann")
        var conversation = AddConversation(ticket: ticket, title: "among us")
        conversation.isInternal = true
        perform(.detail(conversation))
        var task = AddTask(ticket: ticket, title: "ask")
        task.agent = ann
        perform(.detail(task))
        perform(.detail(LogWork(ticket: ticket, by: ann, span: .seconds(90))))
        perform(.detail(StartWork(ticket: ticket, by: ann)))
        perform(.detail(StartWork(ticket: TicketID(5), by: AgentID("bob"))))
        var people = SetTicket(ticket: ticket)
        people.description = "description"
        people.people.addedParticipants = [AgentID("bob"), AgentID("dan")]
        people.people.addedFollowers = [.agent(AgentID("cid")), .address("eva@example.com")]
        perform(.setTicket(people))
        perform(.detail(RateTicket(ticket: ticket, score: 4)))
        var attachment = Attachment()
        attachment.entry = 1
        attachment.name = "lamp.png"
        perform(.detail(AddAttachment(ticket: ticket, attachment: attachment)))
        guard let reply = try? shards.reply(nil, of: shards.existing(ticket, version: nil)) else { return }
        var delivery = SetDelivery(ticket: ticket, entry: reply.number, status: .failed)
        delivery.detail = "no such user"
        perform(.detail(delivery))
    }
}

/// The sections of a state, as a snapshot holds them.
func sections(of image: StateImage, sectionBytes: Int = 1 << 20) -> [(kind: SectionKind, bytes: [UInt8])] {
    final class Collected { var sections: [(kind: SectionKind, bytes: [UInt8])] = [] }
    let collected = Collected()
    image.forEachSection(sectionBytes: sectionBytes) { kind, bytes in
        collected.sections.append((kind, bytes))
        return true
    }
    return collected.sections
}

/// The state that sections and the records after them give.
func loaded(
    _ sections: [(kind: SectionKind, bytes: [UInt8])], shards: Int,
    records: [(time: Timestamp, payload: [UInt8])] = []
) throws -> StateImage {
    var builder = StateBuilder(shards: shards)
    for section in sections { try builder.load(section.kind, section.bytes) }
    try builder.derive()
    for record in records { try builder.apply(record.payload[...], record: builder.routing.lastRecord.next) }
    let tables = builder.shards
    let routing = builder.intoRouting()
    return StateImage(tickets: tables.tickets, agents: tables.agents, routing: routing.image())
}
