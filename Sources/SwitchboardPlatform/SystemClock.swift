import Glibc

/// Readings of the machine's clocks.
public enum SystemClock {
    /// Nanoseconds of the monotonic clock: for time-outs and measurements, never for a stored time.
    public static func monotonicNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }

    /// Milliseconds since 1970-01-01T00:00:00Z by the machine's calendar clock, which may jump.
    public static func wallMilliseconds() -> Int64 { Int64(nanoseconds(of: CLOCK_REALTIME) / 1_000_000) }

    /// Microseconds since 1970-01-01T00:00:00Z by the machine's calendar clock, which may jump.
    public static func wallMicroseconds() -> Int64 { Int64(nanoseconds(of: CLOCK_REALTIME) / 1000) }

    /// Nanoseconds for which the calling thread has had a core.
    public static func threadNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) }

    /// Nanoseconds for which a living thread has had a core.
    static func nanoseconds(ofThread thread: pthread_t) -> UInt64 {
        var clock = clockid_t()
        let code = pthread_getcpuclockid(thread, &clock)
        precondition(code == 0, "pthread_getcpuclockid failed with \(code)")
        return nanoseconds(of: clock)
    }

    private static func nanoseconds(of clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
