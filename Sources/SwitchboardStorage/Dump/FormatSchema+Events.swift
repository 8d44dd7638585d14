extension FormatSchema {
    /// The fields of events of agents, departments and the server, as docs/format.md has them: number, name, kind.
    static let eventTypes = """
        AgentAdded
        1 index: agent
        2 id: text
        3 name: text
        4 role: Role
        5 capacity_ticket: integer
        6 capacity_chat: integer
        7 capacity_call: integer
        8 memberships: list of Membership
        9 max_open: integer
        20 traits: value AgentTraits
        30 times: value AgentTimes
        AgentChanged
        1 index: agent
        2 name: optional text
        3 role: optional Role
        4 changes_capacity: flag
        5 capacity_ticket: integer
        6 capacity_chat: integer
        7 capacity_call: integer
        8 changes_memberships: flag
        9 memberships: list of Membership
        10 changes_max_open: flag
        11 max_open: integer
        20 traits: list of AgentTraits
        30 times: list of AgentTimes
        AgentRemoved
        1 index: agent
        AgentPresenceChanged
        1 index: agent
        2 presence: Presence
        30 until: optional time
        AgentPaused
        1 index: agent
        2 pause: value Pause
        AgentResumed
        1 index: agent
        2 keeps_request: flag
        AbsenceEnded
        1 index: agent
        2 department: department
        3 channel: Channel
        AgentWrapUpBegun
        1 index: agent
        2 ticket: ticket
        3 until: time
        AgentReady
        1 index: agent
        AgentPauseAsked
        1 index: agent
        2 request: list of PauseRequest
        ScheduleAdded
        1 index: agent
        2 schedule: value Schedule
        ScheduleRemoved
        1 index: agent
        2 number: integer
        ScheduleCame
        1 index: agent
        2 number: integer
        LeaseRenewed
        1 index: agent
        2 until: time
        LeasesRenewed
        1 at: time
        RosterChanged
        1 roster: value Roster
        RosterRemoved
        1 number: integer
        RosterTurned
        1 number: integer
        DepartmentAdded
        1 index: department
        2 id: text
        3 title: text
        4 settings: value DepartmentSettings
        DepartmentChanged
        1 index: department
        2 title: text
        3 settings: value DepartmentSettings
        DepartmentRemoved
        1 index: department
        ClockAdvanced
        RequestRemembered
        1 id: text
        2 words_high: hash
        3 words_low: hash
        4 reply_kind: integer
        5 ticket: ticket
        6 version: integer
        7 status: TicketStatus
        8 department: department
        9 agent: optional agent
        10 wants: optional agent
        11 frees_slot: flag
        12 next: ticket
        13 is_duplicate: flag
        14 document: document
        15 number: integer
        16 is_next_offered: flag
        17 offers: list of Offer
        18 rings_until: optional time
        JournalInterrupted
        1 from: time
        2 until: time
        3 cause: text
        SelfCheckFailed
        1 record: integer
        2 checked: integer
        3 problems: integer
        4 lines: list of FieldedText
        5 was_asked: flag
        ViewSaved
        1 view: value View
        ViewRemoved
        1 id: text
        FormerNameAdded
        1 is_department: flag
        2 index: integer
        3 id: text
        4 title: text
        """
}
