/// A department: where tickets enter, and which agents may be given them.
public struct Department: Fielded {
    public internal(set) var index = DepartmentIndex(0)
    public internal(set) var id = DepartmentID("") {
        didSet {
            // Writing a department visits its fields as reading does, and a name is never given back.
            if id != oldValue { name = KeptName(keeping: id.rawValue) }
        }
    }
    public internal(set) var title = ""
    public internal(set) var settings = DepartmentSettings() {
        didSet { refresh() }
    }
    /// The last turn given by `round_robin`: an ever-growing number, so that it needs no wrapping and no list position.
    public internal(set) var turn = PerChannel<UInt64>(0)
    /// How many numbers were drawn for `random` and `weighted`: the state of the department's generator.
    var draws: UInt64 = 0
    /// How far the draws of each channel and tier have come; none where nothing is picked by lot.
    var clocks: [TierClock] = []
    /// How fast each queue moves.
    public internal(set) var pace = PerChannel(QueuePace())
    /// A removed department keeps its place: old tickets name it.
    public internal(set) var isRemoved = false
    public internal(set) var createdAt = Timestamp(milliseconds: 0)
    /// The newest record that changed it.
    public internal(set) var lastRecord = LogSequenceNumber.none

    /// Derived from `id`, for replies.
    private(set) var name = KeptName()
    /// Derived from `settings`.
    public private(set) var effective = PerChannel(DepartmentSettings().effective(.ticket))

    public init() { refresh() }

    private mutating func refresh() {
        for channel in Channel.allCases { effective[channel] = settings.effective(channel) }
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.department(1, &index)
        try fields.text(2, &id.rawValue)
        try fields.text(3, &title)
        try fields.value(4, &settings)
        try fields.integer(5, &turn.ticket)
        try fields.integer(6, &turn.chat)
        try fields.integer(7, &turn.call)
        try fields.flag(8, &isRemoved)
        try fields.time(9, &createdAt)
        try fields.integer(10, &lastRecord.rawValue)
        try fields.integer(20, &draws)
        try fields.list(21, &clocks)
        try fields.time(40, &pace.ticket.last)
        try fields.span(41, &pace.ticket.mean)
        try fields.time(42, &pace.chat.last)
        try fields.span(43, &pace.chat.mean)
        try fields.time(44, &pace.call.last)
        try fields.span(45, &pace.call.mean)
    }
}
