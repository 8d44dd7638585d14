import SwitchboardModel

/// The commands on files that came with entries of a thread.
enum AttachmentRows {
    static let all: [CommandRow<ParsedRequest>] = [
        .write(
            "ATTACHMENT", "ADD", ["ticket", "n"],
            [
                .option("name", "<text>", required: true), .option("type", "<media-type>"),
                .option("size", "<bytes>"), .option("checksum", "<text>"), .option("url", "<url>"), DetailOptions.by,
                DetailOptions.version,
            ], roles: .users, "tell of a file that came with an entry of the thread"
        ) { arguments throws(WireError) in
            var attachment = Attachment()
            attachment.entry = try arguments["n"].number()
            attachment.name = try arguments["name"].title()
            attachment.type = try arguments[given: "type"]?.mediaType() ?? ""
            attachment.size = try arguments[given: "size"]?.unsigned(upTo: UInt64(Int64.max))
            attachment.checksum = try arguments[given: "checksum"]?.text(atMost: TextLimit.checksum) ?? ""
            attachment.url = try arguments[given: "url"]?.text(atMost: TextLimit.url) ?? ""
            var command = AddAttachment(ticket: try arguments.detailTicket, attachment: attachment)
            command.by = try arguments.by
            command.version = try arguments.version
            return .detail(command)
        }
    ]
}

extension Argument {
    /// `type/subtype`, perhaps with parameters: printable ASCII with one slash that is neither first nor last of the type.
    fileprivate func mediaType() throws(WireError) -> String {
        let text = try text(atMost: TextLimit.checksum)
        let type = text.utf8.prefix { $0 != UInt8(ascii: ";") }
        let parts = type.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
        else { throw invalid("a media type such as image/png") }
        return text
    }
}
