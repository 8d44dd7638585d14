import SwitchboardEngine
import SwitchboardStorage
import SwitchboardWire

/// How a server is set up: defaults, then the configuration file, then the command line.
public struct Configuration: Sendable {
    public enum Clock: String, Sendable, CaseIterable { case system, manual }

    public var bind = "127.0.0.1"
    public var port: UInt16 = 7411
    public var data = "snapshots"
    public var shards = 4
    /// Event loops. The first is the commit lane too.
    public var loops = 1
    public var fsync = FsyncPolicy.always
    /// Bytes of one journal file.
    public var segmentBytes = JournalOptions().segmentBytes
    /// Seconds between snapshots; 0: only on demand and at the end.
    public var snapshotEverySeconds = 300
    /// Bytes of journal after a snapshot that ask for the next one; 0: none do.
    public var snapshotEveryBytes = 1 << 30
    /// Bytes of all journal files. Past them snapshots are written and the oldest ones go early.
    public var journalMaxBytes = 8 << 30
    public var clock = Clock.system
    /// Seconds between checks of the whole state; 0: only `VERIFY` makes one. With a manual clock none is made by itself.
    public var selfCheckSeconds = 3600
    /// `nil`: as many as the limit of open files allows.
    public var maxConnections: Int?
    public var maxUnsentBytes = 64 << 20
    /// How long a connection may wait for the disk before it is closed.
    public var stallLimitSeconds = 30
    public var limits = WireLimits()
    /// Requests with an id of their own (`rid=`) that are remembered at most.
    public var maxRequests = EngineOptions().mostRequests

    public init() {}
}

/// What is wrong with an option or a configuration file: one line for the terminal.
public struct ConfigurationError: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }
}
