@testable import SwitchboardModel

/// Every kind of event. `events` and the `switch` in `place` must name each: the compiler says when one is new.
enum EventKinds {
    static let payloads: [any Fielded.Type] = [
        TicketOpened.self, TicketReplied.self, TicketMessageAdded.self, TicketNoted.self, TicketOwnerChanged.self,
        TicketTransferred.self, TicketStatusChanged.self, TicketChanged.self, TicketSkipped.self,
        TicketSkipsExpired.self, OwnerGraceSet.self, OwnerGraceEnded.self, TicketPurged.self, TicketMerged.self,
        TicketAbsorbed.self, TicketUnmerged.self, TicketSeparated.self, TicketSplit.self, TicketEntriesMoved.self,
        AgentAdded.self, AgentChanged.self,
        AgentRemoved.self, AgentPresenceChanged.self, AgentPaused.self, AgentResumed.self, AbsenceEnded.self,
        DepartmentAdded.self, DepartmentChanged.self, DepartmentRemoved.self, ClockAdvanced.self,
        RequestRemembered.self,
        JournalInterrupted.self, WorkStarted.self, WorkLogged.self, TicketTaskAdded.self, TicketTaskChanged.self,
        TicketTaskRemoved.self, TicketConversationAdded.self, TicketPeopleChanged.self, TicketDescribed.self,
        TicketRated.self, TicketAttached.self, TicketDeliveryReported.self, DeliveryDetailsExpired.self,
        ViewSaved.self, ViewRemoved.self, OffersMade.self, OfferEnded.self, BackoffEnded.self,
        TicketSkillsSet.self, TicketWidened.self,
        TicketPreferred.self,
        TicketOverflowed.self, TicketWaitTimed.self, QueueEmptied.self, CallbackRequested.self, CallbackFailed.self,
        AgentWrapUpBegun.self, AgentReady.self, AgentPauseAsked.self, ScheduleAdded.self, ScheduleRemoved.self,
        ScheduleCame.self, LeaseRenewed.self, LeasesRenewed.self, RosterChanged.self, RosterRemoved.self,
        RosterTurned.self,
        TicketImported.self, TicketImportContinued.self, FormerNameAdded.self, SelfCheckFailed.self,
    ]

    /// One event of each kind, with the fields set that `only` says.
    static func events(only: Int? = nil) throws -> [Event] {
        func fill<Value: Fielded>(_: Value.Type) throws(ByteReader.Malformed) -> Value {
            try FieldFiller.fill(Value.self, only: only).value
        }
        return [
            .ticketOpened(try fill(TicketOpened.self)), .ticketReplied(try fill(TicketReplied.self)),
            .ticketMessageAdded(try fill(TicketMessageAdded.self)), .ticketNoted(try fill(TicketNoted.self)),
            .ticketOwnerChanged(try fill(TicketOwnerChanged.self)),
            .ticketTransferred(try fill(TicketTransferred.self)),
            .ticketStatusChanged(try fill(TicketStatusChanged.self)), .ticketChanged(try fill(TicketChanged.self)),
            .ticketSkipped(try fill(TicketSkipped.self)), .ticketSkipsExpired(try fill(TicketSkipsExpired.self)),
            .ownerGraceSet(try fill(OwnerGraceSet.self)), .ownerGraceEnded(try fill(OwnerGraceEnded.self)),
            .ticketPurged(try fill(TicketPurged.self)),
            .ticketMerged(try fill(TicketMerged.self)),
            .ticketAbsorbed(try fill(TicketAbsorbed.self)),
            .ticketUnmerged(try fill(TicketUnmerged.self)),
            .ticketSeparated(try fill(TicketSeparated.self)),
            .ticketSplit(try fill(TicketSplit.self)),
            .ticketEntriesMoved(try fill(TicketEntriesMoved.self)),
            .agentAdded(try fill(AgentAdded.self)), .agentChanged(try fill(AgentChanged.self)),
            .agentRemoved(try fill(AgentRemoved.self)),
            .agentPresenceChanged(try fill(AgentPresenceChanged.self)), .agentPaused(try fill(AgentPaused.self)),
            .agentResumed(try fill(AgentResumed.self)), .absenceEnded(try fill(AbsenceEnded.self)),
            .departmentAdded(try fill(DepartmentAdded.self)), .departmentChanged(try fill(DepartmentChanged.self)),
            .departmentRemoved(try fill(DepartmentRemoved.self)), .clockAdvanced(try fill(ClockAdvanced.self)),
            .requestRemembered(try fill(RequestRemembered.self)),
            .journalInterrupted(try fill(JournalInterrupted.self)),
            .workStarted(try fill(WorkStarted.self)),
            .workLogged(try fill(WorkLogged.self)),
            .ticketTaskAdded(try fill(TicketTaskAdded.self)),
            .ticketTaskChanged(try fill(TicketTaskChanged.self)),
            .ticketTaskRemoved(try fill(TicketTaskRemoved.self)),
            .ticketConversationAdded(try fill(TicketConversationAdded.self)),
            .ticketPeopleChanged(try fill(TicketPeopleChanged.self)),
            .ticketDescribed(try fill(TicketDescribed.self)),
            .ticketRated(try fill(TicketRated.self)),
            .ticketAttached(try fill(TicketAttached.self)),
            .ticketDeliveryReported(try fill(TicketDeliveryReported.self)),
            .deliveryDetailsExpired(try fill(DeliveryDetailsExpired.self)),
            .viewSaved(try fill(ViewSaved.self)), .viewRemoved(try fill(ViewRemoved.self)),
            .offersMade(try fill(OffersMade.self)), .offerEnded(try fill(OfferEnded.self)),
            .backoffEnded(try fill(BackoffEnded.self)),
            .ticketSkillsSet(try fill(TicketSkillsSet.self)), .ticketWidened(try fill(TicketWidened.self)),
            .ticketPreferred(try fill(TicketPreferred.self)),
            .ticketOverflowed(try fill(TicketOverflowed.self)), .ticketWaitTimed(try fill(TicketWaitTimed.self)),
            .queueEmptied(try fill(QueueEmptied.self)), .callbackRequested(try fill(CallbackRequested.self)),
            .callbackFailed(try fill(CallbackFailed.self)),
            .agentWrapUpBegun(try fill(AgentWrapUpBegun.self)), .agentReady(try fill(AgentReady.self)),
            .agentPauseAsked(try fill(AgentPauseAsked.self)), .scheduleAdded(try fill(ScheduleAdded.self)),
            .scheduleRemoved(try fill(ScheduleRemoved.self)), .scheduleCame(try fill(ScheduleCame.self)),
            .leaseRenewed(try fill(LeaseRenewed.self)), .leasesRenewed(try fill(LeasesRenewed.self)),
            .rosterChanged(try fill(RosterChanged.self)), .rosterRemoved(try fill(RosterRemoved.self)),
            .rosterTurned(try fill(RosterTurned.self)),
            .ticketImported(try fill(TicketImported.self)),
            .ticketImportContinued(try fill(TicketImportContinued.self)),
            .formerNameAdded(try fill(FormerNameAdded.self)),
            .selfCheckFailed(try fill(SelfCheckFailed.self)),
        ]
    }

