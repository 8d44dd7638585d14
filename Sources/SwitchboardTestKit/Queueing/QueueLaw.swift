import Glibc

/// Who may wait, and for how long.
public enum WaitingRule: Sendable {
    /// Everyone, until it is their turn: M/M/c (Erlang C).
    case everyone
    /// At most so many at once, others are lost: M/M/c/K with K = c + places; none: M/M/c/c (Erlang B).
    case places(Int)
    /// Who has waited for a time of their own gives up; exponential, with this mean in seconds: M/M/c+M (Erlang A).
    case patience(Double)
    /// Who has waited for so many seconds is sent away: M/M/c+D.
    case limit(Double)
}

/// Poisson arrivals, exponential service, equal servers, first come first served.
public struct QueueSystem: Sendable {
    public var servers: Int
    /// Mean service time, seconds.
    public var service: Double
    /// Erlangs: arrivals a second × service time.
    public var offered: Double
    public var rule: WaitingRule

    public init(servers: Int, service: Double, offered: Double, rule: WaitingRule) {
        self.servers = servers
        self.service = service
        self.offered = offered
        self.rule = rule
    }

    /// Arrivals a second.
    public var arrivals: Double { offered / service }
    /// Departures a second when all servers are busy.
    public var capacity: Double { Double(servers) / service }
}

/// What is known of a system in its steady state.
public struct QueueLaw: Sendable {
    /// Of all arrivals, refused at once.
    public var lost = 0.0
    /// Of those who were let in, gone before they were served.
    public var abandoned = 0.0
    /// Of those who were let in, those who are not served at once.
    public var waits = 0.0
    /// Seconds in the queue, of those who were let in, whatever became of them.
    public var meanWait = 0.0

    public let system: QueueSystem
    /// The probabilities of the states: how many are in the system.
    private let states: [Double]

    public init(_ system: QueueSystem) {
        self.system = system
        states = Self.states(of: system)
        let servers = system.servers
        switch system.rule {
        case .everyone:
            waits = Erlang.c(servers: servers, offered: system.offered)
            meanWait = Erlang.meanWait(servers: servers, offered: system.offered, service: system.service)
        case .places:
            // Cooper 1981, section 3.4; D. Gross, C. M. Harris, "Fundamentals of Queueing Theory", 3rd ed., section 2.4.
            let full = states[states.count - 1]
            lost = full
            waits = states[servers...].dropLast().reduce(0, +) / (1 - full)
            meanWait = queueLength / (system.arrivals * (1 - full))
        case .patience(let mean):
            // C. Palm, "Research on telephone traffic carried by full availability groups" (1946, in English 1957); O. Garnett,
            // A. Mandelbaum, M. Reiman, "Designing a Call Center with Impatient Customers", MSOM 4 (2002) 208-227.
            waits = states[servers...].reduce(0, +)
            meanWait = queueLength / system.arrivals
            abandoned = meanWait / mean
        case .limit(let limit):
            // F. Baccelli, G. Hebuterne, "On queues with impatient customers" (1981): the density of the wait that a patient
            // customer would have is as below, with patience in place of the limit.
            waits = density(upTo: limit) + density(at: limit) / system.capacity
            abandoned = density(at: limit) / system.capacity
            meanWait = integral(to: limit) { $0 * density(at: $0) } + limit * abandoned
        }
    }

    /// How many wait, on average over time.
    public var queueLength: Double {
        switch system.rule {
        case .places, .patience:
            states[system.servers...].enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
        case .everyone, .limit: system.arrivals * meanWait
        }
    }

    /// The share of the servers that are busy.
    public var utilisation: Double { system.offered * (1 - lost) * (1 - abandoned) / Double(system.servers) }

    /// Of those who were let in, those who are served after at most so many seconds.
    public func served(within time: Double) -> Double {
        switch system.rule {
        case .everyone:
            return 1
                - Erlang.waitsLonger(
                    than: time, servers: system.servers, offered: system.offered, service: system.service)
        case .places:
            // Who finds n in the system waits for n - c + 1 departures: a sum of exponential times, whose tail is a
            // Poisson sum.
            var longer = 0.0
            var tail = 0.0
            var term = exp(-system.capacity * time)
            for (ahead, probability) in states[system.servers...].dropLast().enumerated() {
                tail += term
                term *= system.capacity * time / Double(ahead + 1)
                longer += probability * tail
            }
            return 1 - longer / (1 - lost)
        case .patience(let mean):
            return 1 - waits + integral(to: time) { density(at: $0) * exp(-$0 / mean) }
        case .limit(let limit):
            return 1 - waits + density(upTo: min(time, limit))
        }
    }

    /// The density of the wait, above zero, that somebody who never gives up would have (Baccelli and Hebuterne 1981):
    /// λ p(c - 1) exp(λ H(x) - c μ x), H being the integral of the share who are still patient.
    private func density(at wait: Double) -> Double {
        let patient =
            switch system.rule {
            case .everyone, .places: wait
            case .patience(let mean): mean * (1 - exp(-wait / mean))
            case .limit(let limit): min(wait, limit)
            }
        return system.arrivals * states[system.servers - 1]
            * exp(system.arrivals * patient - system.capacity * wait)
    }

    private func density(upTo wait: Double) -> Double { integral(to: wait) { density(at: $0) } }

    /// Simpson's rule.
    private func integral(to end: Double, _ body: (Double) -> Double) -> Double {
        let steps = 2000
        let width = end / Double(steps)
        var sum = body(0) + body(end)
        for step in 1..<steps { sum += body(Double(step) * width) * (step % 2 == 1 ? 4 : 2) }
        return sum * width / 3
    }

    /// The steady state of the birth and death process: for `.everyone` and `.limit` only the states in which nobody waits, whose
    /// sum is less than 1.
    private static func states(of system: QueueSystem) -> [Double] {
        var weights = [1.0]
        for busy in 1...system.servers { weights.append(weights[busy - 1] * system.offered / Double(busy)) }
        switch system.rule {
        case .places(let places):
            for _ in 0..<places { weights.append(weights[weights.count - 1] * system.arrivals / system.capacity) }
        case .patience(let mean):
            while weights[weights.count - 1] > weights[system.servers] * 1e-18 {
                let waiting = Double(weights.count - system.servers)
                weights.append(weights[weights.count - 1] * system.arrivals / (system.capacity + waiting / mean))
            }
        case .everyone:
            weights.removeLast()
            let wait = weights[system.servers - 1] * system.arrivals / (system.capacity - system.arrivals)
            return weights.map { $0 / (weights.reduce(0, +) + wait) }
        case .limit(let limit):
            weights.removeLast()
            // The mass of the density below, from 0 to the limit and from there on.
            let drift = system.arrivals - system.capacity
            let within = drift == 0 ? limit : (exp(drift * limit) - 1) / drift
            let last = weights[system.servers - 1] * system.arrivals
            let wait = last * (within + exp(drift * limit) / system.capacity)
            return weights.map { $0 / (weights.reduce(0, +) + wait) }
        }
        return weights.map { $0 / weights.reduce(0, +) }
    }
}
