extension FormatSchema {
    /// The fields of values inside others, as docs/format.md has them: number, name, kind.
    static let valueTypes = """
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
        52 weight: integer
        53 answer_within: optional span
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
        4 cause: SkipCause
        """
}
