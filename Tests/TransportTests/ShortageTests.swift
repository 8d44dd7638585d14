import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

@Suite struct ShortageTests {
    /// In a process of its own, because it takes every file descriptor there is.
    @Test func `without a free descriptor the listener waits without spinning, and then goes on`() async {
        await #expect(processExitsWith: .success) {
            let server = try TestServer()
            var limit = rlimit(rlim_cur: 128, rlim_max: 128)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            var taken: [Int32] = []
            while true {
                let file = open("/dev/null", O_RDONLY)
                if file < 0 { break }
                taken.append(file)
            }
            // The last descriptor goes to the client; the server has none to accept it with.
            close(taken.removeLast())
            let client = try server.connect()
            try client.write("hello")
            let loop = server.loop
            #expect(eventually { (try? loop.perform { server.listener.isStarved }) ?? false })
            let cpu = clock()
            let start = SystemClock.monotonicNanoseconds()
            for file in taken { close(file) }
            #expect(try client.readText(5) == "hello")
            let spent = UInt64(clock() - cpu) * 1_000
            #expect(spent < (SystemClock.monotonicNanoseconds() - start) / 2, "the loop spins")
            server.stop()
        }
    }
}
