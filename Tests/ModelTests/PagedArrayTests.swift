import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct PagedArrayTests {
    @Test(arguments: [0, 1, 255, 256, 257, 512, 1000])
    func `elements are where they were put`(_ count: Int) {
        var paged = PagedArray<Int>()
        for value in 0..<count { paged.append(value) }
        #expect(paged.count == count)
        #expect(Array(paged) == Array(0..<count))
        for position in 0..<count { #expect(paged[position] == position) }
    }

    @Test func `pages of one element are written to each by itself`() {
        let blank = PagedArray<Int>.page(of: 7)
        var paged = PagedArray<Int>()
        var naive: [Int] = []
        for end in [0, 1, 3, 256, 300, 1024, 1024, 2000, 2303] {
            paged.append(blank, upTo: end)
            naive += Array(repeating: 7, count: end - naive.count)
            #expect(Array(paged) == naive)
        }
        for position in [0, 255, 256, 700, 2302] {
            paged[position] = position
            naive[position] = position
        }
        #expect(Array(paged) == naive)
        paged.replace(page: 1, with: blank)
        naive.replaceSubrange(256..<512, with: blank)
        // The last page is not full.
        paged.replace(page: 8, with: blank)
        paged.append(1)
        naive.append(1)
        #expect(Array(paged) == naive)
    }

    @Test(arguments: 0..<5)
    func `random changes give what an array gives, and copies do not see them`(_ seed: UInt64) {
        var chance = SeededChance(seed: seed)
        var paged = PagedArray<Int>()
        var naive: [Int] = []
        var copies: [(PagedArray<Int>, [Int])] = []
        for value in 0..<2000 {
            if naive.isEmpty || Int.random(in: 0..<3, using: &chance) > 0 {
                paged.append(value)
                naive.append(value)
            } else {
                let position = naive.indices.randomElement(using: &chance)!
                paged[position] += value
                naive[position] += value
            }
            if value % 400 == 0 { copies.append((paged, naive)) }
        }
        copies.append((paged, naive))
        for (paged, naive) in copies {
            #expect(Array(paged) == naive)
        }
    }
}
