extension Routing {
    func describe(_ roster: Roster, next: Timestamp?) -> JSON {
        .record([
            ("id", .string(roster.id.rawValue)),
            ("dept", name(roster.department)),
            ("channels", .array(roster.channels.channels.map { .string($0.name) })),
            ("agents", .array(roster.agents.map { name($0.index) })),
            ("on_duty", .integer(Int64(roster.onDuty))),
            ("rotate", .span(roster.span)),
            ("start", .time(roster.start)),
            ("duty", roster.duty.map { .array($0.map { name($0) }) } ?? .null),
            ("substituted", .bool(!roster.substitutes.isEmpty)),
            ("next", .array(roster.nextDuty.map { name($0) })),
            ("next_at", next.map { .time($0) } ?? .null),
        ])
    }

    func describeRoster(_ id: RosterID) throws(Rejection) -> JSON {
        let roster = try roster(id)
        return describe(roster, next: timers.due(.rosterTurns(roster.number)))
    }

    /// Rosters by name; the cursor is the name.
    func listRosters(_ department: DepartmentID?, _ range: ListRange) throws(Rejection) -> [JSON] {
        let department = try department.map { (id) throws(Rejection) in try self.department(id) }
        let found = rosters.values
            .filter { roster in
                (department.map { $0 == roster.department } ?? true)
                    && (range.after.map { $0 < roster.id.rawValue } ?? true)
            }
            .sorted { $0.id.rawValue < $1.id.rawValue }
        return found.prefix(range.limit).map { roster in
            describe(roster, next: timers.due(.rosterTurns(roster.number)))
                .with("cursor", .string(roster.id.rawValue))
        }
    }
}
