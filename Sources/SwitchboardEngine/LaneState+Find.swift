import SwitchboardModel
import SwitchboardPlatform

extension LaneState {
    /// Goes on with a question for a slice of time that began at `start`. `nil`: it is not done yet.
    mutating func advance(_ run: FindRun, since start: UInt64) -> LaneAnswer? {
        do throws(Rejection) {
            repeat {
                guard try run.advance(routing, shards, tickets: FindPace.ticketsAStep) else { continue }
                guard let outcome = run.answer(routing, shards, index) else { continue }
                // What is not shown tells something too, so it waits for the newest of all.
                return LaneAnswer(outcome: outcome, waitsFor: routing.lastRecord)
            } while SystemClock.monotonicNanoseconds() - start < FindPace.sliceNanoseconds
        } catch {
            return LaneAnswer(outcome: .rejected(error), waitsFor: routing.lastRecord)
        }
        return nil
    }

    /// Indexes what was noted, for a slice of time that began at `start`. Returns whether nothing is left.
    mutating func catchUp(since start: UInt64) -> Bool {
        repeat {
            if index.catchUp(routing, shards, count: FindPace.ticketsAStep) { return true }
        } while SystemClock.monotonicNanoseconds() - start < FindPace.sliceNanoseconds
        return false
    }
}
