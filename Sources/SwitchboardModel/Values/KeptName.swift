/// An identifier's bytes at a place where they stay for the life of the process: sixteen bytes that refer to them and that
/// nobody counts, so that a reply can name agents and departments on any thread at the price of copying an integer.
///
/// Nothing frees them. That is bounded by the agents and departments ever added, whose places in the tables are never
/// given up either.
public struct KeptName: @unchecked Sendable {
    // @unchecked because the memory is written before the name is handed out, and never after.
    private let start: UnsafeRawPointer?
    /// Bytes.
    public let count: Int

    /// The empty name.
    init() {
        start = nil
        count = 0
    }

    /// Copies `text` to where it stays.
    init(keeping text: String) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        memory.copyBytes(from: text.utf8)
        start = UnsafeRawPointer(memory.baseAddress)
        count = memory.count
    }

    /// Valid for ever.
    public var utf8: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    public var text: String { String(decoding: utf8, as: UTF8.self) }
}

/// Shown as its text and not as a place in memory.
extension KeptName: CustomStringConvertible, CustomReflectable {
    public var description: String { text }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
