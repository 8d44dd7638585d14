import CLinux
import Glibc

/// An IPv4 or IPv6 address with a port.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    var family: Int32 { Int32(storage.ss_family) }

    /// `host` is a literal address or "localhost", which is 127.0.0.1. Names are not looked up: that may block.
    init(host: String, port: UInt16) throws(TransportError) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            store(four)
        } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            store(six)
        } else {
            throw TransportError("'\(host)' is not an IPv4 or IPv6 address")
        }
    }

    /// The address that `body` fills in, as `accept`, `getsockname` and the like do; nil when it returns false.
    init?(filledBy body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Bool) {
        let filled = withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
        guard filled else { return nil }
    }

    /// Calls `body` with the form the system calls take.
    func withSystem<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    var port: UInt16 {
        family == AF_INET
            ? UInt16(bigEndian: load(sockaddr_in.self).sin_port) : UInt16(bigEndian: load(sockaddr_in6.self).sin6_port)
    }

    /// "127.0.0.1:5123" or "[::1]:5123".
    var text: String {
        var characters = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if family == AF_INET {
            var address = load(sockaddr_in.self).sin_addr
            inet_ntop(AF_INET, &address, &characters, socklen_t(characters.count))
        } else {
            var address = load(sockaddr_in6.self).sin6_addr
            inet_ntop(AF_INET6, &address, &characters, socklen_t(characters.count))
        }
        let end = characters.firstIndex(of: 0) ?? characters.count
        let host = String(decoding: characters[..<end].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return family == AF_INET ? "\(host):\(port)" : "[\(host)]:\(port)"
    }

    private func load<Address>(_ type: Address.Type) -> Address {
        withUnsafeBytes(of: storage) { $0.load(as: type) }
    }

    private mutating func store<Address>(_ address: Address) {
        withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: Address.self) }
        length = socklen_t(MemoryLayout<Address>.size)
    }
}
