import Glibc

/// One TCP connection to the server and the bytes that have come in and not been taken.
///
/// While it sends it also receives: a server that answers faster than we ask never has to wait for us, and so
/// never stops reading.
final class ClientSocket {
    private let descriptor: Int32
    private let timeoutMilliseconds: Int32
    private var incoming: [UInt8] = []
    /// Where in `incoming` the bytes not taken begin.
    private var taken = 0
    /// Up to where no line feed has been found.
    private var searched = 0
    private var chunk = [UInt8](repeating: 0, count: 64 * 1024)

    /// A line or text longer than this is taken for a stream that is not ours.
    private static let longest = 64 * 1024 * 1024

    init(host: String, port: UInt16, timeoutMilliseconds: Int32) throws(ClientError) {
        descriptor = try ClientSocket.connect(host: host, port: port)
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    deinit { close(descriptor) }

    /// The next line without its end; `nil` while it has not come in as a whole.
    func takeLine() throws(ClientError) -> [UInt8]? {
        let found = incoming.withUnsafeBytes { bytes -> Int? in
            guard searched < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + searched, 10, bytes.count - searched)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
        guard let found else {
            searched = incoming.count
            try checkLength(incoming.count - taken)
            return nil
        }
        let end = found > taken && incoming[found - 1] == 13 ? found - 1 : found
        let line = Array(incoming[taken..<end])
        taken = found + 1
        searched = taken
        return line
    }

    /// The next `count` bytes, which a line end must follow; `nil` while they have not all come in.
    func takeBytes(count: Int) throws(ClientError) -> [UInt8]? {
        try checkLength(count)
        guard incoming.count - taken >= count + 2 else { return nil }
        let bytes = Array(incoming[taken..<taken + count])
        taken += count + 2
        searched = taken
        return bytes
    }

    func send(_ bytes: [UInt8]) throws(ClientError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.send(
                    descriptor, bytes.baseAddress! + sent, bytes.count - sent,
                    Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                if try wait(for: POLLIN | POLLOUT) & ~POLLOUT != 0 { try receive() }
            } else if errno != EINTR {
                throw ClientError(.connection, "cannot send to the server: \(errorText(errno))")
            }
        }
    }

    /// Waits until more has come in. Throws when the connection ends or nothing comes for the time-out.
    func waitForMore() throws(ClientError) {
        if taken > 0 {
            incoming.removeFirst(taken)
            searched -= taken
            taken = 0
        }
        _ = try wait(for: POLLIN)
        try receive()
    }

    private func checkLength(_ count: Int) throws(ClientError) {
        guard count <= ClientSocket.longest else {
            throw ClientError(.reply, "a reply is longer than \(ClientSocket.longest) bytes")
        }
    }

    /// Waits until the socket can do one of `events`, or is broken; returns what it can do.
    private func wait(for events: Int32) throws(ClientError) -> Int32 {
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            let count = poll(&entry, 1, timeoutMilliseconds)
            if count > 0 { return Int32(entry.revents) }
            if count == 0 {
                throw ClientError(.connection, "no answer from the server for \(timeoutMilliseconds / 1000) s")
            }
            guard errno == EINTR else { throw ClientError(.connection, "cannot wait: \(errorText(errno))") }
        }
    }

    private func receive() throws(ClientError) {
        let count = chunk.withUnsafeMutableBytes { bytes in
            recv(descriptor, bytes.baseAddress!, bytes.count, Int32(MSG_DONTWAIT))
        }
        if count > 0 {
            incoming.append(contentsOf: chunk[0..<count])
        } else if count == 0 {
            throw ClientError(.connection, "the server closed the connection")
        } else if errno != EAGAIN, errno != EWOULDBLOCK, errno != EINTR {
            throw ClientError(.connection, "cannot receive from the server: \(errorText(errno))")
        }
    }

    private static func connect(host: String, port: UInt16) throws(ClientError) -> Int32 {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var addresses: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &addresses)
        guard code == 0 else {
            throw ClientError(.connection, "cannot find \(host): \(String(cString: gai_strerror(code)))")
        }
        defer { freeaddrinfo(addresses) }
        var reason = ECONNREFUSED
        var next = addresses
        while let address = next?.pointee {
            next = address.ai_next
            let descriptor = socket(
                address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), address.ai_protocol)
            if descriptor >= 0, Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 {
                // Without this a short request waits for the acknowledgement of the one before it.
                var on: Int32 = 1
                setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
                return descriptor
            }
            reason = errno
            if descriptor >= 0 { close(descriptor) }
        }
        throw ClientError(.connection, "cannot connect to \(host):\(port): \(errorText(reason))")
    }
}

/// What the system calls an error number.
func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }
