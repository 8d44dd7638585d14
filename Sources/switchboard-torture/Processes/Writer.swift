import Glibc
import SwitchboardClient
import SwitchboardPlatform
import SwitchboardTestKit
import Synchronization

/// One connection that writes until its server is gone, and remembers what it was answered.
final class Writer: @unchecked Sendable {
    // @unchecked because `desk`, `serial` and `chance` are touched by the thread of `run` while it runs, and by the
    // owner before `start` and after `join` only.
    var desk: Desk
    private var serial = 0
    private var chance: SeededChance
    private let window: Int
    private var thread: Thread?
    private let isStopped = Atomic<Bool>(false)
    private let count = Atomic<Int>(0)
    private let refusals = Atomic<Int>(0)

    init(number: Int, isExact: Bool, window: Int, seed: UInt64) {
        desk = Desk(number: number, isExact: isExact)
        chance = SeededChance(seed: seed)
        self.window = window
    }

    /// Replies so far, refusals apart.
    var acknowledged: Int { count.load(ordering: .relaxed) }

    /// Requests that were refused because the disk cannot be written.
    var refusedForDisk: Int { refusals.load(ordering: .relaxed) }

    /// Connects, asks again for what is on the way, and goes on.
    func start(port: UInt16) {
        isStopped.store(false, ordering: .relaxed)
        thread = Thread(name: "writer-\(desk.number)") { [self] in run(port: port) }
    }

    /// Lets what is on the way be answered, then ends.
    func stop() { isStopped.store(true, ordering: .relaxed) }

    /// Waits until the connection is gone or the writer was stopped.
    func join() {
        thread?.join()
        thread = nil
    }

    private func run(port: UInt16) {
        // Whatever ends the connection: what was not answered stays on the way, and the check says what became of it.
        do throws(ClientError) {
            let client = try LineClient(host: "127.0.0.1", port: port)
            for request in desk.onTheWay { try client.send(request.words) }
            while true {
                while desk.onTheWay.count < window, !isStopped.load(ordering: .relaxed) {
                    try client.send(desk.next(serial: &serial, &chance))
                }
                guard !desk.onTheWay.isEmpty else { return }
                take(try client.receive())
            }
        } catch {
            guard error.kind == .reply else { return }
            desk.surprise("\(error)")
        }
    }

    private func take(_ reply: Reply) {
        if desk.take(reply) {
            count.add(1, ordering: .relaxed)
        } else if case .refusal(let message) = reply, message.hasPrefix("MISCONF") {
            refusals.add(1, ordering: .relaxed)
            // Nobody is helped by thousands of refusals a second.
            usleep(1000)
        }
    }
}
