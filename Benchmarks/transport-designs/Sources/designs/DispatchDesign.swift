import CLinux
import Dispatch
import Glibc

/// Designs (b): Dispatch read sources. Partial sends are not handled: the clients of this benchmark read.
enum DispatchDesign {
    /// A serial queue as the executor of an actor.
    private final class QueueExecutor: SerialExecutor {
        let queue = DispatchQueue(label: "all")

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
        }

        func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
    }

    /// The shard lives on the one queue that also serves every socket: entered without a hop.
    private actor QueueShard {
        nonisolated let executor: QueueExecutor
        private var pings = 0

        init(on executor: QueueExecutor) { self.executor = executor }

        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        func execute(_ batch: Int) -> Int {
            pings += batch
            return batch
        }
    }

    /// The shard on the global pool, which the connections' tasks share.
    private actor PoolShard {
        private var pings = 0

        func execute(_ batch: Int) -> Int {
            pings += batch
            return batch
        }
    }

    /// One serial queue for all sockets and the shard.
    static func serveOnOneQueue() -> UInt16 {
        let executor = QueueExecutor()
        let queue = executor.queue
        let shard = QueueShard(on: executor)
        return listen(on: queue) { descriptor in
            let socket = Socket(descriptor)
            socket.start(on: queue) { batch in
                let replies = shard.assumeIsolated { $0.execute(batch) }
                socket.answer(replies)
            }
        }
    }

    /// A serial queue for each socket, which hands its batches to the socket's task by a stream, so that they stay in
    /// order on their way to the shard.
    static func serveOnQueueEach() -> UInt16 {
        let shard = PoolShard()
        return listen(on: DispatchQueue(label: "accept")) { descriptor in
            let socket = Socket(descriptor)
            let (batches, sink) = AsyncStream.makeStream(of: Int.self)
            Task {
                for await batch in batches {
                    let replies = await shard.execute(batch)
                    socket.answer(replies)
                }
            }
            socket.start(on: DispatchQueue(label: "connection")) { sink.yield($0) }
        }
    }

    private static func listen(
        on queue: DispatchQueue, accepted: @escaping @Sendable (Int32) -> Void
    ) -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                let code = bind(descriptor, $0, length)
                guard code == 0, Glibc.listen(descriptor, 4096) == 0 else { fatalError("cannot listen: \(errno)") }
                getsockname(descriptor, $0, &length)
            }
            return UInt16(bigEndian: $0.pointee.sin_port)
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler {
            while true {
                let peer = accept4(descriptor, nil, nil, Int32(SOCK_NONBLOCK.rawValue))
                guard peer >= 0 else { return }
                var on: Int32 = 1
                setsockopt(peer, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
                accepted(peer)
            }
        }
        source.activate()
        // Kept for the life of the process.
        _ = Unmanaged.passRetained(source as AnyObject)
        return port
    }
}

/// One accepted socket with its read source. Lives until the peer closes.
private final class Socket: @unchecked Sendable {
    // @unchecked because input is used on the source's queue only, and output by one task or that queue.
    private static let readBytes = 64 * 1024
    private let descriptor: Int32
    private var input = [UInt8](repeating: 0, count: readBytes)
    private var leftover = 0
    private var output: [UInt8] = []
    private var source: (any DispatchSourceRead)?

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func start(on queue: DispatchQueue, batch: @escaping @Sendable (Int) -> Void) {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        self.source = source
        source.setEventHandler { [self] in
            if let count = read() {
                if count > 0 { batch(count) }
            } else {
                source.cancel()
            }
        }
        source.setCancelHandler { [self] in
            close(descriptor)
            self.source = nil
        }
        source.activate()
    }

    /// Whole lines read, or nil at the end.
    private func read() -> Int? {
        let length = input.withUnsafeMutableBytes {
            recv(descriptor, $0.baseAddress.map { $0 + leftover }, $0.count - leftover, 0)
        }
        guard length > 0 else { return length < 0 && errno == EAGAIN ? 0 : nil }
        let total = leftover + length
        let (count, end) = input.withUnsafeBytes { countLines(UnsafeRawBufferPointer(rebasing: $0[..<total])) }
        leftover = total - end
        if leftover > 0, end > 0 {
            input.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                memmove(base, base + end, leftover)
            }
        }
        return count
    }

    func answer(_ count: Int) {
        appendPongs(count, to: &output)
        _ = output.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        output.removeAll(keepingCapacity: true)
    }
}
