import Glibc

extension Configuration {
    /// Reads the command line's options. A `--config FILE` is read first, wherever it stands, so that the command line
    /// wins.
    public init(arguments: [String]) throws(ConfigurationError) {
        var given: [(name: String, value: String)] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--"), word.count > 2 else {
                throw ConfigurationError("unexpected argument '\(word)'; see 'switchboard help serve'")
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard name == "config" || Setting.all.contains(where: { $0.name == name }) else {
                throw ConfigurationError("unknown option '--\(name)'; see 'switchboard help serve'")
            }
            if parts.count == 2 {
                given.append((name, String(parts[1])))
            } else if let value = rest.popFirst() {
                given.append((name, value))
            } else {
                throw ConfigurationError("option '--\(name)' needs a value")
            }
        }
        for (name, value) in given where name == "config" { try read(file: value) }
        for (name, value) in given where name != "config" { try set(name, value, "option '--\(name)'") }
        guard limits.valueBytes <= limits.requestBytes else {
            throw ConfigurationError(
                "'max-value' (\(limits.valueBytes)) must not be above 'max-request' (\(limits.requestBytes))")
        }
    }

    /// Reads a file of `name = value` lines; `#` begins a comment.
    mutating func read(file path: String) throws(ConfigurationError) {
        guard let text = Self.contents(of: path) else {
            throw ConfigurationError("cannot read \(path): \(String(cString: strerror(errno)))")
        }
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.prefix { $0 != "#" }
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else {
                throw ConfigurationError("\(path) line \(number + 1): expected 'name = value'")
            }
            let name = Self.trimmed(parts[0])
            guard Setting.all.contains(where: { $0.name == name }) else {
                throw ConfigurationError("\(path) line \(number + 1): unknown setting '\(name)'")
            }
            try set(name, Self.trimmed(parts[1]), "\(path) line \(number + 1): '\(name)'")
        }
    }

    private mutating func set(_ name: String, _ value: String, _ place: String) throws(ConfigurationError) {
        guard let setting = Setting.all.first(where: { $0.name == name }) else { return }
        if let expected = setting.set(&self, value) {
            throw ConfigurationError("\(place) must be \(expected), not '\(value)'")
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }

    /// The file's text; `nil` with `errno` set when it cannot be read.
    private static func contents(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while true {
            let next = fgetc(file)
            guard next != EOF else { break }
            bytes.append(UInt8(truncatingIfNeeded: next))
        }
        guard ferror(file) == 0 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
