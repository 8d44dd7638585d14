/// Something that happened. Only applying events changes state, and an event carries the outcome of every decision
/// (who was picked, which turn it was), so that applying the same events anywhere gives the same state.
public indirect enum Event: Sendable {
    case ticketOpened(TicketOpened)
    case ticketReplied(TicketReplied)
    case ticketMessageAdded(TicketMessageAdded)
    case ticketNoted(TicketNoted)
    case ticketOwnerChanged(TicketOwnerChanged)
    case ticketTransferred(TicketTransferred)
    case ticketStatusChanged(TicketStatusChanged)
    case ticketChanged(TicketChanged)
    case ticketSkipped(TicketSkipped)
    case ticketSkipsExpired(TicketSkipsExpired)
    case ownerGraceSet(OwnerGraceSet)
    case ownerGraceEnded(OwnerGraceEnded)
    case ticketPurged(TicketPurged)
    case ticketMerged(TicketMerged)
    case ticketAbsorbed(TicketAbsorbed)
    case ticketUnmerged(TicketUnmerged)
    case ticketSeparated(TicketSeparated)
    case ticketSplit(TicketSplit)
    case ticketEntriesMoved(TicketEntriesMoved)
    case offersMade(OffersMade)
    case offerEnded(OfferEnded)
    case backoffEnded(BackoffEnded)
    case ticketOverflowed(TicketOverflowed)
    case ticketWaitTimed(TicketWaitTimed)
    case queueEmptied(QueueEmptied)
    case callbackRequested(CallbackRequested)
    case callbackFailed(CallbackFailed)

    case ticketSkillsSet(TicketSkillsSet)
    case ticketWidened(TicketWidened)
    case ticketPreferred(TicketPreferred)
    case ticketImported(TicketImported)
    case ticketImportContinued(TicketImportContinued)

    case workStarted(WorkStarted)
    case workLogged(WorkLogged)
    case ticketTaskAdded(TicketTaskAdded)
    case ticketTaskChanged(TicketTaskChanged)
    case ticketTaskRemoved(TicketTaskRemoved)
    case ticketConversationAdded(TicketConversationAdded)
    case ticketPeopleChanged(TicketPeopleChanged)
    case ticketDescribed(TicketDescribed)
    case ticketRated(TicketRated)
    case ticketAttached(TicketAttached)
    case ticketDeliveryReported(TicketDeliveryReported)
    case deliveryDetailsExpired(DeliveryDetailsExpired)

    case agentAdded(AgentAdded)
    case agentChanged(AgentChanged)
    case agentRemoved(AgentRemoved)
    case agentPresenceChanged(AgentPresenceChanged)
    case agentPaused(AgentPaused)
    case agentResumed(AgentResumed)
    case absenceEnded(AbsenceEnded)
    case agentWrapUpBegun(AgentWrapUpBegun)
    case agentReady(AgentReady)
    case agentPauseAsked(AgentPauseAsked)
    case scheduleAdded(ScheduleAdded)
    case scheduleRemoved(ScheduleRemoved)
    case scheduleCame(ScheduleCame)
    case leaseRenewed(LeaseRenewed)
    case leasesRenewed(LeasesRenewed)
    case rosterChanged(RosterChanged)
    case rosterRemoved(RosterRemoved)
    case rosterTurned(RosterTurned)

    case departmentAdded(DepartmentAdded)
    case departmentChanged(DepartmentChanged)
    case departmentRemoved(DepartmentRemoved)

    case viewSaved(ViewSaved)
    case viewRemoved(ViewRemoved)

    case formerNameAdded(FormerNameAdded)

    /// The manual clock moved; nothing else happened.
    case clockAdvanced(ClockAdvanced)
    /// A request with an id of its own was carried out; the answer is known from now on.
    case requestRemembered(RequestRemembered)
    /// The disk refused for a time; nothing else happened.
    case journalInterrupted(JournalInterrupted)
    /// The state disagrees with itself; nothing else happened.
    case selfCheckFailed(SelfCheckFailed)

    /// The ticket whose version rises, if any. Skips, grace and offers are the balancer's; deliveries change a ticket and raise no
    /// version.
    @inline(__always)
    var changedTicket: TicketID? {
        switch self {
        case .ticketOpened(let event): event.ticket
        case .ticketReplied(let event): event.ticket
        case .ticketMessageAdded(let event): event.ticket
        case .ticketNoted(let event): event.ticket
        case .ticketOwnerChanged(let event): event.ticket
        case .ticketTransferred(let event): event.ticket
        case .ticketStatusChanged(let event): event.ticket
        case .ticketChanged(let event): event.ticket
        case .ticketPurged(let event): event.ticket
        case .ticketMerged(let event): event.ticket
        case .ticketAbsorbed(let event): event.ticket
        case .ticketUnmerged(let event): event.ticket
        case .ticketSeparated(let event): event.ticket
        case .ticketSplit(let event): event.ticket
        case .ticketEntriesMoved(let event): event.ticket
        case .ticketSkillsSet(let event): event.ticket
        case .ticketPreferred(let event): event.ticket
        case .ticketImported(let event): event.stored.ticket.id
        case .ticketImportContinued(let event): event.ticket
        case .workStarted(let event): event.ticket
        case .workLogged(let event): event.ticket
        case .ticketTaskAdded(let event): event.ticket
        case .ticketTaskChanged(let event): event.ticket
        case .ticketTaskRemoved(let event): event.ticket
        case .ticketConversationAdded(let event): event.ticket
        case .ticketPeopleChanged(let event): event.ticket
        case .ticketDescribed(let event): event.ticket
        case .ticketRated(let event): event.ticket
        case .ticketAttached(let event): event.ticket
        case .ticketDeliveryReported, .deliveryDetailsExpired: nil
        case .ticketWidened, .ticketSkipped, .ticketSkipsExpired, .ownerGraceSet, .ownerGraceEnded: nil
        case .ticketOverflowed(let event): event.ticket
        case .callbackRequested(let event): event.ticket
        case .callbackFailed(let event): event.ticket
        case .offersMade, .offerEnded, .backoffEnded, .ticketWaitTimed, .queueEmptied: nil
        case .agentAdded, .agentChanged, .agentRemoved, .agentPresenceChanged, .agentPaused, .agentResumed,
            .absenceEnded, .agentWrapUpBegun, .agentReady, .agentPauseAsked, .scheduleAdded, .scheduleRemoved,
            .scheduleCame, .leaseRenewed, .leasesRenewed, .rosterChanged, .rosterRemoved, .rosterTurned,
            .departmentAdded, .departmentChanged, .departmentRemoved,
            .viewSaved, .viewRemoved, .formerNameAdded, .clockAdvanced,
            .requestRemembered, .journalInterrupted, .selfCheckFailed:
            nil
        }
    }
}
