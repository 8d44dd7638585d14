import SwitchboardTestKit
import Testing

@testable import SwitchboardModel

/// Words are found whatever their case and diacritics, in any script.
@Suite struct FoldingTests {
    private func words(_ text: String) -> [String] {
        var bytes = text
        var words: [String] = []
        bytes.withUTF8 { memory in
            TextFold.forEachWord(in: UnsafeRawBufferPointer(memory)) { word, _ in
                words.append(String(decoding: word, as: UTF8.self))
                return true
            }
        }
        return words
    }

    @Test(arguments: [
        ("Hello, WORLD! a-1_2", ["hello", "world", "a", "1", "2"]),
        ("Ärger über Öl", ["arger", "uber", "ol"]),
        ("A\u{308}rger", ["arger"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("Où est l'été?", ["ou", "est", "l", "ete"]),
        ("Příliš žluťoučký kůň", ["prilis", "zlutoucky", "kun"]),
        ("Tiếng Việt", ["tieng", "viet"]),
        ("ΟΔΥΣΣΕΎΣ Οδυσσεύς", ["οδυσσευσ", "οδυσσευσ"]),
        ("Ёлка ёлка Ель", ["елка", "елка", "ель"]),
        ("ПЕЧАТЬ не Работает", ["печать", "не", "работает"]),
        ("שָׁלוֹם", ["שלום"]),
        ("مُحَمَّد", ["محمد"]),
        ("ไทย", ["ไทย"]),
        ("東京の天気", ["東", "京", "の", "天", "気"]),
        ("한국어 문서", ["한국어", "문서"]),
        ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8} 가\u{11a8}나", ["한국", "각나"]),
        ("\u{1112} \u{1161}", ["\u{1112}", "\u{1161}"]),
        ("か\u{3099}は\u{309a}ハ\u{3099}ウ\u{3099}あ\u{3099}", ["が", "ぱ", "バ", "ヴ", "あ"]),
        ("İstanbul", ["istanbul"]),
        ("ｆｕｌｌ", ["ｆｕｌｌ"]),
        ("x²", ["x²"]),
        ("🙂 ok 🙂", ["ok"]),
        ("", []),
    ])
    func `a text is taken apart into folded words`(_ text: String, _ expected: [String]) {
        #expect(words(text) == expected)
    }

    @Test func `bytes that are no UTF-8 separate words`() {
        let bytes: [UInt8] = [0x61, 0xff, 0x62, 0xe2, 0x82, 0x63, 0xc3]
        var words: [[UInt8]] = []
        bytes.withUnsafeBytes { memory in
            TextFold.forEachWord(in: memory) { word, _ in
                words.append(Array(word))
                return true
            }
        }
        #expect(words == [[0x61], [0x62], [0x63]])
    }

    @Test func `a long word is cut`() {
        let long = String(repeating: "é", count: 300)
        #expect(words(long) == [String(repeating: "e", count: TextFold.longestWord)])
    }

    @Test func `keys of words that begin alike lie in the range of the beginning`() {
        for word in [
            "print", "printer", "printers", "printing-machine", "печать", "печатать", "東", "한국어", "zlutoucky", "𞤀𞤣𞤤𞤢𞤥",
            "𝐀𝐛𝐜𝐝",
        ] {
            for length in 1...word.count {
                let (prefix, whole) = (Array(word.prefix(length).utf8), Array(word.utf8))
                let range = prefix.withUnsafeBytes { TermKey.range(prefix: $0) }
                #expect(whole.withUnsafeBytes { range.contains(TermKey(word: $0)) }, "\(word), \(length)")
            }
        }
    }

    /// Texts of few letters, so that words often almost match.
    @Test func `a text of ASCII is searched as one that is taken apart`() {
        var chance = SeededChance(seed: 11)
        var found = 0
        for round in 0..<4000 {
            let letters = Array("aAbB1 .-\u{11}@`[".utf8)
            let isLong = round % 50 == 0
            let text = (0..<Int.random(in: 0..<90, using: &chance)).map { _ in
                letters.randomElement(using: &chance) ?? 0
            }
            let length = isLong ? TextFold.longestWord : Int.random(in: 1...4, using: &chance)
            let wanted = (0..<length).map { _ in Array((isLong ? "a" : "ab1").utf8).randomElement(using: &chance) ?? 0 }
            let long = isLong ? Array(repeating: UInt8(ascii: "a"), count: Int.random(in: 60..<68, using: &chance)) : []
            let whole = text + long + (round % 2 == 0 ? text : [])
            for isPrefix in [false, true] {
                let word = TextPattern.Word(letters: wanted, isPrefix: isPrefix)
                whole.withUnsafeBytes { memory in
                    var expected = false
                    TextFold.forEachWord(in: memory) { word, _ in
                        if isPrefix ? word.starts(with: wanted) : word.elementsEqual(wanted) { expected = true }
                        return true
                    }
                    #expect(
                        ASCIIText(memory)?.contains(word) == expected, "\(wanted) \(isPrefix) in \(Array(memory))")
                    if expected { found += 1 }
                }
            }
        }
        #expect(found > 1000)
    }

    @Test func `one letter beyond ASCII makes a text another one`() {
        for place in 0..<20 {
            var text = Array(repeating: UInt8(ascii: "a"), count: 20)
            text[place] = 0xc3
            #expect(text.withUnsafeBytes { ASCIIText($0) == nil })
        }
    }
}
