import SwitchboardEngine
import SwitchboardModel
import SwitchboardTestKit
import Testing

/// Questions of many tickets on the lane, over several turns.
@Suite struct FindTests {
    private func desk(_ tickets: Int) throws -> EngineUnderTest {
        let engine = try EngineUnderTest()
        _ = try engine.execute(["DEPT ADD sales strategy=manual"])
        for number in 1...tickets {
            _ = try engine.execute([
                "TICKET OPEN channel=ticket dept=sales subject=word\(number) priority=\(number % 9 + 1)"
            ])
        }
        return engine
    }

    private func count(_ engine: EngineUnderTest, _ text: String) throws -> Int64? {
        let (balancer, expression) = (engine.engine.balancer, try Expression(parsing: text))
        guard case .integer(let count)? = engine.lane.run({ await balancer.find(.count(expression, by: nil))?.outcome })
        else { return nil }
        return count
    }

    @Test func `a question for which nobody waits is given up`() throws {
        let engine = try desk(3)
        defer { engine.close() }
        let (balancer, expression) = (engine.engine.balancer, try Expression(parsing: "id > 0"))
        let interest = FindInterest()
        interest.end()
        let answer = engine.lane.run { await balancer.find(.count(expression, by: nil), interest) }
        #expect(answer == nil)
        #expect(try count(engine, "id > 0") == 3)
    }

    @Test func `who and what is new is known at once`() throws {
        let engine = try desk(2)
        defer { engine.close() }
        #expect(try count(engine, "id > 0") == 2)
        _ = try engine.execute(["AGENT ADD bob depts=sales", "DEPT ADD e"])
        #expect(try count(engine, "agent = bob") == 0)
        #expect(try count(engine, "dept in (sales, e)") == 2)
        _ = try engine.execute(["AGENT REMOVE bob"])
        #expect(try count(engine, "not agent = bob") == 2)
    }

    @Test func `what spare time indexed is what is found`() throws {
        let engine = try desk(300)
        defer { engine.close() }
        let balancer = engine.engine.balancer
        engine.lane.run { await balancer.useSpareTime() }
        #expect(try count(engine, "subject ~ word17") == 1)
        #expect(try count(engine, "subject ~ word1* and priority <= 3") == 39)
        _ = try engine.execute(["TICKET SET 17 subject=other", "TICKET RESOLVE 18"])
        #expect(try count(engine, "subject ~ word17") == 0)
        #expect(try count(engine, "subject ~ other and status = new") == 1)
        #expect(try count(engine, "status = resolved") == 1)
        #expect(engine.verify().problems == [])
    }

    @Test func `several questions at once, beside writes, are all answered`() throws {
        let engine = try desk(200)
        defer { engine.close() }
        let (balancer, expression) = (engine.engine.balancer, try Expression(parsing: "version > 0"))
        let counts = engine.lane.run {
            await withTaskGroup(of: Int64.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        guard case .integer(let count)? = await balancer.find(.count(expression, by: nil))?.outcome
                        else {
                            return -1
                        }
                        return count
                    }
                }
                var counts: [Int64] = []
                for await count in group { counts.append(count) }
                return counts
            }
        }
        #expect(counts == Array(repeating: 200, count: 8))
    }
}
