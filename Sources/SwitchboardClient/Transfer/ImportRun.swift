/// One import under way: a bounded run of requests, each bad line told by its number.
///
/// Ids rise, so what follows a refused document must not be imported before it is known what becomes of that one: each
/// request names the ticket that it follows. What was refused for that alone is sent again, from the memory of what is on the way.
struct ImportRun {
    private let client: LineClient
    private let stopsOnError: Bool
    private var errors: ImportErrors
    private var onTheWay: [ImportRow] = []
    private var firstOnTheWay = 0
    private var bytesOnTheWay = 0
    /// Refused because of what they follow; to be sent again, in order.
    private var again: [ImportRow] = []
    /// The last ticket with an id that was sent, and the last that was taken.
    private var lastSent: Int?
    private var lastTaken: Int?
    private var window = ImportRun.mostWindow
    private var isStopped = false
    private(set) var result = ImportResult()

    /// How many requests, and bytes of them, may be on the way.
    private static let mostWindow = 512
    private static let leastWindow = 8
    private static let mostBytes = 4 << 20

    init(_ client: LineClient, stopsOnError: Bool, errors: ImportErrors) {
        self.client = client
        self.stopsOnError = stopsOnError
        self.errors = errors
    }

    /// Sends every row that `next` gives.
    mutating func run(
        _ next: () throws(ClientError) -> Result<ImportRow, BadRow>?
    ) throws(ClientError) -> ImportResult {
        while !isStopped {
            if !again.isEmpty {
                try drain()
                try sendAgain()
                continue
            }
            guard let row = try next() else {
                try drain()
                if again.isEmpty { break }
                continue
            }
            switch row {
            case .success(let row) where row.requestBytes > ImportRow.mostRequestBytes:
                let reason = "takes \(grouped(row.requestBytes)) bytes, and a request at most 16 MiB"
                try pass(BadRow(line: row.line, raw: row.raw, reason: reason))
            case .success(let row): try send(row)
            case .failure(let bad): try pass(bad)
            }
        }
        try drain()
        try errors.finish()
        return result
    }

    /// Tells of a line that is not sent, once it is known what became of those before it.
    private mutating func pass(_ bad: BadRow) throws(ClientError) {
        try settle()
        if !isStopped { try refuse(bad) }
    }

    /// Waits until it is known of everything what became of it.
    private mutating func settle() throws(ClientError) {
        try drain()
        while !again.isEmpty, !isStopped {
            try sendAgain()
            try drain()
        }
    }

    private mutating func sendAgain() throws(ClientError) {
        let rows = again
        again = []
        // All before them is known, so the first follows nothing.
        lastSent = nil
        for (place, row) in rows.enumerated() where !isStopped {
            guard again.isEmpty else {
                // One of these was refused: the rest follows it.
                try drain()
                again += rows[place...]
                return
            }
            try send(row)
        }
    }

    private mutating func send(_ row: ImportRow) throws(ClientError) {
        while !isEmpty, onTheWay.count - firstOnTheWay >= window || bytesOnTheWay + row.bytes > Self.mostBytes {
            try receive()
        }
        // What came back may be before this one.
        guard again.isEmpty, !isStopped else {
            again.append(row)
            return
        }
        var words = row.words
        if let id = row.id {
            if let lastSent, lastSent != id { words.append(Array("follows=\(lastSent)".utf8)) }
            lastSent = id
        }
        do throws(ClientError) { try client.send(words) } catch {
            throw broken(error, at: isEmpty ? row : onTheWay[firstOnTheWay])
        }
        onTheWay.append(row)
        bytesOnTheWay += row.bytes
    }

    private var isEmpty: Bool { firstOnTheWay == onTheWay.count }

    private mutating func drain() throws(ClientError) {
        while !isEmpty { try receive() }
    }

