/// A request with an id was answered with `+`: the same one again gets this answer and does nothing.
public struct RequestRemembered: Fielded, Equatable {
    public var id = ""
    public var words = WordsHash()
    public var reply = RememberedReply()

    public init() {}

    init(_ request: RequestName, _ reply: RememberedReply) {
        id = request.id
        words = request.words
        self.reply = reply
    }

    public mutating func visit(_ coder: inout some FieldCoder) throws(ByteReader.Malformed) {
        try coder.text(1, &id)
        try coder.integer(2, &words.high)
        try coder.integer(3, &words.low)
        try coder.named(4, &reply.kind)
        try coder.ticket(5, &reply.ticket)
        try coder.number(6, &reply.version)
        try coder.named(7, &reply.status)
        try coder.department(8, &reply.department)
        try coder.agent(9, &reply.agent)
        try coder.agent(10, &reply.wants)
        try coder.flag(11, &reply.freesSlot)
        try coder.ticket(12, &reply.next)
        try coder.flag(13, &reply.isDuplicate)
        try coder.blob(14, &reply.document)
        try coder.number(15, &reply.number)
        try coder.flag(16, &reply.isNextOffered)
        try coder.list(17, &reply.offers)
        try coder.time(18, &reply.ringsUntil)
    }
}
