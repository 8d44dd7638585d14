/// What a client, a timer or the server itself asks for. One file holds one command: its arguments and how it is
/// decided. Indirect, because a command is handed on several times on its way and its arguments need not be.
public indirect enum Command: Sendable {
    case openTicket(OpenTicket)
    case replyTicket(ReplyTicket)
    case messageTicket(MessageTicket)
    case noteTicket(NoteTicket)
    case assignTicket(AssignTicket)
    case takeTicket(TakeTicket)
    case releaseTicket(ReleaseTicket)
    case nextTicket(NextTicket)
    case transferTicket(TransferTicket)
    case resolveTicket(ResolveTicket)
    case reopenTicket(ReopenTicket)
    case postponeTicket(PostponeTicket)
    case setTicket(SetTicket)
    case discardTicket(DiscardTicket)
    case purgeTicket(PurgeTicket)
    case mergeTicket(MergeTicket)
    case unmergeTicket(UnmergeTicket)
    case splitTicket(SplitTicket)
    case hangUpTicket(HangUpTicket)
    case acceptOffer(AcceptOffer)
    case declineOffer(DeclineOffer)
    case requestCallback(RequestCallback)
    case failCallback(FailCallback)
    /// On what hangs on a ticket beside its status.
    case detail(any DetailCommand)

    case addAgent(AddAgent)
    case setAgent(SetAgent)
    case removeAgent(RemoveAgent)
    case setPresence(SetPresence)
    case pauseAgent(PauseAgent)
    case resumeAgent(ResumeAgent)
    case readyAgent(ReadyAgent)
    case loginAgent(LoginAgent)
    case beatAgent(BeatAgent)
    case addSchedule(AddSchedule)
    case removeSchedule(RemoveSchedule)
    case addRoster(AddRoster)
    case setRoster(SetRoster)
    case removeRoster(RemoveRoster)

    case addDepartment(AddDepartment)
    case setDepartment(SetDepartment)
    case removeDepartment(RemoveDepartment)

    case saveView(SaveView)
    case removeView(RemoveView)
    case addFormerName(AddFormerName)

    /// The server starts at that time.
    case renewLeases(Timestamp)
    /// A timer is due.
    case fireTimer(ServiceTimer)
    /// The manual clock was moved.
    case advanceClock
    /// The disk works again.
    case noteInterruption(JournalInterrupted)
    /// The state disagrees with itself.
    case noteSelfCheck(SelfCheckFailed)
    /// Goes on with what one record could not hold.
    case routeWaiting
}

/// What the reply to a command is about.
public enum Subject: Sendable {
    case ticket(TicketID)
    /// A ticket, and the number that something of it was given.
    case numbered(TicketID, UInt32)
    case agent(AgentIndex)
    case department(DepartmentIndex)
    /// A ticket that is gone: what it was last.
    case purged(TicketID, TicketSummary)
    case view(ViewID)
    /// What it is stands in the answer alone.
    case document(JSON)
    /// A ticket that was there already: nothing changed.
    case duplicate(TicketID)
    /// `+null`
    case nothing
    case ok
}

/// A command that can be decided: the one step that may refuse.
protocol Decidable: Sendable {
    /// Decides against the present state, which it cannot change, and appends what is to happen to `events`. When it
    /// throws, nothing happens, whatever was appended.
    func decide(
        _ routing: borrowing Routing, _ shards: Shards, at now: Timestamp, into events: inout [Event]
    ) throws(Rejection) -> Subject
}
