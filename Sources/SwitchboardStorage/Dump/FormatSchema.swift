import SwitchboardModel

/// What docs/format.md says of the fields in files: a table to read files by, beside the code that the server reads
/// them with. So a dump needs no names on the server's path, and each checks the other.
public struct FormatSchema: Sendable {
    public struct Field: Equatable, Sendable {
        public var number: UInt64
        public var name: String
        public var kind: Kind
        /// The kind as the page writes it.
        public var kindText: String
    }

    public enum Kind: Equatable, Sendable {
        case integer, flag, time, span, text, bytes, actor, thread, document
        /// Half of a hash, shown in hexadecimal.
        case hash
        case optionalIndex, optionalTime, optionalSpan, optionalText
        /// One of a set of words.
        case word(String)
        case optionalWord(String)
        case value(String)
        case list(String)
    }

    /// By type, in order of number.
    public private(set) var types: [String: [Field]] = [:]

    public static let current = FormatSchema(
        [ticketEventTypes, eventTypes, valueTypes, stateTypes].joined(separator: "\n"))

    /// The name of an event and the type of its fields.
    public static let events: [UInt8: (name: String, type: String)] = [
        1: ("ticketOpened", "TicketOpened"), 2: ("ticketReplied", "TicketReplied"),
        3: ("ticketMessageAdded", "TicketMessageAdded"), 4: ("ticketNoted", "TicketNoted"),
        5: ("ticketOwnerChanged", "TicketOwnerChanged"), 6: ("ticketTransferred", "TicketTransferred"),
        7: ("ticketStatusChanged", "TicketStatusChanged"), 8: ("ticketChanged", "TicketChanged"),
        9: ("ticketSkipped", "TicketSkipped"), 10: ("ticketSkipsExpired", "TicketSkipsExpired"),
        11: ("ownerGraceSet", "OwnerGraceSet"), 12: ("ownerGraceEnded", "OwnerGraceEnded"),
        13: ("ticketPurged", "TicketPurged"),
        14: ("ticketMerged", "TicketMerged"),
        15: ("ticketAbsorbed", "TicketAbsorbed"),
        16: ("ticketUnmerged", "TicketUnmerged"),
        17: ("ticketSeparated", "TicketSeparated"),
        48: ("ticketSplit", "TicketSplit"),
        49: ("ticketEntriesMoved", "TicketEntriesMoved"),
        50: ("ticketImported", "TicketImported"),
        51: ("ticketImportContinued", "TicketImportContinued"),
        52: ("formerNameAdded", "FormerNameAdded"),
        18: ("workStarted", "WorkStarted"),
        19: ("workLogged", "WorkLogged"),
        20: ("ticketTaskAdded", "TicketTaskAdded"),
        21: ("ticketTaskChanged", "TicketTaskChanged"),
        22: ("ticketTaskRemoved", "TicketTaskRemoved"),
        23: ("ticketConversationAdded", "TicketConversationAdded"),
        24: ("ticketPeopleChanged", "TicketPeopleChanged"),
        25: ("ticketDescribed", "TicketDescribed"),
        26: ("ticketRated", "TicketRated"),
        27: ("ticketAttached", "TicketAttached"),
        28: ("ticketDeliveryReported", "TicketDeliveryReported"),
        29: ("deliveryDetailsExpired", "DeliveryDetailsExpired"),
        30: ("offersMade", "OffersMade"), 31: ("offerEnded", "OfferEnded"),
        53: ("backoffEnded", "BackoffEnded"),
        60: ("ticketSkillsSet", "TicketSkillsSet"), 61: ("ticketWidened", "TicketWidened"),
        62: ("ticketPreferred", "TicketPreferred"),
        70: ("ticketOverflowed", "TicketOverflowed"),
        71: ("ticketWaitTimed", "TicketWaitTimed"),
        72: ("queueEmptied", "QueueEmptied"),
        73: ("callbackRequested", "CallbackRequested"),
        74: ("callbackFailed", "CallbackFailed"), 76: ("selfCheckFailed", "SelfCheckFailed"),
        32: ("agentAdded", "AgentAdded"), 33: ("agentChanged", "AgentChanged"), 34: ("agentRemoved", "AgentRemoved"),
        35: ("agentPresenceChanged", "AgentPresenceChanged"), 36: ("agentPaused", "AgentPaused"),
        37: ("agentResumed", "AgentResumed"), 38: ("absenceEnded", "AbsenceEnded"),
        39: ("agentWrapUpBegun", "AgentWrapUpBegun"), 40: ("agentReady", "AgentReady"),
        41: ("agentPauseAsked", "AgentPauseAsked"), 42: ("scheduleAdded", "ScheduleAdded"),
        43: ("scheduleRemoved", "ScheduleRemoved"), 44: ("scheduleCame", "ScheduleCame"),
        45: ("leaseRenewed", "LeaseRenewed"), 46: ("leasesRenewed", "LeasesRenewed"),
        67: ("rosterChanged", "RosterChanged"), 68: ("rosterRemoved", "RosterRemoved"),
        69: ("rosterTurned", "RosterTurned"),
        64: ("departmentAdded", "DepartmentAdded"), 65: ("departmentChanged", "DepartmentChanged"),
        66: ("departmentRemoved", "DepartmentRemoved"), 96: ("clockAdvanced", "ClockAdvanced"),
        97: ("requestRemembered", "RequestRemembered"), 98: ("journalInterrupted", "JournalInterrupted"),
        100: ("viewSaved", "ViewSaved"), 101: ("viewRemoved", "ViewRemoved"),
    ]

