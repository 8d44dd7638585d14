extension FormatSchema {
    /// The fields of the elements of sections, and of values inside others, as docs/format.md has them.
    static let stateTypes = """
        Membership
        1 department: department
        2 tier: integer
        3 turn_ticket: integer
        4 turn_chat: integer
        5 turn_call: integer
        6 taken_ticket: integer
        7 taken_chat: integer
        8 taken_call: integer
        9 tick_ticket: integer
        10 tick_chat: integer
        11 tick_call: integer
        Pause
        1 channels: integer
        2 kind: PauseKind
        3 reason: optional text
        4 since: time
        5 until: optional time
        6 planned: flag
        7 by: optional agent
        WrapUp
        1 since: time
        2 until: time
        3 ticket: ticket
        PauseRequest
        1 stage: PauseStage
        2 channels: integer
        3 kind: PauseKind
        4 reason: optional text
        5 span: optional span
        6 asked_at: time
        7 after_work: flag
        8 planned: flag
        9 by: optional agent
        10 record: integer
        Schedule
        1 number: integer
        2 at: span
        3 span: span
        4 days: integer
        5 channels: integer
        6 kind: PauseKind
        7 reason: optional text
        AgentTimes
        1 pause_budget: optional span
        2 offset: span
        3 lease: optional span
        PauseAccount
        1 day: time
        2 used: span
        DepartmentSettings
        1 base: value ChannelSettings
        2 own_ticket: value ChannelSettings
        3 own_chat: value ChannelSettings
        4 own_call: value ChannelSettings
        5 slot: SlotPolicy
        6 max_paused: integer
        7 delivery_details: optional span
        ChannelSettings
        1 strategy: optional Strategy
        2 no_ageing: flag
        3 ageing: optional span
        4 retry: optional span
        5 absence: optional AbsencePolicy
        6 grace: optional span
        7 reopen: integer
        10 assign: optional AssignmentMode
        11 ring: optional span
        12 offers: integer
        13 backoff: optional span
        14 auto_pause: integer
        20 tier_wait: optional span
        21 relax: list of Relaxation
        22 last_agent: optional span
        23 last_agent_wait: optional span
        30 wrapup: optional span
        40 max_queue: integer
        41 no_max_wait: flag
        42 max_wait: optional span
        43 overflow: integer
        44 when_empty: optional EmptyPolicy
        45 callback_tries: integer
        46 callback_delay: optional span
        Relaxation
        1 span: span
        2 step: integer
        Skill
        1 name: text
        2 level: integer
        CustomField
        1 name: text
        2 value: text
        FieldedText
        1 text: text
        TicketExtras
        1 source: text
        2 tags: list of FieldedText
        3 fields: list of CustomField
        4 references: list of FieldedText
        5 postponed_until: optional time
        6 details: list of TicketDetails
        7 import_mark: list of ImportMark
        20 merged: list of MergedInto
        21 absorbed: list of Absorbed
        22 split_from: ticket
        23 split_into: list of TicketLink
        35 needs: list of Skill
        36 relax: list of Relaxation
        37 prefers: optional agent
        38 reserved_until: optional time
        40 waits: list of WaitState
        WaitState
        1 callback: list of Callback
        2 overflowed_from: list of FieldedDepartment
        Callback
        1 phone: text
        2 since: time
        3 attempts: integer
        FieldedDepartment
        1 department: department
        MergedInto
        1 ticket: ticket
        2 status: TicketStatus
        3 wakes_as_new: flag
        4 slot_is_freed: flag
        5 until: optional time
        Absorbed
        1 ticket: ticket
        2 after: integer
        3 span: integer
        4 is_undone: flag
        5 tags: list of FieldedText
        6 priority: integer
        7 queued_at: optional time
        8 is_awaited: flag
        TicketLink
        1 ticket: ticket
        ImportMark
        1 is_late: flag
        2 is_put_away: flag
        3 is_in_parts: flag
        4 status: TicketStatus
        5 wakes_as_new: flag
        6 slot_is_freed: flag
        7 agent: optional agent
        8 wants: optional agent
        9 postponed_until: optional time
        10 merged: list of MergedInto
        11 absorbed: list of Absorbed
        EntryPlace
        1 place: integer
        TicketDetails
        1 timers: list of WorkTimer
        2 work: list of WorkEntry
        3 tasks: list of Subtask
        4 last_task: integer
        5 conversations: list of Conversation
        6 description: text
        7 participants: list of FieldedAgent
        8 followers: list of Follower
        9 ratings: list of Rating
        10 deliveries: list of Delivery
        11 attachments: list of Attachment
        WorkTimer
        1 agent: agent
        2 since: time
        3 billable: flag
        WorkEntry
        1 agent: agent
        2 at: time
        3 time: span
        4 billable: flag
        5 note: text
        6 how: WorkOrigin
        Subtask
        1 number: integer
        2 title: text
        3 agent: optional agent
        4 created_at: time
        5 done_at: optional time
        Conversation
        1 title: text
        2 internal: flag
        3 by: actor
        4 created_at: time
        FieldedAgent
        1 agent: agent
        Follower
        1 agent: optional agent
        2 address: text
        Rating
        1 entry: integer
        2 agent: agent
        3 score: integer
        4 comment: text
        5 from: text
        6 at: time
        Delivery
        1 entry: integer
        2 steps: list of DeliveryStep
        DeliveryStep
        1 status: DeliveryStatus
        2 at: time
        3 reason: text
        4 detail: text
        5 detail_until: optional time
        Attachment
        1 entry: integer
        2 name: text
        3 type: text
        4 size: integer
        5 checksum: text
        6 url: text
        7 by: actor
        8 at: time
        Skip
        1 agent: agent
        2 until: time
        3 record: integer
        Counters
        1 next_ticket: ticket
        2 last_time: optional time
        3 last_record: integer
        4 last_timer: integer
        5 last_offer: integer
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
        Offer
        1 agent: agent
        2 token: integer
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
