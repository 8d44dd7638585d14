/// Departments, agents and views as they are exported: a name and the options of the command that adds it anew. So whoever
/// has no program for it can add them by hand, and what a setting may be stands in one place.
extension Routing {
    /// In the order in which they were added, those that were removed among them; then what each sets that names another.
    func exportDepartments(_ range: ListRange) throws(Rejection) -> [JSON] {
        try page(range, of: departments.count * 2) { place -> JSON? in
            guard place < departments.count else {
                let department = departments[place - departments.count]
                let options = department.isRemoved ? [] : overflowOptions(department.settings)
                guard !options.isEmpty else { return nil }
                return Self.document("dept", department.id.rawValue, isChange: true, options)
            }
            let department = departments[place]
            var options: [(String, String)] = []
            if !department.title.isEmpty { options.append(("title", department.title)) }
            guard department.isRemoved else {
                return Self.document("dept", department.id.rawValue, options + department.settings.options)
            }
            let number = formerNames.number(of: department.index, named: department.id.rawValue)
            return Self.document("dept", department.id.rawValue, former: number, options)
        }
    }

    func exportAgents(_ range: ListRange, _ shards: Shards) throws(Rejection) -> [JSON] {
        try page(range, of: agents.count) { place in
            let agent = agents[place]
            let profile = shards.profile(agent.index) ?? AgentProfile()
            var options: [(String, String)] = []
            guard !agent.isRemoved else {
                if !profile.displayName.isEmpty { options.append(("name", profile.displayName)) }
                let number = formerNames.number(of: agent.index, named: agent.id.rawValue)
                return Self.document("agent", agent.id.rawValue, former: number, options)
            }
            let depts = agent.memberships.map {
                "\(departments[$0.department.position].id.rawValue):\($0.tier)"
            }
            options.append(("depts", depts.joined(separator: ",")))
            if !profile.displayName.isEmpty { options.append(("name", profile.displayName)) }
            options.append(("role", profile.role.name))
            for channel in Channel.allCases { options.append((channel.name, String(agent.capacity[channel]))) }
            if agent.maxOpen != 0 { options.append(("max_open", String(agent.maxOpen))) }
            options += agent.traits.options + agent.times.options
            return Self.document("agent", agent.id.rawValue, options)
        }
    }

    /// In order of name. One whose owner was removed is shared, and is nobody's from now on.
    func exportViews(_ range: ListRange) throws(Rejection) -> [JSON] {
        let found = Self.sorted(views).filter { view in range.after.map { $0 < view.id.rawValue } ?? true }
        return found.prefix(range.limit).map { view in
            var options: [(String, String)] = [("filter", view.filter)]
            if !view.title.isEmpty { options.append(("title", view.title)) }
            if !view.sort.isEmpty { options.append(("sort", view.sort)) }
            if !view.group.isEmpty { options.append(("group", view.group)) }
            if let owner = view.owner, !agents[owner.position].isRemoved {
                options.append(("owner", agents[owner.position].id.rawValue))
            }
            options.append(("shared", view.isShared ? "yes" : "no"))
            return Self.document("view", view.id.rawValue, options).with("cursor", .string(view.id.rawValue))
        }
    }

    private static func document(
        _ record: String, _ name: String, former: Int? = nil, isChange: Bool = false, _ options: [(String, String)]
    ) -> JSON {
        var members: [(String, JSON)] = [("record", .string(record)), ("name", .string(name))]
        if let former { members.append(("former", .integer(Int64(former)))) }
        if isChange { members.append(("change", .bool(true))) }
        members.append(("options", .record(options.map { ($0.0, .string($0.1)) })))
        return .record(members)
    }

    /// The elements behind `after=`, which is how many there are before; each with its own cursor.
    private func page(
        _ range: ListRange, of count: Int, _ element: (Int) -> JSON?
    ) throws(Rejection) -> [JSON] {
        var start = 0
        if let after = range.after {
            guard let position = Int(after), position >= 0 else {
                throw Rejection(.badArgument, "after= takes the cursor of an element of this list")
            }
            start = min(position, count)
        }
        var found: [JSON] = []
        for place in start..<count where found.count < range.limit {
            if let element = element(place) { found.append(element.with("cursor", .string(String(place + 1)))) }
        }
        return found
    }
}

