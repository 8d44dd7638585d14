import SwitchboardModel
import SwitchboardWire

/// A state to which requests are given as bytes, through the real wire code, without lane and journal: for what is exported
/// and imported.
struct TransferDesk: ~Copyable {
    private var routing: Routing
    private var tables: Shards
    private let now: Timestamp
    private var parser = RequestParser()
    /// What a journal would hold.
    private(set) var records: [[UInt8]] = []

    /// Nothing yet.
    init(shards: Int, at now: Timestamp) {
        routing = Routing()
        tables = Shards(shards: shards)
        self.now = now
    }

    /// A copy of a state.
    init(_ image: StateImage, shards: Int) throws(ByteReader.Malformed) {
        var builder = StateBuilder(shards: shards)
        var sections: [(SectionKind, [UInt8])] = []
        image.forEachSection { kind, bytes in
            sections.append((kind, bytes))
            return true
        }
        for (kind, bytes) in sections { try builder.load(kind, bytes) }
        try builder.derive()
        now = image.routing.lastTime ?? .manualStart
        tables = builder.shards
        routing = builder.intoRouting()
    }

    var image: StateImage { StateImage(tickets: tables.tickets, agents: tables.agents, routing: routing.image()) }

    /// The lines that answer a request, without their ends.
    mutating func send(_ words: [String]) -> [String] {
        var bytes = Array("*\(words.count)\r\n".utf8)
        for word in words { bytes += Array("$\(word.utf8.count)\r\n\(word)\r\n".utf8) }
        var out: [UInt8] = []
        switch bytes.withUnsafeMutableBytes({ parse($0) }) {
        case .success(.domain(.command(let command))):
            let number = routing.lastRecord.next
            let carried = routing.carryOut(command, &tables, at: now, record: number)
            if !carried.events.isEmpty {
                records.append(ByteWriter.bytes { RecordCodec.encode(carried.events, at: now, appendingTo: &$0) })
            }
            Reply.outcome(carried.outcome, to: &out)
        case .success(.domain(.query(let query))):
            Reply.outcome(routing.answer(query, tables, at: now).reply, to: &out)
        case .success: preconditionFailure("\(words) is nothing for a desk")
        case .failure(let error): Reply.error(error, to: &out)
        }
        // Not CR LF as one character: a line that ends in neither must not melt into the next.
        return String(decoding: out, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    private mutating func parse(_ bytes: UnsafeMutableRawBufferPointer) -> Result<ParsedRequest, WireError> {
        let step = parser.next(in: bytes)
        switch step.outcome {
        case .request(let request):
            do throws(WireError) { return .success(try CommandTables.all.parse(request)) } catch {
                return .failure(error)
            }
        case .refused(let error), .broken(let error): return .failure(error)
        case .needMore, .hangUp: preconditionFailure("half a request")
        }
    }
}
