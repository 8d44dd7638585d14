extension ServerValue {
    /// Appends the value as one reply.
    ///
    /// Inline, a map becomes a list of `name:value` lines, an array a list with one line an element, and what is nested
    /// in those is written as JSON. A text with CR, LF or invalid UTF-8 makes the whole reply `-BADARG`.
    public func encode(_ form: ReplyForm, to out: inout [UInt8]) {
        switch form {
        case .inline: encodeInline(to: &out)
        case .resp2: encodeRESP(2, to: &out)
        case .resp3: encodeRESP(3, to: &out)
        }
    }

    // MARK: RESP

    private func encodeRESP(_ version: Int, to out: inout [UInt8]) {
        switch self {
        case .simple(let text): Self.line("+", text, to: &out)
        case .text(let text): Self.bulk(text.utf8, to: &out)
        case .bulk(let bytes): Self.bulk(bytes, to: &out)
        case .integer(let value): Reply.integer(value, to: &out)
        case .double(let value):
            if version == 3 {
                Self.line(",", Self.text(value), to: &out)
            } else {
                Self.bulk(Self.text(value).utf8, to: &out)
            }
        case .boolean(let value):
            if version == 3 {
                Self.line("#", value ? "t" : "f", to: &out)
            } else {
                Reply.integer(value ? 1 : 0, to: &out)
            }
        case .null: Self.line(version == 3 ? "_" : "$", version == 3 ? "" : "-1", to: &out)
        case .array(let elements):
            Self.header("*", elements.count, to: &out)
            for element in elements { element.encodeRESP(version, to: &out) }
        case .set(let elements):
            Self.header(version == 3 ? "~" : "*", elements.count, to: &out)
            for element in elements { element.encodeRESP(version, to: &out) }
        case .map(let members):
            Self.header(version == 3 ? "%" : "*", version == 3 ? members.count : members.count * 2, to: &out)
            for member in members {
                Self.bulk(member.key.utf8, to: &out)
                member.value.encodeRESP(version, to: &out)
            }
        case .sections(let sections): Self.bulk(Self.text(sections).utf8, to: &out)
        case .lines(let lines): Self.bulk(lines.map { $0 + "\n" }.joined().utf8, to: &out)
        case .error(let error): Reply.error(error, to: &out)
        }
    }

    private static func line(_ type: Unicode.Scalar, _ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: type))
        out.append(contentsOf: text.utf8)
        Reply.end(&out)
    }

    private static func header(_ type: Unicode.Scalar, _ count: Int, to out: inout [UInt8]) {
        out.append(UInt8(ascii: type))
        Decimal.append(Int64(count), to: &out)
        Reply.end(&out)
    }

    private static func bulk(_ bytes: some Collection<UInt8>, to out: inout [UInt8]) {
        header("$", bytes.count, to: &out)
        out.append(contentsOf: bytes)
        Reply.end(&out)
    }

    private static func text(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func text(_ sections: [Section]) -> String {
        sections.map { section in
            "# \(section.title)\r\n" + section.lines.map { "\($0.name):\($0.value)\r\n" }.joined()
        }.joined(separator: "\r\n")
    }

    // MARK: Inline

    private func encodeInline(to out: inout [UInt8]) {
        let start = out.count
        let isFit: Bool
        switch self {
        case .array(let elements), .set(let elements):
            Self.header("*", elements.count, to: &out)
            isFit = elements.allSatisfy { $0.appendInlineLine(to: &out) }
        case .map(let members):
            Self.header("*", members.count, to: &out)
            isFit = members.allSatisfy { $0.value.appendInlineLine(prefix: $0.key + ":", to: &out) }
        case .sections(let sections):
            let lines = sections.flatMap(\.lines)
            Self.header("*", lines.count, to: &out)
            isFit = lines.allSatisfy { ServerValue.text($0.value).appendInlineLine(prefix: $0.name + ":", to: &out) }
        case .lines(let lines):
            Self.header("*", lines.count, to: &out)
            isFit = lines.allSatisfy { ServerValue.text($0).appendInlineLine(to: &out) }
        case .simple, .text, .bulk, .integer, .double, .boolean, .null, .error:
            isFit = appendInlineLine(to: &out)
        }
        guard !isFit else { return }
        out.removeSubrange(start...)
        Reply.error(.badArgument("the text holds CR, LF or invalid UTF-8; send a RESP array to get it back"), to: &out)
    }

    /// One reply of one line, or false when a text does not fit on one.
    private func appendInlineLine(prefix: String = "", to out: inout [UInt8]) -> Bool {
        switch self {
        case .integer(let value) where prefix.isEmpty:
            Reply.integer(value, to: &out)
            return true
        case .error(let error):
            Reply.error(error, to: &out)
            return true
        case .simple(let text), .text(let text): return Self.fits(prefix, Array(text.utf8), to: &out)
        case .bulk(let bytes): return Self.fits(prefix, bytes, to: &out)
        case .integer, .double, .boolean, .null, .array, .set, .map, .sections, .lines:
            var json = JSONWriter(appendingTo: [])
            appendJSON(to: &json)
            return Self.fits(prefix, json.finish(), to: &out)
        }
    }

    private static func fits(_ prefix: String, _ bytes: [UInt8], to out: inout [UInt8]) -> Bool {
        guard !bytes.contains(where: { $0 == ASCII.carriageReturn || $0 == ASCII.lineFeed }),
            String(validating: bytes, as: UTF8.self) != nil
        else { return false }
        out.append(UInt8(ascii: "+"))
        out.append(contentsOf: prefix.utf8)
        out.append(contentsOf: bytes)
        Reply.end(&out)
        return true
    }

    private func appendJSON(to json: inout JSONWriter) {
        switch self {
        case .simple(let text), .text(let text): json.string(text)
        case .bulk(let bytes): json.string(String(decoding: bytes, as: UTF8.self))
        case .integer(let value): json.integer(value)
        case .double(let value): json.number(value)
        case .boolean(let value): json.bool(value)
        case .null: json.null()
        case .error(let error): json.string("\(error.code.rawValue) \(error.message)")
        case .array(let elements), .set(let elements):
            json.beginArray()
            for element in elements { element.appendJSON(to: &json) }
            json.endArray()
        case .lines(let lines):
            json.beginArray()
            for line in lines { json.string(line) }
            json.endArray()
        case .map(let members):
            json.beginObject()
            for member in members {
                json.key(member.key)
                member.value.appendJSON(to: &json)
            }
            json.endObject()
        case .sections(let sections):
            json.beginObject()
            for line in sections.flatMap(\.lines) {
                json.key(line.name)
                json.string(line.value)
            }
            json.endObject()
        }
    }
}
