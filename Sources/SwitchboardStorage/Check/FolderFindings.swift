import SwitchboardModel

/// What a check found in a data folder, file by file.
public struct FolderFindings: Sendable {
    /// How a file is.
    public enum Condition: Equatable, Sendable {
        case good
        /// The last write was torn by a crash: `bytes` from `offset` on are cut by the next start. No damage.
        case torn(what: String, offset: Int, bytes: Int)
        /// Not what was written, from `offset` on.
        case damaged(what: String, offset: Int)
        /// Written by a newer program: nobody can say more.
        case newer(String)

        /// Whether something is wrong with it.
        public var isBad: Bool {
            switch self {
            case .good, .torn: false
            case .damaged, .newer: true
            }
        }
    }

    public struct Snapshot: Sendable {
        public var name: String
        public var record: LogSequenceNumber
        /// Real time of its making, milliseconds since 1970; nil where the header is damaged.
        public var createdMilliseconds: Int64?
        public var bytes: Int
        public var sections = 0
        public var condition = Condition.good
    }

    public struct Segment: Sendable {
        public var name: String
        public var first: LogSequenceNumber
        /// Whole records in a row from the first on, those left out that the next file has again.
        public var records = 0
        public var bytes: Int
        /// Service time of the first and the last of them.
        public var oldest: Timestamp?
        public var newest: Timestamp?
        public var condition = Condition.good

        public var last: LogSequenceNumber { LogSequenceNumber(first.rawValue + UInt64(records) - 1) }
    }

    /// The state that a server would have.
    public struct State: Sendable {
        public var last: LogSequenceNumber
        public var snapshot: LogSequenceNumber?
        public var recordsReplayed: Int
        public var departments: Int
        public var agents: Int
        public var tickets: Int
        public var timers: Int
        public var skips: Int
        public var verification: Verification
    }

    public var snapshots: [Snapshot] = []
    public var segments: [Segment] = []
    /// Records that are in no file, and what else is wrong with no file of its own; one line each.
    public var gaps: [String] = []
    /// The first record of a segment that was the newest and is gone.
    public var missingNewest: LogSequenceNumber?
    /// Nil when nothing can be recovered.
    public var state: State?

    /// Whether a server would start, every file is whole and the state agrees with itself.
    public var isSound: Bool {
        gaps.isEmpty && !snapshots.contains { $0.condition.isBad } && !segments.contains { $0.condition.isBad }
            && state?.verification.isOK ?? false
    }

    /// Whether some file is a newer program's, which alone can repair it.
    public var isNewer: Bool {
        func isNewer(_ condition: Condition) -> Bool {
            if case .newer = condition { return true }
            return false
        }
        return snapshots.contains { isNewer($0.condition) } || segments.contains { isNewer($0.condition) }
    }
}

extension FolderFindings.Condition {
    /// The condition that an error tells of; nil for one that is the disk's and not the file's.
    init?(_ error: StorageError, offset: Int) {
        switch error.code {
        case .damaged, .gap, .noGoodSnapshot: self = .damaged(what: error.message, offset: offset)
        case .newerFormat: self = .newer(error.message)
        default: return nil
        }
    }
}
