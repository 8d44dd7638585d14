import SwitchboardModel

/// Replies of one line each, appended to what goes to a connection. Every reply ends in CRLF.
public enum Reply {
    /// Bytes of an error's message at most.
    public static let longestMessage = 1024

    /// `+OK`.
    public static func ok(to out: inout [UInt8]) { simple("OK", to: &out) }

    /// `+null`.
    public static func null(to out: inout [UInt8]) { simple("null", to: &out) }

    /// `+` and the text, which must hold no CR or LF.
    public static func simple(_ text: StaticString, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "+"))
        // Because a literal's bytes are never freed, its pointer stays valid.
        out.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        end(&out)
    }

    /// `+` and one JSON value, written by `body`.
    @inline(__always)
    public static func line(to out: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        out.append(UInt8(ascii: "+"))
        // The bytes are moved into the writer and back, so that they are never copied.
        var bytes: [UInt8] = []
        swap(&bytes, &out)
        var writer = JSONWriter(appendingTo: consume bytes)
        body(&writer)
        out = writer.finish()
        end(&out)
    }

    /// `+` and the value as JSON.
    public static func json(_ value: JSON, to out: inout [UInt8]) { line(to: &out) { $0.value(value) } }

    /// `+` and the time, as CLOCK answers.
    public static func time(_ value: Timestamp, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "+"))
        TimeText.append(value, to: &out)
        end(&out)
    }

    /// `:` and the value.
    public static func integer(_ value: Int64, to out: inout [UInt8]) {
        out.append(UInt8(ascii: ":"))
        Decimal.append(value, to: &out)
        end(&out)
    }

    /// `*N`: `count` replies follow, each of one line.
    public static func list(_ count: Int, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "*"))
        Decimal.append(Int64(count), to: &out)
        end(&out)
    }

    /// A list of texts, each on a line as it is but for control characters.
    public static func lines(_ texts: [String], to out: inout [UInt8]) {
        list(texts.count, to: &out)
        for text in texts {
            out.append(UInt8(ascii: "+"))
            appendLine(text, atMost: .max, to: &out)
            end(&out)
        }
    }

    /// `-CODE message`. The message is made fit for one line: control characters become spaces, and it is cut after
    /// `longestMessage` bytes.
    public static func error(_ error: WireError, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "-"))
        out.append(contentsOf: error.code.rawValue.utf8)
        out.append(ASCII.space)
        appendLine(error.message, atMost: longestMessage, to: &out)
        end(&out)
    }

    @inline(__always)
    static func end(_ out: inout [UInt8]) {
        out.append(ASCII.carriageReturn)
        out.append(ASCII.lineFeed)
    }

    private static func appendLine(_ text: String, atMost limit: Int, to out: inout [UInt8]) {
        let start = out.count
        for scalar in text.unicodeScalars {
            let isControl = Printable.isControl(scalar)
            guard out.count - start + (isControl ? 1 : UTF8.width(scalar)) <= limit else { break }
            if isControl { out.append(ASCII.space) } else { out.append(contentsOf: String(scalar).utf8) }
        }
    }
}
