/// One reply of the server: a line, or a list of lines.
package enum Reply: Equatable, Sendable {
    /// `+…`: success, without the leading `+`. JSON, a word, or `null`.
    case success([UInt8])
    /// `:…`
    case integer(Int)
    /// `*N` and the N replies that follow it.
    case list([Reply])
    /// `-CODE message`, without the leading `-`.
    case refusal(String)

    /// The value of a `+` line that holds JSON; `nil` for anything else.
    package var json: JSONValue? {
        guard case .success(let bytes) = self else { return nil }
        return JSONValue(parsing: bytes)
    }

    /// The reply as text for a person, shortened to `limit` characters.
    package func text(limit: Int = 200) -> String {
        let whole =
            switch self {
            case .success(let bytes): "+" + String(decoding: bytes, as: UTF8.self)
            case .integer(let value): ":\(value)"
            case .list(let elements): "*\(elements.count)"
            case .refusal(let message): "-" + message
            }
        return whole.count <= limit ? whole : whole.prefix(limit) + "…"
    }
}
