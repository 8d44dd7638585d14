import Glibc

/// How many files and sockets this process may hold open.
public enum FileLimit {
    /// Raises the soft limit to the hard one. Returns both as they then are; a refusal leaves them unchanged.
    public static func raise() -> (soft: Int, hard: Int) {
        var limit = read()
        if limit.rlim_cur < limit.rlim_max {
            var wanted = limit
            wanted.rlim_cur = limit.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &wanted) == 0 { limit = wanted }
        }
        return (clamped(limit.rlim_cur), clamped(limit.rlim_max))
    }

    /// The soft limit now.
    public static var soft: Int { clamped(read().rlim_cur) }

    private static func read() -> rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit
    }

    private static func clamped(_ value: rlim_t) -> Int { Int(min(value, rlim_t(Int32.max))) }
}
