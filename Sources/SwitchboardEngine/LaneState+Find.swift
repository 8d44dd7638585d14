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

    /// Merges what the index has lying about, for a slice of time. Returns whether nothing is left.
    mutating func tidy(since start: UInt64) -> Bool {
        repeat {
            if index.tidy(count: FindPace.ticketsAStep) { return true }
        } while SystemClock.monotonicNanoseconds() - start < FindPace.sliceNanoseconds
        return false
    }

    /// Compares the index with the tickets, for a slice of time. Returns whether that was all.
    mutating func check(_ check: inout FindCheck, since start: UInt64) -> Bool {
        repeat {
            if index.check(&check, routing, shards, count: FindPace.ticketsAStep) { return true }
        } while SystemClock.monotonicNanoseconds() - start < FindPace.sliceNanoseconds
        return false
    }

    /// Indexes what was noted, for a slice of time that began at `start`. Returns whether nothing is left, or of this
    /// generation and those before.
    mutating func catchUp(since start: UInt64, until generation: UInt64 = .max, by slice: IndexingSlice) -> Bool {
        repeat {
            guard index.finished < generation else { return true }
            if index.catchUp(routing, shards, count: slice.tickets) { return true }
        } while SystemClock.monotonicNanoseconds() - start < slice.nanoseconds
        return false
    }
}
