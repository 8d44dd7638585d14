import Glibc

/// Standard output and standard error, written at once and line by line.
package enum Console {
    /// Whether standard output is a terminal.
    package static var isTerminal: Bool { isatty(1) == 1 }
    /// Whether standard error is one.
    package static var isErrorTerminal: Bool { isatty(2) == 1 }

    package static func print(_ line: String) { write(line + "\n", to: 1) }

    package static func printError(_ line: String) { write(line + "\n", to: 2) }

    /// Puts `line` in the place of the line on which the terminal's cursor stands.
    package static func redraw(_ line: String) { write("\r" + line + "\u{1B}[K", to: 1) }

    /// The same on standard error, for programs whose output is data.
    package static func redrawError(_ line: String) { write("\r" + line + "\u{1B}[K", to: 2) }

    /// What cannot be written is dropped: there is nobody to tell.
    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            guard count > 0 || (count < 0 && errno == EINTR) else { return }
            written += max(0, count)
        }
    }
}

/// `141712` as `141,712`.
package func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return text
}

/// A length of time for a person: `0.4 s`, `12 s`, `3 min 20 s`, `5 h 12 min`, `2 d 3 h`.
package func shortTime(_ seconds: Double) -> String {
    if seconds < 10, seconds != seconds.rounded() {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
    let whole = Int(seconds.rounded())
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    case ..<86_400: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    default: return "\(whole / 86_400) d \(whole % 86_400 / 3600) h"
    }
}
