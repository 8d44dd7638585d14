/// The four requests of a ticket's life as lines and as RESP arrays, with texts of a usual length.
enum Lifecycle {
    private static let subject = "The printer on the second floor does not print"
    private static let body =
        "Since this morning every page comes out blank. I have changed the toner and switched it off and on again."
    private static let answer = "Please open the flap on the left and tell me which lamp is lit."

    /// The words of one ticket's requests, in order.
    static func requests(ticket: Int) -> [[String]] {
        [
            [
                "TICKET", "OPEN", "channel=ticket", "dept=d\(ticket % 5)", "priority=\(1 + ticket % 9)",
                "subject=\(subject)", "body=\(body)",
            ],
            ["TICKET", "REPLY", "\(ticket)", "by=a\(ticket % 1000)", "body=\(answer)"],
            ["TICKET", "MESSAGE", "\(ticket)", "body=\(answer)"],
            ["TICKET", "RESOLVE", "\(ticket)"],
        ]
    }

    /// The same as inline lines, values with blanks in quotes.
    static func inline(ticket: Int) -> [[UInt8]] {
        requests(ticket: ticket).map { words in
            let quoted = words.map { word -> String in
                guard word.contains(" "), let equals = word.firstIndex(of: "=") else { return word }
                return word[...equals] + "\"" + word[word.index(after: equals)...] + "\""
            }
            return Array((quoted.joined(separator: " ") + "\r\n").utf8)
        }
    }

    /// The same as arrays of bulk strings.
    static func arrays(ticket: Int) -> [[UInt8]] {
        requests(ticket: ticket).map { words in
            let bulks = words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }
            return Array(("*\(words.count)\r\n" + bulks.joined()).utf8)
        }
    }
}
