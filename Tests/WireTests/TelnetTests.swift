import SwitchboardWire
import Testing

@Suite struct TelnetTests {
    private func line(_ pieces: [UInt8]...) -> [UInt8] { pieces.flatMap { $0 } }
    private let ping: [UInt8] = Array("PING".utf8)

    @Test(arguments: [251, 252, 253, 254] as [UInt8])
    func `option negotiation is dropped, whatever the option`(verb: UInt8) {
        for option: UInt8 in [0, 1, 10, 13, 34, 255] {
            #expect(
                Feed.parseSplit(line([255, verb, option], ping, [255, verb, option, 13, 10])) == [.inline("PING")])
        }
    }

    @Test func `two-byte commands and a doubled IAC are dropped`() {
        #expect(
            Feed.parseSplit(line([255, 241], [0x50, 255, 255], Array("ING".utf8), [255, 244, 10])) == [.inline("PING")])
    }

    @Test func `a subnegotiation is dropped with everything in it`() {
        let option: [UInt8] = [255, 250, 24, 0, 10, 34, 255, 255, 240, 255, 240]
        #expect(Feed.parseSplit(line(Array("PI".utf8), option, Array("NG\n".utf8))) == [.inline("PING")])
    }

    @Test func `a NUL after CR is dropped and any other is kept`() {
        #expect(Feed.parseSplit(Array("ECHO \"a\r\0b\0c\" d\r\0\r\n".utf8)) == [.inline("ECHO", "a\rb\0c", "d")])
    }

    @Test func `an IAC before no telnet command stays in the text`() {
        let parsed = Feed.parseSplit([0x61, 255, 0x62, 10, 255, 10])
        #expect(parsed == [.inline([[0x61, 255, 0x62]]), .inline([[255]])])
    }

    @Test func `a RESP array is left as it is`() {
        let value: [UInt8] = [255, 253, 1, 13, 0, 10]
        #expect(Feed.parseSplit(line(Array("*1\r\n$6\r\n".utf8), value, [13, 10])) == [.array([value])])
    }
}
