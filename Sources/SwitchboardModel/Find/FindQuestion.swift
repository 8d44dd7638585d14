/// What a client wants to know of many tickets. Not answered within one turn of the lane: see `FindRun`.
public enum FindQuestion: Sendable {
    /// `FIND`.
    case tickets(Expression, TicketOrder, ListRange, by: AgentID?)
    /// `FIND … group=`.
    case groups(Expression, TicketGrouping, ListRange, by: AgentID?)
    /// `COUNT`.
    case count(Expression, by: AgentID?)
    /// `VIEW RUN`.
    case view(ViewID, ListRange, by: AgentID?)
}
