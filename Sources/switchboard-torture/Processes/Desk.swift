import SwitchboardClient

/// What a reply to a write shows of a ticket.
struct Shown: Equatable, Sendable {
    var version = 0
    var status = "new"
    var department = ""
    var agent: String?
}

/// One request to a ticket.
struct Step: Sendable {
    /// Of the text it adds, which no other request adds; nil: it adds none.
    var serial: Int?
    /// What its reply must show; nil where routing may decide.
    var expected: Shown?
    var isAcknowledged = false
}

/// Everything a writer asked of one ticket, in order.
struct DeskTicket: Sendable {
    /// Nil until it is known.
    var id: Int?
    var steps: [Step] = []
    /// The newest version that a reply showed.
    var acknowledgedVersion = 0
    var isTouched = true

    /// The state after all that was asked.
    var last: Shown { steps.last?.expected ?? Shown() }
    var serials: [Int] { steps.compactMap(\.serial) }

    /// How many of the steps that add a text are acknowledged.
    var acknowledgedTexts: Int { steps.count { $0.isAcknowledged && $0.serial != nil } }
}

/// A request on the way: the ticket and the step of it.
struct OnTheWay: Sendable {
    var ticket: Int
    var step: Int
    var words: [String]
}

/// What one writer knows: its tickets, and what it sent and was not answered.
///
/// A desk of the exact kind works in departments where nobody is given anything by itself, so that every reply is
/// known before it comes: each request raises the version by one. Elsewhere only the texts are certain, in number and
/// order.
struct Desk: Sendable {
    let number: Int
    let isExact: Bool
    /// Whether requests carry a `rid=`, so that what was on the way may be asked for again: it is done once.
    var repeats = false
    /// Requests made so far.
    var requests = 0
    var tickets: [DeskTicket] = []
    /// In the order of the connection.
    var onTheWay: [OnTheWay] = []
    var acknowledged = 0
    /// What no reply should have said.
    var surprises: [String] = []

    static let routedDepartment = "routed"
    static let routedAgents = (0..<6).map { "r\($0)" }

    init(number: Int, isExact: Bool) {
        self.number = number
        self.isExact = isExact
    }

    var departments: [String] { isExact ? ["w\(number)-x", "w\(number)-y"] : [Self.routedDepartment] }
    var agents: [String] { isExact ? ["w\(number)-a", "w\(number)-b"] : Self.routedAgents }

    /// The text of a serial number. Most are short, some longer than a sector, a few longer than many pages.
    func text(_ serial: Int) -> String {
        let mixed = serial &* 2_654_435_761 >> 7 & 0xFFFF
        let length = mixed % 400 == 0 ? 30_000 : mixed % 20 == 0 ? 1500 : mixed % 120
        return "w\(number)-\(serial)-" + String(repeating: "x", count: length)
    }

    /// The writer and the serial number of a text.
    static func serial(of text: String) -> (writer: Int, serial: Int)? {
        let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].first == "w", let writer = Int(parts[0].dropFirst()),
            let serial = Int(parts[1])
        else { return nil }
        return (writer, serial)
    }

    mutating func surprise(_ what: String) {
        if surprises.count < 20 { surprises.append("writer \(number): \(what)") }
    }
}

extension Desk {
    /// Takes the reply to the oldest request on the way; whether it was carried out.
    @discardableResult
    mutating func take(_ reply: Reply) -> Bool {
        let json = reply.json
        guard let id = json?["id"]?.integer, let version = json?["version"]?.integer,
            let status = json?["status"]?.string, let department = json?["dept"]?.string
        else {
            var refusal = reply.text()
            if case .refusal(let message) = reply { refusal = message }
            take(id: nil, shown: nil, refusal: refusal)
            return false
        }
        let shown = Shown(version: version, status: status, department: department, agent: json?["agent"]?.string)
        take(id: id, shown: shown, refusal: "")
        return true
    }

    private mutating func take(id: Int?, shown: Shown?, refusal: String) {
        let request = onTheWay.removeFirst()
        guard let id, let shown else { return refuse(request, refusal) }
        let step = tickets[request.ticket].steps[request.step]
        if let known = tickets[request.ticket].id, known != id { surprise("ticket \(known) is shown as \(id)") }
        if let expected = step.expected, expected != shown {
            surprise("\(request.words.prefix(4)): \(shown) instead of \(expected)")
        }
        tickets[request.ticket].id = id
        tickets[request.ticket].steps[request.step].isAcknowledged = true
        // What is asked for again shows what it led to then.
        let newest = max(tickets[request.ticket].acknowledgedVersion, shown.version)
        tickets[request.ticket].acknowledgedVersion = newest
        tickets[request.ticket].isTouched = true
        acknowledged += 1
    }

    /// A refused request changed nothing. What is refused for want of a disk may be asked again; routing may be in the
    /// way of what adds no text; nothing else may be refused.
    private mutating func refuse(_ request: OnTheWay, _ refusal: String) {
        let isDisk = refusal.hasPrefix("MISCONF") || refusal.hasPrefix("BUSY")
        let step = tickets[request.ticket].steps[request.step]
        if !isDisk, isExact || step.serial != nil { surprise("\(request.words.prefix(4)): \(refusal)") }
        if isExact, request.step != tickets[request.ticket].steps.count - 1 {
            surprise("refused, and later requests counted on it: \(refusal)")
        }
        tickets[request.ticket].steps.remove(at: request.step)
        for place in onTheWay.indices where onTheWay[place].ticket == request.ticket { onTheWay[place].step -= 1 }
    }

    /// Forgets what was on the way and did not arrive: as if it had never been asked.
    ///
    /// `reached`: of each ticket with requests on the way, how many of its steps are there.
    mutating func forget(beyond reached: [Int: Int]) {
        for (ticket, count) in reached {
            tickets[ticket].steps.removeLast(max(0, tickets[ticket].steps.count - count))
            for step in tickets[ticket].steps.indices { tickets[ticket].steps[step].isAcknowledged = true }
        }
        onTheWay = []
    }
}
