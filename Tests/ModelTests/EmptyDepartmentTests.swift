import Testing

@testable import SwitchboardModel

/// More tickets in a department where nobody is than one record takes out of it.
@Suite struct EmptyDepartmentTests {
    private static let count = Routing.mostLeavingInOneRecord + 1
    private let empty = DepartmentID("empty")

    private func world(_ channel: Channel, isCalledBack: Bool = false) -> World {
        var world = World(shards: 2)
        world.perform(.addDepartment(AddDepartment(id: DepartmentID("other"))))
        var department = AddDepartment(id: empty)
        department.settings.base.strategy = .manual
        department.settings.base.grace = .seconds(3)
        world.perform(.addDepartment(department))
        for number in 1...Self.count {
            var open = OpenTicket(department: empty, channel: channel)
            open.from = "+49\(number)"
            world.perform(.openTicket(open))
            if isCalledBack { world.perform(.requestCallback(RequestCallback(ticket: TicketID(UInt64(number))))) }
        }
        return world
    }

    private func leave(_ world: inout World, _ overflow: OverflowRequest) {
        var change = SetDepartment(id: empty)
        change.base.whenEmpty = .overflow
        change.overflow.base = overflow
        world.perform(.setDepartment(change))
        world.wait(seconds: 10)
    }

    @Test(arguments: [
        (Channel.ticket, OverflowRequest.message, false), (.chat, .message, true), (.ticket, .callback, false),
        (.call, .department(DepartmentID("other")), true), (.call, .none, false), (.chat, .reject, true),
    ])
    func `each leaves once, or nobody does`(_ channel: Channel, _ overflow: OverflowRequest, _ leaves: Bool) {
        var world = world(channel)
        let versions = (1...Self.count).compactMap { world.shards.ticket(TicketID(UInt64($0)))?.version }
        leave(&world, overflow)
        for number in 1...Self.count {
            let ticket = world.shards.ticket(TicketID(UInt64(number)))
            #expect(ticket?.version == versions[number - 1] + (leaves ? 1 : 0))
        }
        #expect(world.image.verify().problems == [])
    }

    @Test func `who is behind those who are called back leaves`() {
        var world = world(.call, isCalledBack: true)
        world.perform(.openTicket(OpenTicket(department: empty, channel: .call)))
        leave(&world, .department(DepartmentID("other")))
        let last = world.shards.ticket(TicketID(UInt64(Self.count + 1)))
        #expect(last?.department == world.shards.ticket(TicketID(1)).map { _ in DepartmentIndex(0) })
        #expect(world.shards.ticket(TicketID(1))?.department == DepartmentIndex(1))
        #expect(world.image.verify().problems == [])
    }

    @Test func `a ticket whose task has the last number takes no further one`() {
        var world = World(shards: 1)
        world.perform(.addDepartment(AddDepartment(id: empty)))
        let document: JSON = ["dept": "empty", "tasks": [["task": .integer(Int64(UInt32.max)), "title": "x"]]]
        world.perform(.detail(ImportTicket(document)))
        guard case .rejected(let rejection) = world.perform(.detail(AddTask(ticket: TicketID(1), title: "y"))) else {
            Issue.record("it was taken")
            return
        }
        #expect(rejection.code == .state)
    }
}
