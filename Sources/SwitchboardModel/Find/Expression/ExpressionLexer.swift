/// A word, a text or a sign of an expression, and where it begins.
struct ExpressionToken {
    enum Kind: Equatable {
        case word(String)
        /// In quotes: always a value.
        case quoted(String)
        case relation(Relation)
        case open, close, comma
        case end
    }

    var kind: Kind
    /// The character, from 1.
    var position: Int

    /// As an error shows it.
    var text: String {
        switch kind {
        case .word(let word): "'\(word)'"
        case .quoted(let text): "\"\(text)\""
        case .relation(let relation): "'\(relation.rawValue)'"
        case .open: "'('"
        case .close: "')'"
        case .comma: "','"
        case .end: "the end"
        }
    }

    /// Whether it is this word, whose case does not count.
    func isKeyword(_ keyword: String) -> Bool {
        if case .word(let word) = kind { word.lowercased() == keyword } else { false }
    }
}

/// Takes an expression apart.
struct ExpressionLexer {
    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func tokens() throws(Rejection) -> [ExpressionToken] {
        var result: [ExpressionToken] = []
        while true {
            while place < scalars.count, scalars[place].properties.isWhitespace { place += 1 }
            let position = place + 1
            let kind = try next()
            result.append(ExpressionToken(kind: kind, position: position))
            if kind == .end { return result }
        }
    }

    private mutating func next() throws(Rejection) -> ExpressionToken.Kind {
        guard place < scalars.count else { return .end }
        let first = scalars[place]
        switch first {
        case "(": return sign(.open)
        case ")": return sign(.close)
        case ",": return sign(.comma)
        case "=": return sign(.relation(.equal))
        case "~": return sign(.relation(.matches))
        case "<": return comparison(.less, .atMost)
        case ">": return comparison(.more, .atLeast)
        case "!":
            guard place + 1 < scalars.count, scalars[place + 1] == "=" else {
                throw .expression(at: place + 1, "'!' must be followed by '='; to negate write 'not'")
            }
            place += 1
            return sign(.relation(.notEqual))
        case "\"", "'": return try quoted(first)
        default:
            guard Self.isWord(first) else { throw .expression(at: place + 1, "unexpected '\(first)'") }
            var word = String.UnicodeScalarView()
            while place < scalars.count, Self.isWord(scalars[place]) {
                word.append(scalars[place])
                place += 1
            }
            return .word(String(word))
        }
    }

    private mutating func sign(_ kind: ExpressionToken.Kind) -> ExpressionToken.Kind {
        place += 1
        return kind
    }

    private mutating func comparison(_ alone: Relation, _ withEqual: Relation) -> ExpressionToken.Kind {
        place += 1
        guard place < scalars.count, scalars[place] == "=" else { return .relation(alone) }
        return sign(.relation(withEqual))
    }

    /// A text in quotes; a backslash makes the next character part of it.
    private mutating func quoted(_ quote: Unicode.Scalar) throws(Rejection) -> ExpressionToken.Kind {
        let start = place + 1
        place += 1
        var text = String.UnicodeScalarView()
        while place < scalars.count, scalars[place] != quote {
            if scalars[place] == "\\", place + 1 < scalars.count { place += 1 }
            text.append(scalars[place])
            place += 1
        }
        guard place < scalars.count else { throw .expression(at: start, "the quote is not closed") }
        place += 1
        return .quoted(String(text))
    }

    /// Letters, digits, what identifiers, times and addresses hold beside, `*`, and everything beyond ASCII.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "@", "+", ":", "*", "/", "#": true
        default: scalar.value >= 0x80 && !scalar.properties.isWhitespace
        }
    }
}

extension Rejection {
    /// What is wrong with an expression, and at which character, from 1.
    static func expression(at position: Int, _ what: String) -> Rejection {
        Rejection(.badArgument, "the expression, at character \(position): \(what)")
    }
}
