import SwitchboardTestKit

/// Texts whose words are as frequent as in natural language: the word of rank r comes 1/r as often as the first.
struct Prose {
    /// Different words, apart from numbers.
    let vocabulary: Int
    private let words: [String]

    init(vocabulary: Int) {
        self.vocabulary = vocabulary
        let (openings, vowels) = (Array("bcdfghklmnprstvz"), Array("aeiou"))
        words = (0..<vocabulary).map { rank in
            var (rest, word) = (rank, "")
            repeat {
                word.append(openings[rest % openings.count])
                rest /= openings.count
                word.append(vowels[rest % vowels.count])
                rest /= vowels.count
            } while rest > 0
            return word + (rank % 3 == 0 ? "n" : "")
        }
    }

    func word(rank: Int) -> String { words[rank] }

    /// Of at least so many bytes.
    func text(_ bytes: Int, _ chance: inout SeededChance) -> String {
        var text = ""
        text.reserveCapacity(bytes + 16)
        while text.utf8.count < bytes {
            // Ranks whose logarithms are even: 1/r.
            let share = Double(chance.next() >> 11) * 0x1p-53
            text += words[min(Int(exponential(share)) - 1, vocabulary - 1)]
            text += " "
        }
        return text
    }

    /// The vocabulary's size to the power of `share`, by squaring: nothing here has a logarithm.
    private func exponential(_ share: Double) -> Double {
        var (result, factor, rest) = (1.0, Double(vocabulary).squareRoot(), share)
        for _ in 0..<24 {
            rest *= 2
            if rest >= 1 {
                result *= factor
                rest -= 1
            }
            factor = factor.squareRoot()
        }
        return max(result, 1)
    }
}
