import SwitchboardPlatform

/// How much long work goes on beside the journal's thread, and so whether that thread takes a core when it is woken.
///
/// Mostly it waits for a free one: woken some 3,000 times a second, it would push aside the loop that feeds it. But then it
/// would wait for the turns of long work too, and every reply with it.
final class LongWork: @unchecked Sendable {
    // @unchecked because `count` is touched only with `lock` held.
    private let lock = Lock()
    private let thread: Thread
    private var count = 0

    /// Of a thread that has the priority `batch`.
    init(beside thread: Thread) { self.thread = thread }

    func begin() {
        lock.withLock {
            count += 1
            thread.takesCore(true)
        }
    }

    func end() {
        lock.withLock {
            count -= 1
            if count == 0 { thread.takesCore(false) }
        }
    }
}
