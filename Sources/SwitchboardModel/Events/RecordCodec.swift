/// A journal record's payload: the time of its command, then every event the command caused, each a tag, a length and
/// the event's fields. Tags are for ever: add, never renumber.
public enum RecordCodec {
    /// Appends a record's payload.
    public static func encode(_ events: [Event], at time: Timestamp, appendingTo writer: inout ByteWriter) {
        writer.signedVarint(time.milliseconds)
        let events = events.span
        for place in events.indices { write(events[place], into: &writer) }
    }

    /// Appends a record's payload.
    public static func encode(_ events: [Event], at time: Timestamp, appendingTo bytes: inout [UInt8]) {
        bytes.append { encode(events, at: time, appendingTo: &$0) }
    }

    /// Reads a record's payload. Throws on an event of an unknown kind: a newer server wrote it.
    public static func decode(
        _ payload: ArraySlice<UInt8>
    ) throws(ByteReader.Malformed) -> (time: Timestamp, events: [Event]) {
        var reader = ByteReader(payload)
        let time = Timestamp(milliseconds: try reader.signedVarint())
        var events: [Event] = []
        while !reader.isAtEnd {
            let tag = try reader.byte()
            let length = Int(try reader.fixed32())
            events.append(try read(tag, try reader.raw(length)))
        }
        return (time, events)
    }

    private static func write(_ event: Event, into writer: inout ByteWriter) {
        switch event {
        case .ticketOpened(let event): write(1, event, into: &writer)
        case .ticketReplied(let event): write(2, event, into: &writer)
        case .ticketMessageAdded(let event): write(3, event, into: &writer)
        case .ticketNoted(let event): write(4, event, into: &writer)
        case .ticketOwnerChanged(let event): write(5, event, into: &writer)
        case .ticketTransferred(let event): write(6, event, into: &writer)
        case .ticketStatusChanged(let event): write(7, event, into: &writer)
        case .ticketChanged(let event): write(8, event, into: &writer)
        case .ticketSkipped(let event): write(9, event, into: &writer)
        case .ticketSkipsExpired(let event): write(10, event, into: &writer)
        case .ownerGraceSet(let event): write(11, event, into: &writer)
        case .ownerGraceEnded(let event): write(12, event, into: &writer)
        case .ticketPurged(let event): write(13, event, into: &writer)
        case .ticketMerged(let event): write(14, event, into: &writer)
        case .ticketAbsorbed(let event): write(15, event, into: &writer)
        case .ticketUnmerged(let event): write(16, event, into: &writer)
        case .ticketSeparated(let event): write(17, event, into: &writer)
        case .ticketSplit(let event): write(48, event, into: &writer)
        case .ticketEntriesMoved(let event): write(49, event, into: &writer)
        case .ticketSkillsSet(let event): write(60, event, into: &writer)
        case .ticketWidened(let event): write(61, event, into: &writer)
        case .ticketPreferred(let event): write(62, event, into: &writer)
        case .ticketImported(let event): write(50, event, into: &writer)
        case .ticketImportContinued(let event): write(51, event, into: &writer)
        case .formerNameAdded(let event): write(52, event, into: &writer)
        case .workStarted(let event): write(18, event, into: &writer)
        case .workLogged(let event): write(19, event, into: &writer)
        case .ticketTaskAdded(let event): write(20, event, into: &writer)
        case .ticketTaskChanged(let event): write(21, event, into: &writer)
        case .ticketTaskRemoved(let event): write(22, event, into: &writer)
        case .ticketConversationAdded(let event): write(23, event, into: &writer)
        case .ticketPeopleChanged(let event): write(24, event, into: &writer)
        case .ticketDescribed(let event): write(25, event, into: &writer)
        case .ticketRated(let event): write(26, event, into: &writer)
        case .ticketAttached(let event): write(27, event, into: &writer)
        case .ticketDeliveryReported(let event): write(28, event, into: &writer)
        case .deliveryDetailsExpired(let event): write(29, event, into: &writer)
        case .offersMade(let event): write(30, event, into: &writer)
        case .offerEnded(let event): write(31, event, into: &writer)
        case .backoffEnded(let event): write(53, event, into: &writer)
        case .agentAdded(let event): write(32, event, into: &writer)
        case .agentChanged(let event): write(33, event, into: &writer)
        case .agentRemoved(let event): write(34, event, into: &writer)
        case .agentPresenceChanged(let event): write(35, event, into: &writer)
        case .agentPaused(let event): write(36, event, into: &writer)
        case .agentResumed(let event): write(37, event, into: &writer)
        case .absenceEnded(let event): write(38, event, into: &writer)
        case .agentWrapUpBegun(let event): write(39, event, into: &writer)
        case .agentReady(let event): write(40, event, into: &writer)
        case .agentPauseAsked(let event): write(41, event, into: &writer)
        case .scheduleAdded(let event): write(42, event, into: &writer)
        case .scheduleRemoved(let event): write(43, event, into: &writer)
        case .scheduleCame(let event): write(44, event, into: &writer)
        case .leaseRenewed(let event): write(45, event, into: &writer)
        case .leasesRenewed(let event): write(46, event, into: &writer)
        case .rosterChanged(let event): write(67, event, into: &writer)
        case .rosterRemoved(let event): write(68, event, into: &writer)
        case .rosterTurned(let event): write(69, event, into: &writer)
        case .departmentAdded(let event): write(64, event, into: &writer)
        case .departmentChanged(let event): write(65, event, into: &writer)
        case .departmentRemoved(let event): write(66, event, into: &writer)
        case .ticketOverflowed(let event): write(70, event, into: &writer)
        case .ticketWaitTimed(let event): write(71, event, into: &writer)
        case .queueEmptied(let event): write(72, event, into: &writer)
        case .callbackRequested(let event): write(73, event, into: &writer)
        case .callbackFailed(let event): write(74, event, into: &writer)
        case .clockAdvanced(let event): write(96, event, into: &writer)
        case .requestRemembered(let event): write(97, event, into: &writer)
        case .journalInterrupted(let event): write(98, event, into: &writer)
        case .selfCheckFailed(let event): write(76, event, into: &writer)
        case .viewSaved(let event): write(100, event, into: &writer)
        case .viewRemoved(let event): write(101, event, into: &writer)
        }
    }

