/// A value for replies that are not hot. The keys of an object keep the order in which they were written.
public enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case time(Timestamp)
    case span(TimeSpan)
    case array([JSON])
    case object([(String, JSON)])
}
