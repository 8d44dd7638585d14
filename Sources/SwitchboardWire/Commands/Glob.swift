/// Redis' patterns: `*`, `?`, `[a-z]`, `[^a]`, and a backslash before what shall stand for itself.
public enum Glob {
    /// Whether all of `text` fits `pattern`, ignoring the case of ASCII letters. The time is at most the product of
    /// both lengths: of several `*` only the last is ever taken back.
    public static func matches(_ text: String, _ pattern: String) -> Bool {
        matches(Array(text.utf8), Array(pattern.utf8))
    }

    private static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
        var at = 0
        var place = 0
        /// Behind the last `*`, and where in the text it ended.
        var retry: (place: Int, at: Int)?
        while at < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                place += 1
                retry = (place, at)
            } else if let next = matchOne(text[at], pattern, place) {
                place = next
                at += 1
            } else if let last = retry {
                place = last.place
                at = last.at + 1
                retry = (last.place, at)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// The place behind the piece of the pattern at `place`, when `byte` fits it.
    private static func matchOne(_ byte: UInt8, _ pattern: [UInt8], _ place: Int) -> Int? {
        guard place < pattern.count else { return nil }
        switch pattern[place] {
        case UInt8(ascii: "?"): return place + 1
        case UInt8(ascii: "["): return matchClass(byte, pattern, place + 1)
        case ASCII.backslash where place + 1 < pattern.count:
            return equal(byte, pattern[place + 1]) ? place + 2 : nil
        default: return equal(byte, pattern[place]) ? place + 1 : nil
        }
    }

    /// A class without its closing bracket ends with the pattern, as in Redis.
    private static func matchClass(_ byte: UInt8, _ pattern: [UInt8], _ start: Int) -> Int? {
        var place = start
        let isNegated = place < pattern.count && pattern[place] == UInt8(ascii: "^")
        if isNegated { place += 1 }
        var isFound = false
        while place < pattern.count, pattern[place] != UInt8(ascii: "]") {
            if pattern[place] == ASCII.backslash, place + 1 < pattern.count { place += 1 }
            let first = ASCII.lowercased(pattern[place])
            var last = first
            if place + 2 < pattern.count, pattern[place + 1] == UInt8(ascii: "-") {
                last = ASCII.lowercased(pattern[place + 2])
                place += 2
            }
            if (min(first, last)...max(first, last)).contains(ASCII.lowercased(byte)) { isFound = true }
            place += 1
        }
        guard isFound != isNegated else { return nil }
        return min(place + 1, pattern.count)
    }

    private static func equal(_ left: UInt8, _ right: UInt8) -> Bool {
        ASCII.lowercased(left) == ASCII.lowercased(right)
    }
}
