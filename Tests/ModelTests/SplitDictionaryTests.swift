import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct SplitDictionaryTests {
    @Test(arguments: 0..<5)
    func `random changes give what a dictionary gives, and copies stay as they were`(_ seed: UInt64) {
        var chance = SeededChance(seed: seed)
        var split = SplitDictionary<Int, String>()
        var plain: [Int: String] = [:]
        var copies: [(split: SplitDictionary<Int, String>, plain: [Int: String])] = []
        for step in 0..<4000 {
            let key = Int.random(in: 0..<1000, using: &chance)
            switch Int.random(in: 0..<5, using: &chance) {
            case 0:
                let removed = split.removeValue(forKey: key)
                #expect(removed == plain.removeValue(forKey: key))
            case 1:
                split[key] = nil
                plain[key] = nil
            default:
                split[key] = "\(step)"
                plain[key] = "\(step)"
            }
            #expect(split[key] == plain[key])
            #expect(split.count == plain.count)
            #expect(split.isEmpty == plain.isEmpty)
            if step % 1000 == 500 { copies.append((split, plain)) }
        }
        copies.append((split, plain))
        for copy in copies {
            #expect(Dictionary(uniqueKeysWithValues: copy.split.map { ($0.key, $0.value) }) == copy.plain)
        }
    }

    @Test func `nothing in it is nothing`() {
        var split = SplitDictionary<String, Int>()
        #expect(split["a"] == nil)
        split["a"] = nil
        let removed = split.removeValue(forKey: "a")
        #expect(removed == nil)
        #expect(split.isEmpty)
        #expect(Array(split).isEmpty)
    }
}
