/// When a server is killed.
enum Aim: String, CaseIterable {
    /// At any moment of the load.
    case load
    /// While a snapshot is being written.
    case snapshot
    /// While the journal goes on in another file.
    case segment
    /// While it recovers, once or several times.
    case recovery
    /// While it ends cleanly.
    case ending
    /// In the first moments after a start.
    case start
}
