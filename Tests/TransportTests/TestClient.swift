import Glibc
import SwitchboardPlatform
import Testing

/// A blocking TCP client. No call waits longer than ten seconds.
final class TestClient: @unchecked Sendable {
    // @unchecked because a test uses one client from one thread at a time.
    private var descriptor: Int32

    /// Connects to `port` of 127.0.0.1. `receiveBufferBytes` makes a slow reader.
    init(port: UInt16, receiveBufferBytes: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        if let receiveBufferBytes { set(SO_RCVBUF, receiveBufferBytes) }
        set(SO_RCVTIMEO, timeval(tv_sec: 10, tv_usec: 0))
        set(SO_SNDTIMEO, timeval(tv_sec: 10, tv_usec: 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(code == 0, "connect failed with \(errno)")
    }

    deinit { close() }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            try #require(length > 0, "send failed with \(errno)")
            rest = rest.dropFirst(length)
        }
    }

    /// Exactly `count` bytes.
    func read(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try readSome(upTo: count - bytes.count)
            try #require(!more.isEmpty, "the server closed after \(bytes.count) of \(count) bytes")
            bytes += more
        }
        return bytes
    }

    func readText(_ count: Int) throws -> String { String(decoding: try read(count), as: UTF8.self) }

    /// All that comes before the server's end.
    func readToEnd() throws -> String {
        var bytes: [UInt8] = []
        while true {
            let more = try readSome(upTo: 64 * 1024)
            if more.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            bytes += more
        }
    }

    /// Whether the server has ended the connection, politely or not; reads and drops what comes before that.
    func seesEnd() -> Bool {
        var byte = [UInt8](repeating: 0, count: 4096)
        while true {
            let length = recv(descriptor, &byte, byte.count, 0)
            if length == 0 { return true }
            if length < 0 { return errno == ECONNRESET }
        }
    }

    /// Whether nothing has come by now.
    func hasNothingToRead() -> Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0 && errno == EAGAIN
    }

    func shutDownWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends the connection with a reset.
    func reset() {
        set(SO_LINGER, linger(l_onoff: 1, l_linger: 0))
        close()
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    private func readSome(upTo count: Int) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let length = recv(descriptor, buffer.baseAddress, count, 0)
            if length < 0 { failure = errno }
            initialized = max(length, 0)
        }
        try #require(failure == 0, "recv failed with \(failure)")
        return bytes
    }

    private func set<Value: BitwiseCopyable>(_ option: Int32, _ value: Value) {
        var value = value
        setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Value>.size))
    }
}
