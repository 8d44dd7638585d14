import Glibc

/// Why bytes could not be stored or read back. The one error of this target.
public struct StorageError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// The disk is full (ENOSPC, EDQUOT, EFBIG).
        case noSpace
        /// The file system or the folder may not be written (EROFS, EACCES, EPERM).
        case readOnly
        /// A file that should be there is not (ENOENT).
        case notFound
        /// Any other refusal of the operating system.
        case inputOutput
        /// Another process holds the data folder.
        case locked
        /// A folder with a history of its own has taken the data folder's place.
        case foreign
        /// More bytes wait for the disk than the named limit allows: try again later.
        case busy
        /// A record is longer than `Journal.maximumRecordBytes`.
        case tooLarge
        /// The journal was closed.
        case closed
        /// A file's bytes are not what was written; the message names file and offset.
        case damaged
        /// A file, or a record in it, was written by a newer program.
        case newerFormat
        /// Records that must exist are in no file.
        case gap
        /// Snapshots exist and none of them is good.
        case noGoodSnapshot

        /// Whether files are not what they were.
        var isDamage: Bool { self == .damaged || self == .gap || self == .noGoodSnapshot }
    }

    public let code: Code
    /// One line for a log or a reply, without a line break; names the file where there is one.
    public let message: String
    /// The operating system's number, 0 where it had no part.
    public let errno: Int32

    public init(_ code: Code, _ message: String, errno: Int32 = 0) {
        self.code = code
        self.message = message
        self.errno = errno
    }

    /// The error for a failed call: `operation` on `path`, refused with `errno`.
    public init(errno: Int32, _ operation: String, _ path: String) {
        let code: Code =
            switch errno {
            case ENOSPC, EDQUOT, EFBIG: .noSpace
            case EROFS, EACCES, EPERM: .readOnly
            case ENOENT: .notFound
            default: .inputOutput
            }
        self.init(code, "cannot \(operation) \(path): \(String(cString: strerror(errno)))", errno: errno)
    }

    /// A damaged file: what is wrong, in which file, at which offset in bytes.
    static func damaged(_ what: String, _ path: String, at offset: Int) -> StorageError {
        StorageError(.damaged, "\(path) is damaged at offset \(offset): \(what)")
    }

    /// A file of a format that came after this program.
    static func newerFormat(_ version: UInt32, _ path: String) -> StorageError {
        StorageError(.newerFormat, "\(path): format version \(version) is not known to this program")
    }

    public var description: String { message }
}
