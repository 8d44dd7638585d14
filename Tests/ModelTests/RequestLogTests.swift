import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct RequestLogTests {
    private static let day: Int64 = 86_400_000

    private func request(_ id: String, _ ticket: UInt64 = 1, document: Int = 0) -> RequestRemembered {
        var request = RequestRemembered()
        request.id = id
        request.words = WordsHash(high: ticket, low: 7)
        request.reply.kind = document > 0 ? .document : .ticket
        request.reply.ticket = TicketID(ticket)
        request.reply.document = [UInt8](repeating: 1, count: document)
        return request
    }

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    @Test func `one is found from its time on until it is 24 hours old`() {
        var log = RequestLog()
        log.append(request("a"), at: at(5), record: LogSequenceNumber(9))
        for now in [5, 6, 4 + Self.day] {
            #expect(log.find("a", at: at(now))?.record == LogSequenceNumber(9))
            #expect(log.find("b", at: at(now)) == nil)
        }
        #expect(log.find("a", at: at(5 + Self.day)) == nil)
        // Nothing is taken out before its time.
        log.forget(at: at(4 + Self.day))
        #expect(log.count == 1)
        log.forget(at: at(5 + Self.day))
        #expect(log.count == 0)
        #expect(log.find("a", at: at(5)) == nil)
    }

    @Test(arguments: [.max, 3, 0] as [UInt64], 0..<3)
    func `random requests are found as in a naive list, ids that share a hash too`(_ mask: UInt64, _ seed: UInt64) {
        var chance = SeededChance(seed: seed)
        var log = RequestLog(hashMask: mask)
        var naive: [RememberedRequest] = []
        var now = at(0)
        func expected(_ id: String) -> RememberedRequest? {
            naive.last { $0.request.id == id && now.milliseconds < $0.time.milliseconds + Self.day }
        }
        for step in 1...1500 {
            now = now + TimeSpan(milliseconds: Int64.random(in: 0...Self.day / 100, using: &chance))
            if chance.next() % 300 == 0 { now = now + TimeSpan(milliseconds: Self.day) }
            let id = "id-\(Int.random(in: 0..<150, using: &chance))"
            #expect(log.find(id, at: now) == expected(id))
            if expected(id) == nil {
                let record = LogSequenceNumber(UInt64(step))
                log.append(request(id, UInt64(step)), at: now, record: record)
                naive.append(RememberedRequest(request: request(id, UInt64(step)), time: now, record: record))
            }
            let before = log.count
            log.forget(at: now)
            #expect(before - log.count <= RequestLog.mostForgottenAtOnce)
            #expect(Array(log.all) == Array(naive.suffix(log.count)))
            let live = naive.count { now.milliseconds < $0.time.milliseconds + Self.day }
            #expect(log.count >= live)
            for limit in [live - 1, live, live + 1] where limit >= 0 {
                #expect(log.isFull(most: limit, at: now) == (live >= limit), "\(live) of \(limit)")
            }
        }
    }

    @Test func `a million too old ones are taken out a few at a time, and do not count`() {
        var log = RequestLog()
        let many = 20_000
        for number in 0..<many { log.append(request("\(number)"), at: at(0), record: LogSequenceNumber(1)) }
        #expect(log.isFull(most: many, at: at(Self.day - 1)))
        #expect(!log.isFull(most: many + 1, at: at(Self.day - 1)))
        #expect(!log.isFull(most: 1, at: at(Self.day)))
        for round in 1...(many / RequestLog.mostForgottenAtOnce) {
            log.forget(at: at(Self.day))
            #expect(log.count == many - round * RequestLog.mostForgottenAtOnce)
        }
        #expect(!log.isFull(most: 1, at: at(0)))
        log.append(request("again"), at: at(Self.day), record: LogSequenceNumber(2))
        #expect(Array(log.all).map(\.request.id) == ["again"])
        #expect(log.find("again", at: at(Self.day)) != nil)
    }

    @Test func `long documents count for as many as their bytes are`() {
        var log = RequestLog()
        log.append(request("a", document: 10 * RequestLog.bytesOfOne), at: at(0), record: LogSequenceNumber(1))
        #expect(log.isFull(most: 10, at: at(1)))
        #expect(!log.isFull(most: 11, at: at(1)))
        log.append(request("b"), at: at(Self.day), record: LogSequenceNumber(2))
        #expect(!log.isFull(most: 10, at: at(Self.day)))
        #expect(log.isFull(most: 1, at: at(Self.day)))
    }

    @Test func `a copy stays as it was, over many pages`() {
        var log = RequestLog()
        for number in 0..<3000 { log.append(request("\(number)"), at: at(0), record: LogSequenceNumber(1)) }
        let copy = log
        for number in 0..<3000 {
            log.append(request("more-\(number)"), at: at(1), record: LogSequenceNumber(2))
            log.forget(at: at(Self.day))
        }
        #expect(Array(copy.all).map(\.request.id) == (0..<3000).map { "\($0)" })
        for number in 0..<3000 { #expect(copy.find("\(number)", at: at(1)) != nil) }
        #expect(Array(log.all).map(\.request.id) == (0..<3000).map { "more-\($0)" })
    }
}
