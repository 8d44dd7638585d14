import SwitchboardTestKit
import SwitchboardWire
import Testing

/// Every option with which a department, an agent or a view can be added is in its export, and adds the same again.
@Suite struct ExportedOptionTests {
    /// A value for each option of a usage line such as `[ring=<duration>]`; not `rid=`, which belongs to the request.
    private static func options(of command: String) -> [(key: String, value: String)] {
        let usage = CommandTables.all.shapes.all.first { $0.name == command }?.usage ?? ""
        return usage.split(separator: " ").compactMap { word in
            let parts = word.drop { $0 == "[" }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, !["rid", "new", "group"].contains(parts[0]) else { return nil }
            let forms = parts[1].split(separator: "]")[0].split(separator: "|").map(String.init)
            return (String(parts[0]), value(String(parts[0]), forms))
        }
    }

    private static func value(_ key: String, _ forms: [String]) -> String {
        let known = [
            "depts": "there:2", "filter": "dept = there", "sort": "id", "owner": "boss", "weight": "7", "position": "7",
            "skills": "french:3,german:1", "relax": "7s:2", "overflow": "callback", "utc_offset": "+02:00",
            "lease": "7s",
            "exclusive": "call",
        ]
        if let name = key.split(separator: ".").last, let known = known[String(name)] { return known }
        if let known = known[key] { return known }
        switch forms.last {
        case "<text>": return "some text"
        case "<duration>": return "7s"
        case "<count>", "<limit>": return "7"
        case let word?: return word
        case nil: return ""
        }
    }

    @Test(arguments: ["DEPT ADD", "AGENT ADD", "VIEW SAVE"])
    func `what can be set is exported, and adds the same again`(_ command: String) throws {
        let (noun, options) = (String(command.prefix { $0 != " " }), Self.options(of: command))
        #expect(options.count > 3)
        let words = options.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: " ")
        let lines = ["DEPT ADD there", "AGENT ADD boss depts=there", "\(command) full \(words)"]
        func exported(_ lines: [String]) throws -> String {
            let engine = try EngineUnderTest()
            defer { engine.close() }
            for line in lines {
                let answer = String(decoding: try engine.send(Array((line + "\r\n").utf8)), as: UTF8.self)
                #expect(answer.hasPrefix("+"), "\(line): \(answer)")
            }
            let list = String(decoding: try engine.send(Array("\(noun) EXPORT\r\n".utf8)), as: UTF8.self)
            return list.split(separator: "\r\n").first { $0.contains("\"name\":\"full\"") }.map(String.init) ?? list
        }
        let document = try exported(lines)
        guard case .object(let members)? = try JSONText.read(String(document.dropFirst()))["options"] else {
            Issue.record("no options: \(document)")
            return
        }
        for option in options {
            #expect(members.contains { $0.key == option.key }, "\(option.key)= is not exported: \(document)")
        }
        let again = members.map { member in
            guard case .string(let value) = member.value else { return "" }
            return "\(member.key)=\"\(value)\""
        }
        #expect(try exported(lines.dropLast() + ["\(command) full \(again.joined(separator: " "))"]) == document)
    }
}
