/// What the server says it is.
public enum ServerVersion {
    public static let own = "0.1.0"
    /// The version of Redis whose protocol is spoken, for clients that look at it.
    static let redis = "7.0.0"
}