extension DepartmentSettings {
    /// As `DEPT ADD` takes them: what is not set is left out.
    var options: [(String, String)] {
        var options = base.options(prefix: "")
        for channel in Channel.allCases { options += own[channel].options(prefix: channel.name + ".") }
        if slot != .untilResolved { options.append(("slot", slot.name)) }
        if let maxPaused { options.append(("max_paused", String(maxPaused))) }
        if let deliveryDetails { options.append(("delivery_details", deliveryDetails.option)) }
        return options
    }
}

extension ChannelSettings {
    fileprivate func options(prefix: String) -> [(String, String)] {
        var options: [(String, String)] = []
        func add(_ key: String, _ value: String?) {
            if let value { options.append((prefix + key, value)) }
        }
        add("strategy", strategy?.name)
        add("ageing", ageing.map { $0.headStart?.option ?? "none" })
        add("retry", retry?.option)
        add("offline", absence?.name)
        add("grace", grace?.option)
        add("reopen", reopen.map { $0 ? "yes" : "no" })
        add("assign", assignment?.name)
        add("ring", ring?.option)
        add("offers", offers.map { String($0) })
        add("backoff", backoff?.option)
        add("tier_wait", tierWait.map { $0 == .zero ? "none" : $0.option })
        add("relax", relax?.text)
        add("last_agent", lastAgent.map { $0 == .zero ? "none" : $0.option })
        add("last_agent_wait", lastAgentWait?.option)
        add("max_queue", maxQueue.map { $0.map { String($0) } ?? "none" })
        add("max_wait", maxWait.map { $0?.option ?? "none" })
        add("overflow", overflow?.word)
        add("when_empty", whenEmpty?.name)
        add("callback_tries", callbackAttempts.map { String($0) })
        add("callback_delay", callbackDelay?.option)
        if prefix != "ticket." { add("wrapup", wrapUp?.option) }
        add("weight", weight.map { String($0) })
        if prefix != "call." { add("answer_within", answerWithin.map { $0 == .zero ? "none" : $0.option }) }
        add("auto_pause", mostMissed.map { $0 == 0 ? "none" : String($0) })
        return options
    }
}

extension OverflowRule {
    /// Where it names no department.
    fileprivate var word: String? {
        switch self {
        case .none: "none"
        case .callback: "callback"
        case .message: "message"
        case .reject: "reject"
        case .department: nil
        }
    }
}

extension Routing {
    /// The `overflow=` that name departments: they may be of those that come later.
    fileprivate func overflowOptions(_ settings: DepartmentSettings) -> [(String, String)] {
        var options: [(String, String)] = []
        func add(_ prefix: String, _ rule: OverflowRule?) {
            guard case .department(let index)? = rule, !departments[index.position].isRemoved else { return }
            options.append((prefix + "overflow", departments[index.position].id.rawValue))
        }
        add("", settings.base.overflow)
        for channel in Channel.allCases { add(channel.name + ".", settings.own[channel].overflow) }
        return options
    }
}

extension AgentTraits {
    fileprivate var options: [(String, String)] {
        var options: [(String, String)] = []
        if weight != Self.defaultWeight { options.append(("weight", String(weight))) }
        if position != 0 { options.append(("position", String(position))) }
        if !skills.isEmpty { options.append(("skills", skills.map(\.text).joined(separator: ","))) }
        if !exclusive.isEmpty {
            options.append(("exclusive", exclusive.channels.map(\.name).joined(separator: ",")))
        }
        return options
    }
}

extension AgentTimes {
    fileprivate var options: [(String, String)] {
        var options: [(String, String)] = []
        if let pauseBudget { options.append(("pause_budget", pauseBudget.option)) }
        if offset != .zero { options.append(("utc_offset", offset.offsetText)) }
        if let lease { options.append(("lease", lease.option)) }
        return options
    }
}

extension TimeSpan {
    /// As a request takes it; requests set whole seconds only.
    fileprivate var option: String { "\(milliseconds / 1000)s" }
}
