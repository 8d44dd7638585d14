import SwitchboardModel
import SwitchboardTestKit
import Testing

@Suite struct SortedBlocksTests {
    @Test(arguments: 0..<10)
    func `random insertions and removals give what a sorted array gives`(_ seed: UInt64) {
        var chance = SeededChance(seed: seed)
        var blocks = SortedBlocks<Int>()
        var naive: [Int] = []
        let span = Int.random(in: 50...5000, using: &chance)
        for _ in 0..<2000 {
            let element = Int.random(in: 0..<span, using: &chance)
            if let position = naive.firstIndex(of: element) {
                #expect(blocks.contains(element))
                if Bool.random(using: &chance) {
                    naive.remove(at: position)
                    let removed = blocks.remove(element)
                    #expect(removed)
                }
            } else {
                #expect(!blocks.contains(element))
                let removed = blocks.remove(element)
                #expect(!removed)
                naive.insert(element, at: naive.firstIndex { $0 > element } ?? naive.count)
                blocks.insert(element)
            }
            #expect(blocks.count == naive.count)
            #expect(blocks.first == naive.first)
        }
        for element in [-1, 0, span / 3, span / 2, span, naive.last ?? 0] {
            #expect(blocks.count(before: element) == naive.count { $0 < element })
        }
        #expect(Array(blocks) == naive)
        #expect(blocks.first { $0 > span / 2 } == naive.first { $0 > span / 2 })
    }

    @Test(arguments: [Array(0..<1000), Array((0..<1000).reversed())])
    func `rising and falling insertions stay in order down to the last removal`(_ values: [Int]) {
        var blocks = SortedBlocks<Int>()
        for value in values { blocks.insert(value) }
        #expect(Array(blocks) == Array(0..<1000))
        for value in values { blocks.remove(value) }
        #expect(blocks.isEmpty)
        #expect(blocks.first == nil)
        #expect(Array(blocks).isEmpty)
        #expect(!blocks.contains(0))
        for value in values { blocks.insert(value) }
        #expect(Array(blocks) == Array(0..<1000))
    }

    @Test func `a copy does not see later changes`() {
        var blocks = SortedBlocks<Int>()
        for value in 0..<500 { blocks.insert(value) }
        let copy = blocks
        for value in 0..<250 { blocks.remove(value * 2) }
        #expect(Array(copy) == Array(0..<500))
        #expect(Array(blocks) == (0..<250).map { $0 * 2 + 1 })
    }

    @Test func `it may be walked through in part and again`() {
        var blocks = SortedBlocks<Int>()
        for value in 0..<300 { blocks.insert(value) }
        #expect(Array(blocks.prefix { $0 <= 200 }) == Array(0...200))
        #expect(blocks.reduce(0, +) == 299 * 150)
        #expect(blocks.underestimatedCount <= blocks.count)
    }
}
