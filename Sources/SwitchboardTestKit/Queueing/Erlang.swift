import Glibc

/// The formulas of A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
/// telephone exchanges" (1917), for `servers` servers and `offered` erlangs.
public enum Erlang {
    /// The share of calls that are lost where nobody waits (B), by the recursion over the servers: R. B. Cooper,
    /// "Introduction to Queueing Theory", 2nd ed. 1981, section 3.3.
    public static func b(servers: Int, offered: Double) -> Double {
        var lost = 1.0
        for server in 1...max(servers, 1) { lost = offered * lost / (Double(server) + offered * lost) }
        return lost
    }

    /// The share of calls that wait where everyone does until it is their turn (C). `offered` below `servers`.
    public static func c(servers: Int, offered: Double) -> Double {
        let lost = b(servers: servers, offered: offered)
        return Double(servers) * lost / (Double(servers) - offered * (1 - lost))
    }

    /// The mean wait of all calls, in the unit of `service`, the mean service time (Cooper 1981, section 3.5).
    public static func meanWait(servers: Int, offered: Double, service: Double) -> Double {
        c(servers: servers, offered: offered) * service / (Double(servers) - offered)
    }

    /// The share of calls that wait for longer than `time`.
    public static func waitsLonger(than time: Double, servers: Int, offered: Double, service: Double) -> Double {
        c(servers: servers, offered: offered) * exp(-(Double(servers) - offered) * time / service)
    }
}
