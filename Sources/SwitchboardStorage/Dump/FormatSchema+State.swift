extension FormatSchema {
    /// The fields of the elements of sections, and of what came to agents and tickets later, as docs/format.md has them.
    static let stateTypes = """
        Counters
        1 next_ticket: ticket
        2 last_time: optional time
        3 last_record: integer
        4 last_timer: integer
        5 last_offer: integer
        6 unused_ids: list of IDRange
        IDRange
        1 first: integer
        2 last: integer
        Department
        1 index: department
        2 id: text
        3 title: text
        4 settings: value DepartmentSettings
        5 turn_ticket: integer
        6 turn_chat: integer
        7 turn_call: integer
        8 removed: flag
        9 created_at: time
        10 last_record: integer
        20 draws: integer
        21 clocks: list of TierClock
        40 pace_last_ticket: optional time
        41 pace_mean_ticket: span
        42 pace_last_chat: optional time
        43 pace_mean_chat: span
        44 pace_last_call: optional time
        45 pace_mean_call: span
        TierClock
        1 channel: Channel
        2 tier: integer
        3 time: integer
        Agent
        1 index: agent
        2 id: text
        3 memberships: list of Membership
        4 capacity_ticket: integer
        5 capacity_chat: integer
        6 capacity_call: integer
        7 presence: Presence
        8 presence_since: time
        9 pause: list of Pause
        10 idle_since_ticket: time
        11 idle_since_chat: time
        12 idle_since_call: time
        13 returned_in: integer
        14 removed: flag
        15 last_record: integer
        16 max_open: integer
        20 traits: value AgentTraits
        30 wrapup: list of WrapUp
        31 asked: list of PauseRequest
        32 account: value PauseAccount
        33 times: value AgentTimes
        34 schedules: list of Schedule
        35 last_schedule: integer
        50 missed: value MissedOffers
        AgentTraits
        1 weight: integer
        2 position: integer
        3 skills: list of Skill
        4 exclusive: integer
        MissedOffers
        1 in_a_row: integer
        2 total: integer
        3 backs_off_until: optional time
        OfferRound
        1 ticket: ticket
        2 rule: AssignmentRule
        3 since: time
        4 until: time
        5 offers: list of Offer
        6 is_overdue: flag
        7 free: integer
        Offer
        1 agent: agent
        2 token: integer
        3 term: integer
        AgentProfile
        1 index: agent
        2 name: text
        3 role: Role
        4 created_at: time
        SkipList
        1 ticket: ticket
        2 skips: list of Skip
        ServiceTimer
        1 due: time
        2 number: integer
        3 kind: integer
        4 subject: integer
        5 department: integer
        6 channel: Channel
        Ticket
        1 id: ticket
        2 version: integer
        3 status: TicketStatus
        4 channel: Channel
        5 priority: integer
        6 wakes_as_new: flag
        7 slot_is_freed: flag
        8 department: department
        9 agent: optional agent
        10 wants: optional agent
        11 created_at: time
        12 updated_at: time
        13 queued_at: time
        14 last_record: integer
        15 subject: text
        16 from: text
        17 thread_count: integer
        18 thread: thread
        19 extras: list of TicketExtras
        20 weight: integer
        21 owner_answered: flag
        RememberedRequest
        1 time: time
        2 record: integer
        3 request: value RequestRemembered
        LastAgent
        1 high: integer
        2 low: integer
        3 agent: agent
        4 at: time
        5 number: integer
        View
        1 id: text
        2 title: text
        3 filter: text
        4 sort: text
        5 group: text
        6 owner: optional agent
        7 shared: flag
        8 saved_at: time
        Roster
        1 number: integer
        2 id: text
        3 department: department
        4 channels: integer
        5 agents: list of FieldedAgent
        6 span: span
        7 start: time
        8 on_duty: integer
        9 position: integer
        10 running: flag
        11 substitutes: list of FieldedAgent
        """
}