    @inline(__always)
    private static func write<Payload: Fielded>(
        _ tag: UInt8, _ payload: consuming Payload, into writer: inout ByteWriter
    ) {
        writer.byte(tag)
        let start = writer.count
        writer.fixed32(0)
        writer.fields(of: consume payload)
        writer.patch32(at: start, UInt32(writer.count - start - 4))
    }

    private static func read(_ tag: UInt8, _ bytes: ArraySlice<UInt8>) throws(ByteReader.Malformed) -> Event {
        switch tag {
        case 1: .ticketOpened(try FieldReader.read(TicketOpened.self, from: bytes))
        case 2: .ticketReplied(try FieldReader.read(TicketReplied.self, from: bytes))
        case 3: .ticketMessageAdded(try FieldReader.read(TicketMessageAdded.self, from: bytes))
        case 4: .ticketNoted(try FieldReader.read(TicketNoted.self, from: bytes))
        case 5: .ticketOwnerChanged(try FieldReader.read(TicketOwnerChanged.self, from: bytes))
        case 6: .ticketTransferred(try FieldReader.read(TicketTransferred.self, from: bytes))
        case 7: .ticketStatusChanged(try FieldReader.read(TicketStatusChanged.self, from: bytes))
        case 8: .ticketChanged(try FieldReader.read(TicketChanged.self, from: bytes))
        case 9: .ticketSkipped(try FieldReader.read(TicketSkipped.self, from: bytes))
        case 10: .ticketSkipsExpired(try FieldReader.read(TicketSkipsExpired.self, from: bytes))
        case 11: .ownerGraceSet(try FieldReader.read(OwnerGraceSet.self, from: bytes))
        case 12: .ownerGraceEnded(try FieldReader.read(OwnerGraceEnded.self, from: bytes))
        case 13: .ticketPurged(try FieldReader.read(TicketPurged.self, from: bytes))
        case 14: .ticketMerged(try FieldReader.read(TicketMerged.self, from: bytes))
        case 15: .ticketAbsorbed(try FieldReader.read(TicketAbsorbed.self, from: bytes))
        case 16: .ticketUnmerged(try FieldReader.read(TicketUnmerged.self, from: bytes))
        case 17: .ticketSeparated(try FieldReader.read(TicketSeparated.self, from: bytes))
        case 48: .ticketSplit(try FieldReader.read(TicketSplit.self, from: bytes))
        case 49: .ticketEntriesMoved(try FieldReader.read(TicketEntriesMoved.self, from: bytes))
        case 60: .ticketSkillsSet(try FieldReader.read(TicketSkillsSet.self, from: bytes))
        case 61: .ticketWidened(try FieldReader.read(TicketWidened.self, from: bytes))
        case 62: .ticketPreferred(try FieldReader.read(TicketPreferred.self, from: bytes))
        case 50: .ticketImported(try FieldReader.read(TicketImported.self, from: bytes))
        case 51: .ticketImportContinued(try FieldReader.read(TicketImportContinued.self, from: bytes))
        case 52: .formerNameAdded(try FieldReader.read(FormerNameAdded.self, from: bytes))
        case 18: .workStarted(try FieldReader.read(WorkStarted.self, from: bytes))
        case 19: .workLogged(try FieldReader.read(WorkLogged.self, from: bytes))
        case 20: .ticketTaskAdded(try FieldReader.read(TicketTaskAdded.self, from: bytes))
        case 21: .ticketTaskChanged(try FieldReader.read(TicketTaskChanged.self, from: bytes))
        case 22: .ticketTaskRemoved(try FieldReader.read(TicketTaskRemoved.self, from: bytes))
        case 23: .ticketConversationAdded(try FieldReader.read(TicketConversationAdded.self, from: bytes))
        case 24: .ticketPeopleChanged(try FieldReader.read(TicketPeopleChanged.self, from: bytes))
        case 25: .ticketDescribed(try FieldReader.read(TicketDescribed.self, from: bytes))
        case 26: .ticketRated(try FieldReader.read(TicketRated.self, from: bytes))
        case 27: .ticketAttached(try FieldReader.read(TicketAttached.self, from: bytes))
        case 28: .ticketDeliveryReported(try FieldReader.read(TicketDeliveryReported.self, from: bytes))
        case 29: .deliveryDetailsExpired(try FieldReader.read(DeliveryDetailsExpired.self, from: bytes))
        case 30: .offersMade(try FieldReader.read(OffersMade.self, from: bytes))
        case 31: .offerEnded(try FieldReader.read(OfferEnded.self, from: bytes))
        case 53: .backoffEnded(try FieldReader.read(BackoffEnded.self, from: bytes))
        case 32: .agentAdded(try FieldReader.read(AgentAdded.self, from: bytes))
        case 33: .agentChanged(try FieldReader.read(AgentChanged.self, from: bytes))
        case 34: .agentRemoved(try FieldReader.read(AgentRemoved.self, from: bytes))
        case 35: .agentPresenceChanged(try FieldReader.read(AgentPresenceChanged.self, from: bytes))
        case 36: .agentPaused(try FieldReader.read(AgentPaused.self, from: bytes))
        case 37: .agentResumed(try FieldReader.read(AgentResumed.self, from: bytes))
        case 38: .absenceEnded(try FieldReader.read(AbsenceEnded.self, from: bytes))
        case 39: .agentWrapUpBegun(try FieldReader.read(AgentWrapUpBegun.self, from: bytes))
        case 40: .agentReady(try FieldReader.read(AgentReady.self, from: bytes))
        case 41: .agentPauseAsked(try FieldReader.read(AgentPauseAsked.self, from: bytes))
        case 42: .scheduleAdded(try FieldReader.read(ScheduleAdded.self, from: bytes))
        case 43: .scheduleRemoved(try FieldReader.read(ScheduleRemoved.self, from: bytes))
        case 44: .scheduleCame(try FieldReader.read(ScheduleCame.self, from: bytes))
        case 45: .leaseRenewed(try FieldReader.read(LeaseRenewed.self, from: bytes))
        case 46: .leasesRenewed(try FieldReader.read(LeasesRenewed.self, from: bytes))
        case 67: .rosterChanged(try FieldReader.read(RosterChanged.self, from: bytes))
        case 68: .rosterRemoved(try FieldReader.read(RosterRemoved.self, from: bytes))
        case 69: .rosterTurned(try FieldReader.read(RosterTurned.self, from: bytes))
        case 64: .departmentAdded(try FieldReader.read(DepartmentAdded.self, from: bytes))
        case 65: .departmentChanged(try FieldReader.read(DepartmentChanged.self, from: bytes))
        case 66: .departmentRemoved(try FieldReader.read(DepartmentRemoved.self, from: bytes))
        case 70: .ticketOverflowed(try FieldReader.read(TicketOverflowed.self, from: bytes))
        case 71: .ticketWaitTimed(try FieldReader.read(TicketWaitTimed.self, from: bytes))
        case 72: .queueEmptied(try FieldReader.read(QueueEmptied.self, from: bytes))
        case 73: .callbackRequested(try FieldReader.read(CallbackRequested.self, from: bytes))
        case 74: .callbackFailed(try FieldReader.read(CallbackFailed.self, from: bytes))
        case 96: .clockAdvanced(try FieldReader.read(ClockAdvanced.self, from: bytes))
        case 97: .requestRemembered(try FieldReader.read(RequestRemembered.self, from: bytes))
        case 98: .journalInterrupted(try FieldReader.read(JournalInterrupted.self, from: bytes))
        case 76: .selfCheckFailed(try FieldReader.read(SelfCheckFailed.self, from: bytes))
        case 100: .viewSaved(try FieldReader.read(ViewSaved.self, from: bytes))
        case 101: .viewRemoved(try FieldReader.read(ViewRemoved.self, from: bytes))
        default: throw ByteReader.Malformed(what: "an event has the unknown tag \(tag)", offset: 0, isNewer: true)
        }
    }
}
