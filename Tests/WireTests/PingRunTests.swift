import Testing

@testable import SwitchboardWire

@Suite struct PingRunTests {
    private func first(of text: String) -> (count: Int, bytes: Int) {
        Array(text.utf8).withUnsafeBytes { PingRun.first(of: $0) }
    }

    @Test(arguments: [
        ("", 0, 0), ("PING\r\n", 1, 6), ("PING\r\nPING\r\nPING\r", 2, 12), ("PING\r\nPING x\r\n", 1, 6),
        ("*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPING\r\n*2\r\n", 2, 28), ("PING\r\n*1\r\n$4\r\nPING\r\n", 1, 6),
    ])
    func `whole PINGs of one spelling are counted`(text: String, count: Int, bytes: Int) {
        #expect(first(of: text) == (count, bytes))
    }

    @Test(arguments: [
        "ping\r\n", "PING\n", " PING\r\n", "PING \r\n", "PINGX\r\n", "\"PING\"\r\n", "*1\r\n$4\r\nping\r\n",
    ])
    func `what is not one of the spellings byte by byte is a request like others`(text: String) {
        #expect(first(of: text) == (0, 0))
    }
}
