import SwitchboardPlatform
import SwitchboardWire

/// `CLIENT`: about this connection and the others.
extension Session {
    nonisolated(nonsending) func execute(_ command: ServerCommand.Client, _ form: RequestForm) async {
        switch command {
        case .setName(let name):
            client.name = name
            respond(.ok, form)
        case .getName:
            respond(client.name.isEmpty ? .null : .text(client.name), form)
        case .setInfo(.name, let value):
            client.libraryName = value
            respond(.ok, form)
        case .setInfo(.version, let value):
            client.libraryVersion = value
            respond(.ok, form)
        case .list(let filter):
            var found: [(id: UInt64, text: String)] = []
            for registry in server.registries { found += await registry.descriptions { $0.matches(filter) } }
            found.sort { $0.id < $1.id }
            respond(.lines(found.map(\.text)), form)
        case .info:
            respond(.lines([description]), form)
        case .id:
            respond(.integer(Int64(connection.id)), form)
        case .kill(let address):
            var filter = ServerCommand.Filter()
            filter.address = address
            let isOwn = connection.peer == address
            let count = isOwn ? 1 : await kill(filter, except: nil)
            respond(count > 0 ? .ok : .error(WireError(.general, "No such client")), form)
            if isOwn { finish() }
        case .killAll(let filter):
            let includesItself = !filter.skipsItself && matches(filter)
            let count = await kill(filter, except: connection.id)
            respond(.integer(Int64(count + (includesItself ? 1 : 0))), form)
            if includesItself { finish() }
        case .reply(let replies):
            switch replies {
            case .on:
                client.replies = .on
                respond(.ok, form)
            case .off: client.replies = .off
            case .skip: client.skipNextReply()
            }
        case .setEviction, .setTouch:
            // There is nothing that evicts clients and no key whose last use is noted: both are true already.
            respond(.ok, form)
        }
    }

    private nonisolated(nonsending) func kill(_ filter: ServerCommand.Filter, except id: UInt64?) async -> Int {
        var count = 0
        for registry in server.registries { count += await registry.kill(except: id) { $0.matches(filter) } }
        return count
    }

    func matches(_ filter: ServerCommand.Filter) -> Bool {
        if !filter.ids.isEmpty, !filter.ids.contains(connection.id) { return false }
        if let type = filter.type, type != .normal { return false }
        if let address = filter.address, address != connection.peer { return false }
        if let address = filter.localAddress, address != server.listener.address { return false }
        if let user = filter.user, user != "default" { return false }
        return true
    }

    /// One line of `CLIENT LIST`, with the names that Redis gives to these facts.
    var description: String {
        let now = SystemClock.monotonicNanoseconds()
        func seconds(_ since: UInt64) -> UInt64 { now > since ? (now - since) / 1_000_000_000 : 0 }
        return
            "id=\(connection.id) addr=\(connection.peer) laddr=\(server.listener.address) fd=\(connection.descriptor)"
            + " name=\(client.name) age=\(seconds(connection.createdNanoseconds))"
            + " idle=\(seconds(connection.lastActivityNanoseconds)) flags=N db=0 sub=0 psub=0 ssub=0 multi=-1"
            + " qbuf=\(connection.unread.count) qbuf-free=0 argv-mem=0 multi-mem=0 obl=0 oll=0"
            + " omem=\(connection.unsentCount) tot-mem=\(connection.unread.count + connection.unsentCount) events=r"
            + " cmd=\(lastCommand) user=default redir=-1 resp=\(client.protocolVersion)"
            + " lib-name=\(client.libraryName) lib-ver=\(client.libraryVersion)"
            + " tot-net-in=\(connection.bytesIn) tot-net-out=\(connection.bytesOut) tot-cmds=\(intake.requests)"
    }

    /// The last command's name as Redis spells names: `ticket|open`.
    private var lastCommand: String {
        guard let row = intake.lastRow else { return "NULL" }
        let shape = server.table.shapes.all[row]
        return shape.noun.lowercased() + (shape.verb.map { "|" + $0.lowercased() } ?? "")
    }
}