    /// The type of a section's elements.
    public static func type(of section: SectionKind) -> String {
        switch section {
        case .counters: "Counters"
        case .departments: "Department"
        case .agents: "Agent"
        case .profiles: "AgentProfile"
        case .lastAgents: "LastAgent"
        case .skips: "SkipList"
        case .timers: "ServiceTimer"
        case .tickets: "Ticket"
        case .requests: "RememberedRequest"
        case .views: "View"
        case .rosters: "Roster"
        case .offers: "OfferRound"
        }
    }

    /// The words of a set, by number.
    static func word(_ set: String, _ number: UInt64) -> String? {
        func name<Word: Named>(_: Word.Type) -> String? {
            UInt8(exactly: number).flatMap { Word(rawValue: $0) }?.name
        }
        return switch set {
        case "Channel": name(Channel.self)
        case "TicketStatus": name(TicketStatus.self)
        case "Strategy": name(Strategy.self)
        case "AbsencePolicy": name(AbsencePolicy.self)
        case "SlotPolicy": name(SlotPolicy.self)
        case "Presence": name(Presence.self)
        case "PauseStage": name(PauseStage.self)
        case "PauseKind": name(PauseKind.self)
        case "Role": name(Role.self)
        case "EntryKind": name(EntryKind.self)
        case "WorkOrigin": name(WorkOrigin.self)
        case "DeliveryStatus": name(DeliveryStatus.self)
        case "AssignmentRule": name(AssignmentRule.self)
        case "AssignmentMode": name(AssignmentMode.self)
        case "OfferOutcome": name(OfferOutcome.self)
        case "SkipCause": name(SkipCause.self)
        case "OverflowAction": name(OverflowAction.self)
        case "OverflowCause": name(OverflowCause.self)
        case "EmptyPolicy": name(EmptyPolicy.self)
        default: nil
        }
    }

    /// Reads lines: a type's name, or a field's number, name and kind.
    private init(_ text: String) {
        var type = ""
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, let number = UInt64(words[0]) else {
                type = String(line)
                types[type] = []
                continue
            }
            let kind = String(words[2])
            types[type]?.append(
                Field(number: number, name: String(words[1].dropLast()), kind: Self.kind(kind), kindText: kind))
        }
    }

    private static func kind(_ text: String) -> Kind {
        let words = text.split(separator: " ").map(String.init)
        switch (words[0], words.last ?? "") {
        case ("integer", _), ("ticket", _), ("agent", _), ("department", _): return .integer
        case ("flag", _): return .flag
        case ("time", _): return .time
        case ("span", _): return .span
        case ("text", _): return .text
        case ("bytes", _): return .bytes
        case ("actor", _): return .actor
        case ("thread", _): return .thread
        case ("document", _): return .document
        case ("hash", _): return .hash
        case ("value", let type): return .value(type)
        case ("list", let type): return .list(type)
        case ("optional", "agent"): return .optionalIndex
        case ("optional", "time"): return .optionalTime
        case ("optional", "span"): return .optionalSpan
        case ("optional", "text"): return .optionalText
        case ("optional", let set): return .optionalWord(set)
        case (let set, _): return .word(set)
        }
    }
}