    private mutating func receive() throws(ClientError) {
        let row = onTheWay[firstOnTheWay]
        let reply: Reply
        do throws(ClientError) { reply = try client.receive() } catch { throw broken(error, at: row) }
        firstOnTheWay += 1
        bytesOnTheWay -= row.bytes
        if firstOnTheWay >= Self.mostWindow {
            onTheWay.removeFirst(firstOnTheWay)
            firstOnTheWay = 0
        }
        switch reply {
        case .refusal(let message): try take(refusal: message, of: row)
        case .success(let bytes): take(bytes, of: row)
        case .integer, .list: throw ClientError(.reply, "line \(row.line): the server answered \(reply.text())")
        }
    }

    /// What to do when the server went away.
    private func broken(_ error: ClientError, at row: ImportRow) -> ClientError {
        ClientError(
            error.kind,
            "\(error.message); line \(row.line) was not acknowledged: import the file again, it goes on there")
    }

    private mutating func take(_ reply: [UInt8], of row: ImportRow) {
        if window < Self.mostWindow { window += 1 }
        guard row.kind != .change else { return }
        guard row.kind == .ticket else {
            // A former name that is known already changes nothing.
            if reply.reversed().starts(with: Self.nothing) { result.recordsThere += 1 } else { result.records += 1 }
            return
        }
        let isPart = row.id != nil && row.id == lastTaken
        if let id = row.id { lastTaken = id }
        guard !isPart else { return }
        if reply.reversed().starts(with: Self.duplicate) { result.duplicates += 1 } else { result.tickets += 1 }
    }

    private static let nothing = Array("null".utf8.reversed())
    private static let duplicate = Array("\"duplicate\":true}".utf8.reversed())

    private mutating func take(refusal message: String, of row: ImportRow) throws(ClientError) {
        // What was on the way when it stopped is looked at when the file is imported again.
        if isStopped { return }
        if message.hasPrefix("STATE follows=:") {
            again.append(row)
            return
        }
        for code in ["BUSY", "MISCONF", "LOADING", "NOPERM", "NOAUTH"] where message.hasPrefix(code + " ") {
            throw ClientError(.reply, "line \(row.line): \(message); import the file again when that is mended")
        }
        if row.kind == .record, message.hasPrefix("EXISTS ") {
            result.recordsThere += 1
            return
        }
        window = max(Self.leastWindow, window / 2)
        try refuse(BadRow(line: row.line, raw: row.raw, reason: message))
    }

    private mutating func refuse(_ bad: BadRow) throws(ClientError) {
        result.bad += 1
        try errors.add(bad)
        if stopsOnError { isStopped = true }
    }
}

/// What an import led to.
struct ImportResult {
    var tickets = 0
    var duplicates = 0
    var bad = 0
    /// Departments, agents and views: added, and there already.
    var records = 0
    var recordsThere = 0

    var line: String {
        let tickets =
            "imported \(grouped(tickets)) tickets, \(grouped(duplicates)) duplicates, "
            + "\(grouped(bad)) bad \(bad == 1 ? "line" : "lines")"
        guard records + recordsThere > 0 else { return tickets }
        return tickets + "; departments, agents and views: \(grouped(records)) added, \(grouped(recordsThere)) there"
    }
}

/// Tells of bad lines, and keeps them in a file for who mends them.
struct ImportErrors {
    private let file: ExportFile?
    private let header: [UInt8]?
    private var count = 0

    /// Told on standard error when a file keeps the rest.
    private static let mostTold = 20

    init(path: String?, header: [UInt8]?) throws(ClientError) {
        file = try path.map { (path) throws(ClientError) in try ExportFile(path: path) }
        self.header = header
    }

    mutating func add(_ bad: BadRow) throws(ClientError) {
        count += 1
        if file == nil || count <= Self.mostTold { Console.printError("line \(bad.line): \(bad.reason)") }
        guard let file else { return }
        if count == 1, let header { try file.write(line: header) }
        try file.write(line: bad.raw)
    }

    func finish() throws(ClientError) {
        if file != nil, count > Self.mostTold {
            Console.printError("and \(grouped(count - Self.mostTold)) more bad lines")
        }
        try file?.finish()
    }
}
