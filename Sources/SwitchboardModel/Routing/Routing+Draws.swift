/// How far the draws of one channel and tier of a department have come.
struct TierClock: Fielded, Equatable {
    var channel = Channel.ticket
    var tier: UInt16 = 0
    var time: UInt64 = 0

    init() {}

    mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.named(1, &channel)
        try fields.number(2, &tier)
        try fields.integer(3, &time)
    }
}

extension Routing {
    /// Draws an agent's next moment on the clock of `random` or `weighted`.
    ///
    /// Each agent has a clock that strikes at random, `weight` times in a unit of time on average (`random`: as often for each), and
    /// a ticket goes to the agent whose clock strikes next: of independent Poisson processes, each is the next with a probability
    /// in proportion to its rate. Time is only that of the draws: it goes on to the moment of whoever was picked, who then
    /// draws the next one. As such a process has no memory, the others keep their moments, and who was away, or was passed over
    /// because the ticket could not be theirs, and whose moment lies in the past, draws a new one from now on. So each pick is
    /// independent of those before, for whichever agents may be given the ticket, and costs a search in a sorted list.
    ///
    /// The time until the next strike is −log₂(u) ÷ weight of a u evenly between 0 and 1, in whole numbers, so that every machine
    /// draws the same. The u come from splitmix64 (Steele, Lea, Flood, 2014), whose state is a counter of the department.
    private mutating func draw(
        _ department: DepartmentIndex, after time: UInt64, weight: UInt16
    ) -> UInt64 {
        departments[department.position].draws &+= 1
        let seed = Self.mixed((UInt64(department.rawValue) + 1) &* 0xD1B5_4A32_D192_ED03)
        let random = Self.mixed(seed &+ departments[department.position].draws &* 0x9E37_79B9_7F4A_7C15)
        let (next, overflow) = time.addingReportingOverflow(max(Self.wait(random) / UInt64(max(weight, 1)), 1))
        return overflow ? .max : next
    }

    /// −log₂((random + 1) ÷ 2⁶⁴) in units of 2⁻³⁰, the last bit of `random` apart: one bit of the fraction for each squaring.
    static func wait(_ random: UInt64) -> UInt64 {
        let bits = random | 1
        let zeros = UInt64(bits.leadingZeroBitCount)
        // 1 to 2, with 63 bits behind the point.
        var mantissa = bits << zeros
        var fraction: UInt64 = 0
        for _ in 0..<30 {
            let square = mantissa.multipliedFullWidth(by: mantissa).high
            fraction = fraction << 1 | square >> 63
            mantissa = square >> 63 == 1 ? square : square << 1
        }
        return (zeros + 1) << 30 - fraction
    }

    /// The finaliser of splitmix64.
    static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private func clock(_ department: DepartmentIndex, _ channel: Channel, _ tier: UInt16) -> UInt64 {
        departments[department.position].clocks.first { $0.channel == channel && $0.tier == tier }?.time ?? 0
    }

    private mutating func advanceClock(
        _ department: DepartmentIndex, _ channel: Channel, _ tier: UInt16, to time: UInt64
    ) {
        let clocks = departments[department.position].clocks
        if let place = clocks.firstIndex(where: { $0.channel == channel && $0.tier == tier }) {
            departments[department.position].clocks[place].time = time
            return
        }
        var clock = TierClock()
        clock.channel = channel
        clock.tier = tier
        clock.time = time
        departments[department.position].clocks.append(clock)
    }

    /// An agent is to be a candidate: their moment must lie ahead. `place`: that of the membership.
    @inline(never)
    mutating func drawWherePassed(_ agent: AgentIndex, _ place: Int, _ channel: Channel, _ strategy: Strategy) {
        let membership = agents[agent.position].memberships[place]
        let now = clock(membership.department, channel, membership.tier)
        guard membership.tick[channel] <= now else { return }
        drawAnew(agent, place, channel, strategy, from: now)
    }

    private mutating func drawAnew(
        _ agent: AgentIndex, _ place: Int, _ channel: Channel, _ strategy: Strategy, from now: UInt64
    ) {
        let weight = strategy == .weighted ? agents[agent.position].traits.weight : AgentTraits.defaultWeight
        let department = agents[agent.position].memberships[place].department
        agents[agent.position].memberships[place].tick[channel] = draw(department, after: now, weight: weight)
    }

    /// The agent was picked by lot: time goes on to their moment, and they draw the next one, as does whoever was passed over.
    @inline(never)
    mutating func recordDraw(_ agent: AgentIndex, _ placement: Placement) {
        let (department, channel) = (placement.department, placement.channel)
        let strategy = settings(department, channel).strategy
        let places = agents[agent.position].memberships
        guard strategy.drawsLots, let place = places.firstIndex(where: { $0.department == department }) else { return }
        let (tier, now) = (places[place].tier, places[place].tick[channel])
        withdraw(agent, channel)
        advanceClock(department, channel, tier, to: now)
        drawAnew(agent, place, channel, strategy, from: now)
        propose(agent, channel)
        var passed: [AgentIndex] = []
        for candidate in queues[QueueIndex(department, channel).rawValue].candidates where candidate.tier >= tier {
            guard candidate.tier == tier, candidate.key <= now else { break }
            passed.append(candidate.agent)
        }
        for agent in passed {
            withdraw(agent, channel)
            // Draws, because the moment lies in the past.
            propose(agent, channel)
        }
    }

    /// The strategy of the queue changed from or to one by lot: all draws begin anew.
    mutating func beginDraws(_ queue: QueueIndex) {
        departments[queue.department.position].clocks.removeAll { $0.channel == queue.channel }
        let strategy = settings(queue.department, queue.channel).strategy
        for agent in Array(staff[queue.department.position].members) {
            let places = agents[agent.position].memberships
            guard let place = places.firstIndex(where: { $0.department == queue.department }) else { continue }
            agents[agent.position].memberships[place].tick[queue.channel] = 0
            guard strategy.drawsLots, isFree(agent, queue.channel) else { continue }
            drawAnew(agent, place, queue.channel, strategy, from: 0)
        }
    }
}
