import Glibc
import SwitchboardClient

/// The built server in a process of its own, and one connection to it. Everything goes with the last reference.
final class Example {
    private let folder: TemporaryFolder
    private let process: ServerProcess
    private let descriptor: Int32

    struct Failure: Error { let what: String }

    /// Beside the program that runs these tests.
    private static let executable: String = {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        let program = String(decoding: path.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folder = program.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return folder.joined(separator: "/") + "/switchboard"
    }()

    /// Starts a server with an empty folder on a free port.
    init(_ options: String...) throws {
        folder = try TemporaryFolder(name: "switchboard-example")
        process = try ServerProcess(
            executable: Self.executable,
            arguments: ["serve", "--port", "0", "--data", "\(folder.path)/data"] + options,
            logPath: "\(folder.path)/log")
        let port = try process.waitUntilReady()
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard result == 0 else { throw Failure(what: "cannot connect") }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
        process.kill()
        folder.remove()
    }

    /// Sends `requests`, one a line, and returns all bytes until the server closes the connection, which the last
    /// request must bring about.
    func answers(to requests: [String]) throws -> String {
        let text = Array(requests.map { $0 + "\n" }.joined().utf8)
        guard send(descriptor, text, text.count, Int32(MSG_NOSIGNAL)) == text.count else {
            throw Failure(what: "cannot send")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count >= 0 else { throw Failure(what: "no answer in time") }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
