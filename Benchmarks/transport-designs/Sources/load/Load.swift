import CLinux
import Glibc
import SwitchboardPlatform

/// `load ping <port> <pid> <connections> <in flight> <milliseconds>` keeps that many PING lines in flight on each
/// connection and prints: requests a second, the server's CPU nanoseconds a request, p50 and p99 of a reply in µs.
/// `load idle <port> <pid> <connections>` opens connections, sends one PING on each, and prints the server's
/// memory in KiB before and after and the bytes a connection.
@main
struct Load {
    static func main() {
        let arguments = CommandLine.arguments
        let numbers = arguments.dropFirst(2).compactMap { Int($0) }
        if arguments.count == 7, arguments[1] == "ping", numbers.count == 5 {
            let pid = numbers[1]
            var load = PingLoad(port: numbers[0], connections: numbers[2], depth: numbers[3])
            load.run(milliseconds: numbers[4] / 4)
            load.reset()
            let cpu = processorNanoseconds(of: pid)
            load.run(milliseconds: numbers[4])
            let used = processorNanoseconds(of: pid) - cpu
            print(load.rate, used / max(load.replies, 1), load.percentile(50), load.percentile(99))
        } else if arguments.count == 5, arguments[1] == "idle", numbers.count == 3 {
            idle(port: numbers[0], pid: numbers[1], count: numbers[2])
        } else {
            print("usage: load ping PORT PID CONNECTIONS IN-FLIGHT MILLISECONDS | load idle PORT PID CONNECTIONS")
            exit(2)
        }
    }

    private static func idle(port: Int, pid: Int, count: Int) {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let first = connectTo(port: port)
        exchange(first)
        let before = residentKiB(of: pid)
        let all = (0..<count).map { _ in connectTo(port: port) }
        for descriptor in all { exchange(descriptor) }
        let after = residentKiB(of: pid)
        print(before, after, (after - before) * 1024 / count)
    }

    private static func exchange(_ descriptor: Int32) {
        var reply = [UInt8](repeating: 0, count: 7)
        guard send(descriptor, "PING\r\n", 6, Int32(MSG_NOSIGNAL)) == 6,
            recv(descriptor, &reply, 7, Int32(MSG_WAITALL)) == 7
        else { fatalError("no reply: \(errno)") }
    }
}

func connectTo(port: Int) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard code == 0 else { fatalError("cannot connect: \(errno)") }
    var on: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    return descriptor
}

/// The whole of a small file of /proc.
private func contents(_ path: String) -> String {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let length = read(file, &bytes, bytes.count)
    return String(decoding: bytes[..<max(length, 0)], as: UTF8.self)
}

func residentKiB(of pid: Int) -> Int {
    for line in contents("/proc/\(pid)/status").split(separator: "\n") where line.hasPrefix("VmRSS:") {
        return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }
    return 0
}

/// User and system time of all threads, from the scheduler's counters.
func processorNanoseconds(of pid: Int) -> Int {
    var total = 0
    guard let folder = opendir("/proc/\(pid)/task") else { return 0 }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        guard Int(name) != nil else { continue }
        total += Int(contents("/proc/\(pid)/task/\(name)/schedstat").split(separator: " ").first ?? "0") ?? 0
    }
    return total
}
