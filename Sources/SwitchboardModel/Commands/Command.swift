/// What a client, a timer or the server itself asks for. One file holds one command: its arguments and how it is
/// decided. Indirect, because a command is handed on several times on its way and its arguments need not be; the one that is sent
/// most often, and has most arguments, is `Kept`, so that it is not copied when it is decided.
public enum Command: Sendable {
    case open(Kept<OpenTicket>)
    indirect case replyTicket(ReplyTicket)
    indirect case messageTicket(MessageTicket)
    indirect case noteTicket(NoteTicket)
    indirect case assignTicket(AssignTicket)
    indirect case takeTicket(TakeTicket)
    indirect case releaseTicket(ReleaseTicket)
    indirect case nextTicket(NextTicket)
    indirect case transferTicket(TransferTicket)
    indirect case resolveTicket(ResolveTicket)
    indirect case reopenTicket(ReopenTicket)
    indirect case postponeTicket(PostponeTicket)
    indirect case setTicket(SetTicket)
    indirect case discardTicket(DiscardTicket)
    indirect case purgeTicket(PurgeTicket)
    indirect case mergeTicket(MergeTicket)
    indirect case unmergeTicket(UnmergeTicket)
    indirect case splitTicket(SplitTicket)
    indirect case hangUpTicket(HangUpTicket)
    indirect case acceptOffer(AcceptOffer)
    indirect case declineOffer(DeclineOffer)
    indirect case requestCallback(RequestCallback)
    indirect case failCallback(FailCallback)
    /// On what hangs on a ticket beside its status.
    indirect case detail(any DetailCommand)

    indirect case addAgent(AddAgent)
    indirect case setAgent(SetAgent)
    indirect case removeAgent(RemoveAgent)
    indirect case setPresence(SetPresence)
    indirect case pauseAgent(PauseAgent)
    indirect case resumeAgent(ResumeAgent)
    indirect case readyAgent(ReadyAgent)
    indirect case loginAgent(LoginAgent)
    indirect case beatAgent(BeatAgent)
    indirect case addSchedule(AddSchedule)
    indirect case removeSchedule(RemoveSchedule)
    indirect case addRoster(AddRoster)
    indirect case setRoster(SetRoster)
    indirect case removeRoster(RemoveRoster)

    indirect case addDepartment(AddDepartment)
    indirect case setDepartment(SetDepartment)
    indirect case removeDepartment(RemoveDepartment)

    indirect case saveView(SaveView)
    indirect case removeView(RemoveView)
    indirect case addFormerName(AddFormerName)

    /// The server starts at that time.
    indirect case renewLeases(Timestamp)
    /// A timer is due.
    indirect case fireTimer(ServiceTimer)
    /// The manual clock was moved.
    case advanceClock
    /// The disk works again.
    indirect case noteInterruption(JournalInterrupted)
    /// The state disagrees with itself.
    indirect case noteSelfCheck(SelfCheckFailed)
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

extension Command {
    public static func openTicket(_ command: OpenTicket) -> Command { .open(Kept(command)) }
}
