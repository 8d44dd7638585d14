extension FormatSchema {
    /// The fields of events of tickets, as docs/format.md has them: number, name, kind.
    static let ticketEventTypes = """
        TicketOpened
        1 ticket: ticket
        2 department: department
        3 channel: Channel
        4 priority: integer
        5 subject: text
        6 from: text
        7 body: optional text
        8 source: text
        9 reference: optional text
        10 tags: list of FieldedText
        11 fields: list of CustomField
        12 wants: optional agent
        13 weight: integer
        TicketReplied
        1 ticket: ticket
        2 by: agent
        3 body: text
        4 status: TicketStatus
        5 frees_slot: flag
        6 conversation: integer
        TicketMessageAdded
        1 ticket: ticket
        2 body: text
        3 from: optional text
        4 status: TicketStatus
        5 reference: optional text
        6 renews_queue_time: flag
        7 conversation: integer
        TicketNoted
        1 ticket: ticket
        2 by: actor
        3 body: text
        4 conversation: integer
        TicketOwnerChanged
        1 ticket: ticket
        2 owner: optional agent
        3 rule: AssignmentRule
        4 by: actor
        5 status: TicketStatus
        6 turn: integer
        7 free: integer
        8 term: integer
        TicketTransferred
        1 ticket: ticket
        2 department: department
        3 by: actor
        4 status: TicketStatus
        5 owner: optional agent
        TicketStatusChanged
        1 ticket: ticket
        2 status: TicketStatus
        3 by: actor
        4 until: optional time
        5 renews_queue_time: flag
        6 woke: flag
        7 hung_up: flag
        TicketChanged
        1 ticket: ticket
        2 by: actor
        3 priority: integer
        4 subject: optional text
        5 replaces_tags: flag
        6 tags: list of FieldedText
        7 fields: list of CustomField
        8 clears_wants: flag
        9 weight: integer
        OffersMade
        1 round: value OfferRound
        2 turn: integer
        OfferEnded
        1 ticket: ticket
        2 agent: agent
        3 outcome: OfferOutcome
        4 reason: optional text
        5 backs_off_until: optional time
        TicketOverflowed
        1 ticket: ticket
        2 department: department
        3 action: OverflowAction
        4 cause: OverflowCause
        TicketWaitTimed
        1 ticket: ticket
        2 until: optional time
        QueueEmptied
        1 department: department
        2 channel: Channel
        CallbackRequested
        1 ticket: ticket
        2 by: actor
        3 phone: text
        CallbackFailed
        1 ticket: ticket
        2 by: actor
        BackoffEnded
        1 index: agent
        TicketSkipped
        1 ticket: ticket
        2 agent: agent
        3 until: time
        4 cause: SkipCause
        TicketSkipsExpired
        1 ticket: ticket
        2 all: flag
        OwnerGraceSet
        1 ticket: ticket
        2 until: time
        OwnerGraceEnded
        1 ticket: ticket
        TicketPurged
        1 ticket: ticket
        TicketMerged
        1 ticket: ticket
        2 into: ticket
        3 by: actor
        TicketAbsorbed
        1 ticket: ticket
        2 source: ticket
        3 by: actor
        4 status: TicketStatus
        5 span: integer
        6 priority: integer
        7 queued_at: optional time
        8 tags: list of FieldedText
        TicketUnmerged
        1 ticket: ticket
        2 by: actor
        3 status: TicketStatus
        4 until: optional time
        TicketSeparated
        1 ticket: ticket
        2 source: ticket
        3 by: actor
        4 priority: integer
        5 queued_at: optional time
        TicketSplit
        1 ticket: ticket
        2 original: ticket
        3 department: department
        4 priority: integer
        5 subject: text
        6 from: text
        7 source: text
        8 tags: list of FieldedText
        9 fields: list of CustomField
        10 wants: optional agent
        11 queued_at: time
        12 entries: thread
        13 entry_count: integer
        14 weight: integer
        TicketEntriesMoved
        1 ticket: ticket
        2 to: ticket
        3 by: actor
        4 places: list of EntryPlace
        5 is_original: flag
        6 numbers: list of EntryPlace
        WorkStarted
        1 ticket: ticket
        2 agent: agent
        3 billable: flag
        WorkLogged
        1 ticket: ticket
        2 number: integer
        3 entry: value WorkEntry
        4 ends_timer: flag
        TicketTaskAdded
        1 ticket: ticket
        2 by: actor
        3 task: value Subtask
        TicketTaskChanged
        1 ticket: ticket
        2 by: actor
        3 number: integer
        4 title: optional text
        5 changes_agent: flag
        6 agent: optional agent
        7 done: integer
        TicketTaskRemoved
        1 ticket: ticket
        2 by: actor
        3 number: integer
        TicketConversationAdded
        1 ticket: ticket
        2 by: actor
        3 number: integer
        4 title: text
        5 internal: flag
        TicketPeopleChanged
        1 ticket: ticket
        2 by: actor
        3 added_participants: list of FieldedAgent
        4 removed_participants: list of FieldedAgent
        5 added_followers: list of Follower
        6 removed_followers: list of Follower
        TicketDescribed
        1 ticket: ticket
        2 description: text
        TicketRated
        1 ticket: ticket
        2 rating: value Rating
        3 previous: integer
        TicketAttached
        1 ticket: ticket
        2 attachment: value Attachment
        TicketDeliveryReported
        1 ticket: ticket
        2 entry: integer
        3 step: value DeliveryStep
        DeliveryDetailsExpired
        1 ticket: ticket
        TicketSkillsSet
        1 ticket: ticket
        2 by: actor
        3 needs: list of Skill
        4 relax: list of Relaxation
        TicketWidened
        1 ticket: ticket
        TicketPreferred
        1 ticket: ticket
        2 agent: agent
        3 until: optional time
        TicketImported
        1 ticket: value Ticket
        TicketImportContinued
        1 ticket: ticket
        2 entries: thread
        3 entry_count: integer
        4 ends_parts: flag
        5 ends_merge: flag
        6 absorbs: list of TicketLink
        7 drops_owner: flag
        8 drops_wants: flag
        """
}