    /// Where the event stands in the lists above.
    static func place(of event: Event) -> Int {
        switch event {
        case .ticketOpened: 0
        case .ticketReplied: 1
        case .ticketMessageAdded: 2
        case .ticketNoted: 3
        case .ticketOwnerChanged: 4
        case .ticketTransferred: 5
        case .ticketStatusChanged: 6
        case .ticketChanged: 7
        case .ticketSkipped: 8
        case .ticketSkipsExpired: 9
        case .ownerGraceSet: 10
        case .ownerGraceEnded: 11
        case .ticketPurged: 12
        case .ticketMerged: 13
        case .ticketAbsorbed: 14
        case .ticketUnmerged: 15
        case .ticketSeparated: 16
        case .ticketSplit: 17
        case .ticketEntriesMoved: 18
        case .agentAdded: 19
        case .agentChanged: 20
        case .agentRemoved: 21
        case .agentPresenceChanged: 22
        case .agentPaused: 23
        case .agentResumed: 24
        case .absenceEnded: 25
        case .departmentAdded: 26
        case .departmentChanged: 27
        case .departmentRemoved: 28
        case .clockAdvanced: 29
        case .requestRemembered: 30
        case .journalInterrupted: 31
        case .workStarted: 32
        case .workLogged: 33
        case .ticketTaskAdded: 34
        case .ticketTaskChanged: 35
        case .ticketTaskRemoved: 36
        case .ticketConversationAdded: 37
        case .ticketPeopleChanged: 38
        case .ticketDescribed: 39
        case .ticketRated: 40
        case .ticketAttached: 41
        case .ticketDeliveryReported: 42
        case .deliveryDetailsExpired: 43
        case .viewSaved: 44
        case .viewRemoved: 45
        case .offersMade: 46
        case .offerEnded: 47
        case .backoffEnded: 48
        case .ticketSkillsSet: 49
        case .ticketWidened: 50
        case .ticketPreferred: 51
        case .ticketOverflowed: 52
        case .ticketWaitTimed: 53
        case .queueEmptied: 54
        case .callbackRequested: 55
        case .callbackFailed: 56
        case .agentWrapUpBegun: 57
        case .agentReady: 58
        case .agentPauseAsked: 59
        case .scheduleAdded: 60
        case .scheduleRemoved: 61
        case .scheduleCame: 62
        case .leaseRenewed: 63
        case .leasesRenewed: 64
        case .rosterChanged: 65
        case .rosterRemoved: 66
        case .rosterTurned: 67
        case .ticketImported: 68
        case .ticketImportContinued: 69
        case .formerNameAdded: 70
        case .selfCheckFailed: 71
        }
    }
}
