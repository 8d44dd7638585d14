extension ServerCommand {
    private typealias Row = CommandRow<ServerCommand>

    /// CLIENT, as Redis' clients and their pools use it.
    static let clientRows: [CommandRow<ServerCommand>] = [
        Row("CLIENT", "SETNAME", words: 1...1, ["<name>"], group: "connection", roles: .users, "Name this connection") {
            (a) throws(WireError) in .client(.setName(try a.rest(0, "name").clientName()))
        },
        Row("CLIENT", "GETNAME", words: 0...0, group: "connection", roles: .users, "The name of this connection") {
            (_) throws(WireError) in .client(.getName)
        },
        Row(
            "CLIENT", "SETINFO", words: 2...2, ["<LIB-NAME|LIB-VER>", "<value>"], group: "connection", roles: .users,
            "Tell the client's library"
        ) { (a) throws(WireError) in
            let attribute = a.rest(0, "attribute")
            if attribute.matches("LIB-NAME") {
                return .client(.setInfo(.name, try a.rest(1, "value").clientText("lib-name")))
            }
            guard attribute.matches("LIB-VER") else {
                throw WireError(.general, "Unrecognized option '\(attribute.printable)'")
            }
            return .client(.setInfo(.version, try a.rest(1, "value").clientText("lib-ver")))
        },
        Row(
            "CLIENT", "LIST", words: 0...1026, ["[TYPE normal|pubsub]", "[ID id…]"], group: "connection",
            roles: .admins, "The connections, one a line"
        ) { (a) throws(WireError) in .client(.list(try Filter(list: a))) },
        Row("CLIENT", "INFO", words: 0...0, group: "connection", roles: .users, "This connection, as in CLIENT LIST") {
            (_) throws(WireError) in .client(.info)
        },
        Row("CLIENT", "ID", words: 0...0, group: "connection", roles: .users, "The number of this connection") {
            (_) throws(WireError) in .client(.id)
        },
        Row(
            "CLIENT", "KILL", words: 1...64,
            ["<ip:port|[ID id] [TYPE normal|pubsub] [ADDR ip:port] [LADDR ip:port] [USER name] [SKIPME yes|no]>"],
            group: "connection", roles: .admins, "Close connections"
        ) { (a) throws(WireError) in
            guard a.restCount > 1 else { return .client(.kill(address: try a.rest(0, "address").text())) }
            return .client(.killAll(try Filter(kill: a)))
        },
        Row(
            "CLIENT", "REPLY", words: 1...1, ["<ON|OFF|SKIP>"], group: "connection", roles: .users,
            "Which replies to send"
        ) {
            (a) throws(WireError) in
            let mode = a.rest(0, "mode")
            if mode.matches("ON") { return .client(.reply(.on)) }
            if mode.matches("OFF") { return .client(.reply(.off)) }
            guard mode.matches("SKIP") else { throw .redisSyntax }
            return .client(.reply(.skip))
        },
        Row(
            "CLIENT", "NO-EVICT", words: 1...1, ["<ON|OFF>"], group: "connection", roles: .users,
            "Accepted, without effect"
        ) {
            (a) throws(WireError) in .client(.setEviction(isOff: try a.rest(0, "mode").onOrOff()))
        },
        Row(
            "CLIENT", "NO-TOUCH", words: 1...1, ["<ON|OFF>"], group: "connection", roles: .users,
            "Accepted, without effect"
        ) {
            (a) throws(WireError) in .client(.setTouch(isOff: try a.rest(0, "mode").onOrOff()))
        },
    ]
}

extension ServerCommand.Filter {
    /// `[TYPE type] | [ID id…]`.
    fileprivate init(list a: borrowing Arguments) throws(WireError) {
        self.init()
        skipsItself = false
        guard a.restCount > 0 else { return }
        guard a.restCount > 1 else { throw .redisSyntax }
        let option = a.rest(0, "option")
        if option.matches("TYPE"), a.restCount == 2 {
            type = try a.rest(1, "type").clientType()
            return
        }
        guard option.matches("ID") else { throw .redisSyntax }
        for index in 1..<a.restCount {
            guard let id = a.rest(index, "id").connectionID else { throw WireError(.general, "Invalid client ID") }
            ids.append(id)
        }
    }

    /// Pairs of a filter and its value.
    fileprivate init(kill a: borrowing Arguments) throws(WireError) {
        self.init()
        guard a.restCount % 2 == 0 else { throw .redisSyntax }
        for index in stride(from: 0, to: a.restCount, by: 2) {
            let option = a.rest(index, "filter")
            let value = a.rest(index + 1, "value")
            if option.matches("ID") {
                guard let id = value.connectionID else {
                    throw WireError(.general, "client-id should be greater than 0")
                }
                ids = [id]
            } else if option.matches("TYPE") {
                type = try value.clientType()
            } else if option.matches("ADDR") {
                address = try value.text()
            } else if option.matches("LADDR") {
                localAddress = try value.text()
            } else if option.matches("USER") {
                user = try value.text()
            } else if option.matches("SKIPME") {
                skipsItself = value.matches("YES")
                guard skipsItself || value.matches("NO") else { throw .redisSyntax }
            } else {
                throw .redisSyntax
            }
        }
    }
}

extension Argument {
    fileprivate func clientType() throws(WireError) -> ServerCommand.ClientType {
        if matches("SLAVE") { return .replica }
        let type = Word(memory).text.flatMap { ServerCommand.ClientType(rawValue: $0.lowercased()) }
        guard let type else { throw WireError(.general, "Unknown client type '\(printable)'") }
        return type
    }

    fileprivate var connectionID: UInt64? {
        guard let id = Self.decimal(memory), id > 0 else { return nil }
        return id
    }

    fileprivate func onOrOff() throws(WireError) -> Bool {
        if matches("ON") { return true }
        guard matches("OFF") else { throw .redisSyntax }
        return false
    }
}
