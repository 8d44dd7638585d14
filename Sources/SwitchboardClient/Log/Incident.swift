/// What the log says of an incident as a whole.
package struct Incident: Sendable {
    /// `INC0000045`
    package let number: String
    package let openedAt: ServiceTime
    /// When the work was done: `resolved_at`, or `closed_at` where the log does not know it. Not before `openedAt`.
    package let finishedAt: ServiceTime
    /// The customer, `nil` when not known.
    package let caller: String?
    /// How the first row says it came in: `phone`, `self-service`, `email`, `ivr` or `direct-opening`.
    package let source: String
    package let subject: String
    /// Its rows in `IncidentLog.rows`, in file order; at least one.
    package let rows: Range<Int>
}

/// One row of the log: an incident as it stood after an update.
package struct IncidentRow: Sendable {
    package let state: IncidentState
    package let updatedAt: ServiceTime
    /// The department: `group-56`, or `unknown`.
    package let group: String
    /// The agent: `resolver-17`, or `nil` for nobody.
    package let assignee: String?
    /// 1, the most urgent, to 4.
    package let priority: Int
    package let contactType: String
    package let reopenCount: Int
    /// `Updated by 21`
    package let updatedBy: String
}
