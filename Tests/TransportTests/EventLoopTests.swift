import Glibc
import SwitchboardPlatform
import Testing

@testable import SwitchboardTransport

/// An actor that lives on a loop, as a shard does on the commit lane.
private actor Counter {
    nonisolated let loop: EventLoop
    private(set) var value = 0

    init(on loop: EventLoop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func increment() -> Bool {
        value += 1
        return loop.isCurrent
    }
}

/// Enters the actor as the commit lane does: synchronously, from its own thread.
private func incrementAtOnce(_ counter: Counter) -> Int {
    counter.assumeIsolated { counter in
        _ = counter.increment()
        return counter.value
    }
}

@Suite struct EventLoopTests {
    @Test func `posts of several threads all run on the loop, each thread's in order`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        let seen = Box<(thread: Int, number: Int)>()
        let threads = (0..<4).map { index in
            Thread(name: "poster") {
                for number in 0..<1_000 {
                    loop.post { if loop.isCurrent { seen.put((index, number)) } }
                }
            }
        }
        let all = try seen.wait(4_000)
        for thread in threads { thread.join() }
        for index in 0..<4 {
            #expect(all.filter { $0.thread == index }.map(\.number) == Array(0..<1_000))
        }
    }

    @Test func `a job posted by a job runs after it, on the same thread`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        let seen = Box<String>()
        loop.post {
            loop.post { seen.put("inner") }
            seen.put("outer")
        }
        #expect(try seen.wait(2) == ["outer", "inner"])
    }

    @Test func `nothing but the loop's thread is current`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        #expect(!loop.isCurrent)
        #expect(loop.isIsolatingCurrentContext() == false)
        #expect(try loop.perform { loop.isCurrent })
    }

    @Test func `a job of the loop enters an actor of the loop without waiting`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        let counter = Counter(on: loop)
        let value = try loop.perform { incrementAtOnce(counter) }
        #expect(value == 1)
    }

    @Test func `a task of the loop calls an actor of the loop without leaving the thread`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        let counter = Counter(on: loop)
        let onLoop = Box<Bool>()
        await loop.task {
            for _ in 0..<100 { onLoop.put(await counter.increment()) }
            onLoop.put(loop.isCurrent)
        }.value
        #expect(try onLoop.wait(101).allSatisfy { $0 })
        #expect(await counter.value == 100)
    }

    @Test func `a task of the loop enters an actor of the loop synchronously`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        let counter = Counter(on: loop)
        let value = Box<Int>()
        await loop.task {
            value.put(incrementAtOnce(counter))
        }.value
        #expect(try value.wait() == [1])
    }

    @Test func `a task that suspends comes back to its loop`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        let seen = Box<Bool>()
        await loop.task {
            for _ in 0..<100 {
                await withUnsafeContinuation { continuation in loop.post { continuation.resume() } }
                seen.put(loop.isCurrent)
                await Task.yield()
                seen.put(loop.isCurrent)
            }
            async let child: Void = seen.put(loop.isCurrent)
            await child
        }.value
        #expect(try seen.wait(201).allSatisfy { $0 })
    }

    @Test func `a task of one loop may wait for an actor of another`() async throws {
        let first = try EventLoop.started()
        defer { first.finish() }
        let second = try EventLoop.started()
        defer { second.finish() }
        let counter = Counter(on: second)
        let seen = Box<Bool>()
        await first.task {
            for _ in 0..<200 {
                seen.put(await counter.increment())
                seen.put(first.isCurrent)
            }
        }.value
        #expect(try seen.wait(400).allSatisfy { $0 })
    }

    @Test func `an alarm fires once, never early`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        let fired = Box<UInt64>()
        let alarm = Alarm(on: loop) { fired.put(SystemClock.monotonicNanoseconds()) }
        let due = SystemClock.monotonicNanoseconds() + 20_000_000
        loop.post { alarm.set(atMonotonicNanoseconds: due) }
        #expect(try fired.wait()[0] >= due)
        #expect(try loop.perform { alarm.deadline } == nil)
    }

    @Test func `the earliest of several alarms fires first, and a cleared one never`() async throws {
        let loop = try EventLoop.started()
        defer { loop.finish() }
        let fired = Box<String>()
        let late = Alarm(on: loop) { fired.put("late") }
        let early = Alarm(on: loop) { fired.put("early") }
        let cleared = Alarm(on: loop) { fired.put("cleared") }
        loop.post {
            let now = SystemClock.monotonicNanoseconds()
            late.set(atMonotonicNanoseconds: now + 3_600_000_000_000)
            early.set(atMonotonicNanoseconds: now + 2_000_000)
            cleared.set(atMonotonicNanoseconds: now + 1_000_000)
            cleared.clear()
            late.set(atMonotonicNanoseconds: now + 4_000_000)
        }
        #expect(try fired.wait(2) == ["early", "late"])
    }

    @Test func `stopping runs what is queued and then takes nothing more`() throws {
        let loop = try EventLoop(name: "test")
        let seen = Box<Int>()
        for number in 0..<100 { loop.post { seen.put(number) } }
        loop.stop()
        loop.start()
        loop.join()
        #expect(try seen.wait(100).count == 100)
        loop.post { seen.put(-1) }
        #expect(try seen.wait(100).count == 100)
    }

    @Test func `what is to be done after the jobs is done once for all jobs of a turn`() throws {
        let loop = try EventLoop(name: "test")
        let order = Box<String>()
        for number in 1...3 { loop.post { order.put("job \(number)") } }
        loop.afterJobs = { if (try? order.wait(0).last?.hasPrefix("job")) == true { order.put("after") } }
        loop.start()
        defer { loop.finish() }
        #expect(try order.wait(4) == ["job 1", "job 2", "job 3", "after"])
    }
}
