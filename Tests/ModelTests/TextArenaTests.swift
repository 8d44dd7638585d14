import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

@Suite struct TextArenaTests {
    private static func text(_ chance: inout SeededChance) -> String {
        let longest = [20, 300, TextArena.blockBytes / 4, TextArena.blockBytes * 2].randomElement(using: &chance)!
        return String(repeating: "é", count: Int.random(in: 0...longest / 2, using: &chance))
    }

    @Test(arguments: 0..<10)
    func `texts of every length are found again, also when copies of the arena go on by themselves`(
        _ seed: UInt64
    ) {
        var chance = SeededChance(seed: seed)
        // Several arenas, each with what it should hold; now and then one is copied, as an image is.
        var arenas = [(TextArena(), [(TextPlace, String)]())]
        for _ in 0..<600 {
            let place = arenas.indices.randomElement(using: &chance)!
            if arenas.count < 8, Int.random(in: 0..<20, using: &chance) == 0 { arenas.append(arenas[place]) }
            let text = Self.text(&chance)
            let given = arenas[place].0.append(text)
            #expect((given == .none) == text.isEmpty)
            arenas[place].1.append((given, text))
        }
        for (arena, texts) in arenas {
            for (place, text) in texts { #expect(arena.text(place) == text) }
        }
    }

    @Test func `images cost no memory, however many are taken between appends`() {
        var arena = TextArena()
        var images: [TextArena] = []
        for number in 0..<1000 {
            _ = arena.append("text \(number)")
            images.append(arena)
        }
        #expect(arena.blockCount == 1)
    }

    @Test func `a thread's pieces are found in order, whatever lies between them`() {
        var chance = SeededChance(seed: 4)
        var texts = TextArena()
        var threads = Array(repeating: TicketThread(), count: 5)
        var expected = Array(repeating: [ThreadEntry](), count: 5)
        var images: [(TextArena, [TicketThread], [[ThreadEntry]])] = []
        for step in 0..<400 {
            let place = threads.indices.randomElement(using: &chance)!
            var entry = TicketThreadTests.entry(&chance)
            if step % 40 == 0 { entry.body = String(repeating: "x", count: TextArena.blockBytes + step) }
            entry.number = threads[place].append(entry, to: &texts)
            expected[place].append(entry)
            if step % 97 == 0 { images.append((texts, threads, expected)) }
        }
        images.append((texts, threads, expected))
        for (texts, threads, expected) in images {
            for (thread, entries) in zip(threads, expected) {
                #expect(dumped(Array(thread.entries(in: texts))) == dumped(entries))
            }
        }
    }
}
