import SwitchboardModel

/// Counts since the start, kept on the lane. They are for looking at, not state: a restart begins them anew.
struct LaneStatistics: Sendable {
    var requests: UInt64 = 0
    var batches: UInt64 = 0
    var busyNanoseconds: UInt64 = 0
    var longestTurnNanoseconds: UInt64 = 0
    var rejections: UInt64 = 0
    var records: UInt64 = 0
    var events: UInt64 = 0
    var opened: UInt64 = 0
    var resolved: UInt64 = 0
    var assignments: UInt64 = 0
    var transfers: UInt64 = 0

    mutating func add(turn nanoseconds: UInt64, requests count: Int) {
        requests += UInt64(count)
        batches += 1
        busyNanoseconds += nanoseconds
        longestTurnNanoseconds = max(longestTurnNanoseconds, nanoseconds)
    }

    mutating func count(_ events: [Event]) {
        records += 1
        self.events += UInt64(events.count)
        let events = events.span
        for place in events.indices {
            switch events[place] {
            case .ticketOpened: opened += 1
            case .ticketOwnerChanged(let event): if event.owner != nil { assignments += 1 }
            case .ticketStatusChanged(let event): if event.status == .resolved { resolved += 1 }
            case .ticketTransferred: transfers += 1
            default: break
            }
        }
    }
}

/// What `INFO` shows of the lane and of the state.
public struct LaneFigures: Sendable {
    public var requests: UInt64
    public var batches: UInt64
    public var busyNanoseconds: UInt64
    public var longestTurnNanoseconds: UInt64
    public var rejections: UInt64
    public var records: UInt64
    public var events: UInt64
    public var opened: UInt64
    public var resolved: UInt64
    public var assignments: UInt64
    public var transfers: UInt64
    public var tickets: UInt64
    public var lastRecord: LogSequenceNumber
    public var routing: RoutingFigures

    init(_ statistics: LaneStatistics, _ routing: borrowing Routing) {
        requests = statistics.requests
        batches = statistics.batches
        busyNanoseconds = statistics.busyNanoseconds
        longestTurnNanoseconds = statistics.longestTurnNanoseconds
        rejections = statistics.rejections
        records = statistics.records
        events = statistics.events
        opened = statistics.opened
        resolved = statistics.resolved
        assignments = statistics.assignments
        transfers = statistics.transfers
        tickets = UInt64(routing.ticketCount)
        lastRecord = routing.lastRecord
        self.routing = routing.figures()
    }
}
