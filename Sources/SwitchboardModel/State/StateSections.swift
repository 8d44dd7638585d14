/// The parts of a snapshot. Numbers are for ever.
public enum SectionKind: UInt8, CaseIterable, Sendable {
    case counters = 1
    case departments = 2
    case agents = 3
    case profiles = 4
    case skips = 5
    case timers = 6
    case tickets = 7
    case requests = 8
    case views = 9
    case rosters = 13
    case offers = 10
    case lastAgents = 11
}

extension StateImage {
    /// Calls `write` with the bytes of each section: a list of values, each with its length before it. Sections of
    /// tickets come many times, of about `sectionBytes` each. Ends early when `write` answers `false`.
    public func forEachSection(sectionBytes: Int = 1 << 20, _ write: @escaping (SectionKind, [UInt8]) -> Bool) {
        var output = SectionOutput(limit: sectionBytes, write: write)
        addBeforeTickets(to: &output)
        for table in tickets where !output.isStopped {
            for element in table.views { output.add(.tickets, StoredTicket(element)) }
        }
        addBehindTickets(to: &output)
        output.flush()
    }

    /// The sections before those of tickets.
    public func forEachSectionBeforeTickets(sectionBytes: Int, _ write: @escaping (SectionKind, [UInt8]) -> Bool) {
        var output = SectionOutput(limit: sectionBytes, write: write)
        addBeforeTickets(to: &output)
        output.flush()
    }

    /// The sections of one shard's tickets, page by page, from the first of `pages` on until they have `sectionBytes` or
    /// there are no more. Answers which pages they hold.
    public func forEachSection(
        ofShard shard: Int, pages: Range<Int>, sectionBytes: Int, _ write: @escaping (SectionKind, [UInt8]) -> Bool
    ) -> Range<Int> {
        var bytes = 0
        var output = SectionOutput(limit: sectionBytes) {
            bytes += $1.count
            return write($0, $1)
        }
        var end = pages.lowerBound
        while end < pages.upperBound, bytes + output.waitingBytes < sectionBytes, !output.isStopped {
            for ticket in tickets[shard].views(inPage: end) { output.add(.tickets, StoredTicket(ticket)) }
            end += 1
        }
        output.flush()
        return pages.lowerBound..<end
    }

    /// The sections behind those of tickets.
    public func forEachSectionBehindTickets(sectionBytes: Int, _ write: @escaping (SectionKind, [UInt8]) -> Bool) {
        var output = SectionOutput(limit: sectionBytes, write: write)
        addBehindTickets(to: &output)
        output.flush()
    }

    private func addBeforeTickets(to output: inout SectionOutput) {
        output.add(.counters, routing.counters)
        for element in routing.departments { output.add(.departments, element) }
        for element in routing.agents { output.add(.agents, element) }
        for index in 0..<routing.agents.count {
            let index = AgentIndex(UInt32(index))
            if let profile = agents[index.position % agents.count].profile(index) { output.add(.profiles, profile) }
        }
        for list in routing.skipLists { output.add(.skips, list) }
        for timer in routing.timers.all { output.add(.timers, timer) }
        for round in routing.offerRounds { output.add(.offers, round) }
    }

    private func addBehindTickets(to output: inout SectionOutput) {
        for request in routing.requests.all where !output.isStopped { output.add(.requests, request) }
        for view in Routing.sorted(routing.views) { output.add(.views, view) }
        for last in routing.lastAgents.all where !output.isStopped { output.add(.lastAgents, last) }
        for roster in Routing.sorted(routing.rosters) { output.add(.rosters, roster) }
    }
}

/// Gathers values of one kind until a section is full.
private struct SectionOutput {
    let limit: Int
    let write: (SectionKind, [UInt8]) -> Bool
    private var kind = SectionKind.counters
    private var section: [UInt8] = []
    private(set) var isStopped = false
    /// Of the section that is not full.
    var waitingBytes: Int { section.count }

    init(limit: Int, write: @escaping (SectionKind, [UInt8]) -> Bool) {
        self.limit = limit
        self.write = write
    }

    mutating func add<Value: Fielded>(_ kind: SectionKind, _ value: Value) {
        guard !isStopped else { return }
        if kind != self.kind { flush() }
        self.kind = kind
        section.append { $0.append(value) }
        if section.count >= limit { flush() }
    }

    mutating func flush() {
        guard !isStopped, section.count > 0 else { return }
        isStopped = !write(kind, section)
        section = []
    }
}

extension RoutingImage {
    /// The skip lists in order of ticket, each with its skips in the order in which they were added.
    var skipLists: [SkipList] {
        skips.map(\.key).sorted().map { ticket in
            var list = SkipList()
            list.ticket = ticket
            list.skips = skips[ticket] ?? []
            return list
        }
    }
}
