import CLinux
import Glibc
import SwitchboardPlatform

extension Listener {
    /// How many connections one turn accepts; the rest wait for the next.
    private static var acceptsPerTurn: Int { 128 }
    /// How many of them may be refusals: a peer may read its refusal, end and connect again all while this turn lasts,
    /// and the places of refused connections are given back only when the loop sees those ends.
    private static var refusalsPerTurn: Int { 16 }
    /// How much input of a peer is thrown away when it is cut off.
    private static var bytesPerCut: Int { 1 << 20 }
    /// How long to leave the backlog alone when the system has no descriptor left.
    private static var retryNanoseconds: UInt64 { 100_000_000 }

    var watchStamp: UInt32 { 0 }

    func watch() {
        guard !isClosed else { return }
        let code = loops[0].watch(descriptor, for: self, readiness: .read)
        if code != 0 { pause(because: code) }
    }

    func handle(_ readiness: Readiness) {
        var refusals = 0
        for _ in 0..<Self.acceptsPerTurn where refusals < Self.refusalsPerTurn {
            var accepted: Int32 = -1
            let peer = SocketAddress { address, length in
                accepted = accept4(descriptor, address, length, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
                return accepted >= 0
            }
            guard let peer else {
                switch errno {
                case EAGAIN: return
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pause(because: errno)
                // The connection died in the backlog, or a signal came: the next one may be fine.
                default: continue
                }
            }
            isStarved = false
            var on: Int32 = 1
            setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
            if !admit(accepted, peer: peer.text) { refusals += 1 }
        }
    }

    func loopEnds() {
        guard !isClosed else { return }
        isClosed = true
        retry.clear()
        loops[0].unwatch(descriptor)
        close(descriptor)
    }

    /// Whether there was a place for the connection; it was refused otherwise.
    private func admit(_ accepted: Int32, peer: String) -> Bool {
        guard let seat = seats.take() else {
            refuse(accepted, peer: peer)
            return false
        }
        let loop = loops[nextLoop]
        nextLoop = (nextLoop + 1) % loops.count
        loop.task { [serve, limits] in
            let connection = Connection(accepted, peer: peer, loop: loop, limits: limits, seat: seat)
            await serve(connection)
            connection.close(afterFlush: true)
        }
        return true
    }

    private func refuse(_ accepted: Int32, peer: String) {
        guard let seat = refusalSeats.take() else { return cutOff(accepted) }
        let connection = Connection(accepted, peer: peer, loop: loops[0], limits: limits, seat: seat)
        connection.send(refusal.utf8)
        connection.close(afterFlush: true)
    }

    /// Refuses without waiting for the peer's end: it is told, and what it has sent so far is thrown away, so that only
    /// what it sends from now on is answered with a reset.
    private func cutOff(_ accepted: Int32) {
        _ = Array(refusal.utf8).withUnsafeBytes { send(accepted, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        _ = recv(accepted, nil, Self.bytesPerCut, Int32(MSG_TRUNC))
        close(accepted)
    }

    /// Polls the backlog again in a while; asking at once would only spin.
    private func pause(because code: Int32) {
        // One line for a shortage, however many retries it lasts.
        if !isStarved {
            Log.warning("\(TransportError("cannot accept connections on \(address) for now", code: code))")
        }
        isStarved = true
        // Out of the poll only: the loop's table still keeps this listener alive.
        loops[0].poller.remove(descriptor)
        retry.set(atMonotonicNanoseconds: loops[0].turnNanoseconds + Self.retryNanoseconds)
    }
}
