import SwitchboardModel
import SwitchboardWire

/// Exports a state, imports that into an empty one, and exports again: the lines must be the same, and the new state sound,
/// also when it is made again from its records.
public enum TransferCheck {
    /// What is wrong; empty: nothing.
    public static func problems(in image: StateImage, shards: Int) -> [String] {
        do throws(ByteReader.Malformed) { return try check(image, shards) } catch {
            return ["the state cannot be read again: \(error)"]
        }
    }

    private static func check(_ image: StateImage, _ shards: Int) throws(ByteReader.Malformed) -> [String] {
        var source = try TransferDesk(image, shards: shards)
        let lines = export(&source)
        var target = TransferDesk(shards: shards + 1, at: image.routing.lastTime ?? .manualStart)
        var problems: [String] = []
        for line in lines {
            let reply = target.send(importRequest(line))
            let isGood = reply.count == 1 && reply[0].hasPrefix("+") && !reply[0].contains("\"duplicate\"")
            if !isGood { problems.append("\(line) is answered \(reply)") }
        }
        let again = export(&target)
        if lines != again {
            let place = zip(lines, again).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            let line = place ?? min(lines.count, again.count)
            problems.append(
                "line \(line) of \(lines.count) and \(again.count) differs: "
                    + "\(line < lines.count ? lines[line] : "") / \(line < again.count ? again[line] : "")")
        }
        let verified = target.image.verify()
        problems += verified.problems

        var builder = StateBuilder(shards: shards)
        for (place, record) in target.records.enumerated() {
            try builder.apply(record[...], record: LogSequenceNumber(UInt64(place + 1)))
        }
        if builder.image.verify().digest != verified.digest { problems.append("its records lead to another state") }
        let restored = try TransferDesk(target.image, shards: shards)
        if restored.image.verify().digest != verified.digest { problems.append("its snapshot leads to another state") }
        for line in lines where !line.hasPrefix("{\"record\"") {
            let reply = target.send(importRequest(line))
            if !(reply.first?.contains("\"duplicate\":true") ?? false) {
                problems.append("\(line) is no duplicate the second time: \(reply)")
            }
        }
        if target.image.verify().digest != verified.digest { problems.append("a second import changes something") }
        return problems
    }

    /// All lines of an export.
    private static func export(_ desk: inout TransferDesk) -> [String] {
        var lines: [String] = []
        for (words, limit) in [(["DEPT", "EXPORT"], 3), (["AGENT", "EXPORT"], 3), (["VIEW", "EXPORT"], 2)] {
            lines += list(words, limit: limit, &desk).map { $0.document }
        }
        for (document, cursor) in list(["TICKET", "EXPORT"], limit: 7, &desk) {
            lines.append(document)
            // Here and there a part of a thread alone, as a long one comes.
            guard UInt64(cursor).map({ $0 % 5 == 0 }) ?? false else { continue }
            lines.removeLast()
            lines += parts(of: cursor, &desk)
        }
        return lines
    }

    private static func parts(of id: String, _ desk: inout TransferDesk) -> [String] {
        var parts: [String] = []
        var first = 1
        while true {
            let reply = desk.send(["TICKET", "EXPORT", "id=\(id)", "thread=\(first)-\(first + 1)"])
            let part = String(reply[0].dropFirst())
            parts.append(part)
            guard let more = part.lastMatch(of: ",\"more\":"), let next = Int(more.dropLast()) else { return parts }
            first = next
        }
    }

    /// Every element of a list with its cursor, which is taken off it.
    private static func list(
        _ words: [String], limit: Int, _ desk: inout TransferDesk
    ) -> [(document: String, cursor: String)] {
        var elements: [(document: String, cursor: String)] = []
        while true {
            let after = elements.last.map { ["after=\($0.cursor)"] } ?? []
            let reply = desk.send(words + ["limit=\(limit)"] + after)
            guard reply.count > 1 else { return elements }
            for line in reply.dropFirst() {
                guard let tail = line.lastMatch(of: ",\"cursor\":\"") else { preconditionFailure("no cursor: \(line)") }
                let document = line.dropFirst().dropLast(tail.count + ",\"cursor\":\"".count) + "}"
                elements.append((String(document), String(tail.dropLast(2))))
            }
        }
    }

    /// The request that imports a line of an export.
    private static func importRequest(_ line: String) -> [String] {
        guard line.hasPrefix("{\"record\"") else { return ["TICKET", "IMPORT", line] }
        guard let json = try? JSONText.read(line), case .string(let record)? = json["record"],
            case .string(let name)? = json["name"], case .object(let members)? = json["options"]
        else { preconditionFailure("no record: \(line)") }
        let options = members.map { member in
            guard case .string(let value) = member.value else { preconditionFailure("no option: \(line)") }
            return "\(member.key)=\(value)"
        }
        if case .integer(let number)? = json["former"] {
            return [record, "FORMER", name, "n=\(number)"] + options
        }
        if json["change"] != nil { return [record, "SET", name] + options }
        return [record, record == "view" ? "SAVE" : "ADD", name] + options
    }
}

extension String {
    /// What follows the last place where `mark` stands; `nil`: nowhere.
    fileprivate func lastMatch(of mark: String) -> Substring? {
        let (text, wanted) = (Array(utf8), Array(mark.utf8))
        guard text.count >= wanted.count else { return nil }
        for start in stride(from: text.count - wanted.count, through: 0, by: -1)
        where text[start..<start + wanted.count].elementsEqual(wanted) {
            return self[utf8.index(startIndex, offsetBy: start + wanted.count)...]
        }
        return nil
    }
}
