import CLinux
import Glibc
import SwitchboardPlatform

/// A closed loop: each reply is replaced by a new request at once, the replies of one read by one write.
struct PingLoad {
    private static let requestBytes = 6
    private static let replyBytes = 7
    /// Latencies are counted in buckets a sixteenth apart.
    private static let bucketsPerOctave = 16

    private struct Peer {
        let descriptor: Int32
        var partial = 0
        /// When the oldest requests in flight were sent, and how many went with them; a ring.
        var sentAt: [(nanoseconds: UInt64, count: Int)] = []
    }

    private let depth: Int
    private let poll = epoll_create1(0)
    private var peers: [Peer] = []
    private let requests: [UInt8]
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    private var histogram = [Int](repeating: 0, count: 64 * bucketsPerOctave)
    private(set) var replies = 0
    private var elapsed: UInt64 = 0

    init(port: Int, connections: Int, depth: Int) {
        self.depth = depth
        requests = Array(repeatElement("PING\r\n".utf8, count: depth).joined())
        for index in 0..<connections {
            let peer = Peer(descriptor: connectTo(port: port))
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: UInt64(index)))
            epoll_ctl(poll, EPOLL_CTL_ADD, peer.descriptor, &event)
            peers.append(peer)
        }
        let now = SystemClock.monotonicNanoseconds()
        for index in peers.indices { send(depth, on: index, at: now) }
    }

    var rate: Int { Int(Double(replies) / (Double(elapsed) / 1e9)) }

    mutating func reset() {
        replies = 0
        histogram = [Int](repeating: 0, count: histogram.count)
    }

    mutating func run(milliseconds: Int) {
        let start = SystemClock.monotonicNanoseconds()
        let end = start + UInt64(milliseconds) * 1_000_000
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        var now = start
        while now < end {
            let count = epoll_wait(poll, &events, 256, 1_000)
            precondition(count > 0, "the server stalls")
            now = SystemClock.monotonicNanoseconds()
            for event in events[..<Int(count)] { receive(on: Int(event.data.u64), at: now) }
        }
        elapsed = now - start
    }

    /// Microseconds within which `percent` of the replies came.
    func percentile(_ percent: Int) -> Int {
        var rest = histogram.reduce(0, +) * percent / 100
        for (bucket, count) in histogram.enumerated() {
            rest -= count
            if rest <= 0 { return Int(exp2(Double(bucket) / Double(Self.bucketsPerOctave)) / 1000) }
        }
        return 0
    }

    private mutating func receive(on index: Int, at now: UInt64) {
        let length = recv(peers[index].descriptor, &buffer, buffer.count, 0)
        precondition(length > 0, "the server closed a connection")
        let total = peers[index].partial + length
        let count = total / Self.replyBytes
        peers[index].partial = total % Self.replyBytes
        guard count > 0 else { return }
        replies += count
        note(count, of: index, at: now)
        send(count, on: index, at: now)
    }

    private mutating func note(_ count: Int, of index: Int, at now: UInt64) {
        var rest = count
        while rest > 0 {
            let oldest = peers[index].sentAt[0]
            let taken = min(rest, oldest.count)
            let bucket = Int(log2(Double(max(now - oldest.nanoseconds, 1))) * Double(Self.bucketsPerOctave))
            histogram[min(bucket, histogram.count - 1)] += taken
            rest -= taken
            if taken == oldest.count {
                peers[index].sentAt.removeFirst()
            } else {
                peers[index].sentAt[0].count -= taken
            }
        }
    }

    private mutating func send(_ count: Int, on index: Int, at now: UInt64) {
        peers[index].sentAt.append((now, count))
        let bytes = count * Self.requestBytes
        let sent = requests.withUnsafeBytes { Glibc.send(peers[index].descriptor, $0.baseAddress, bytes, 0) }
        precondition(sent == bytes, "a short send")
    }
}
