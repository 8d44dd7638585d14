import SwitchboardClient

/// A ticket as a restarted server shows it.
struct FoundTicket {
    var shown: Shown
    /// The texts of its thread, in their order.
    var texts: [String]
}

extension LineClient {
    /// The tickets of `ids` and those numbered from `first` on, by id.
    func tickets(_ ids: Set<Int>, from first: Int) throws -> [Int: FoundTicket] {
        var found: [Int: FoundTicket] = [:]
        var pipeline = Pipeline<Int>(client: self, window: 64)
        func take() throws -> Bool {
            let (id, reply) = try pipeline.receive()
            guard let json = reply.json, json["id"]?.integer == id else { return false }
            found[id] = FoundTicket(
                shown: Shown(
                    version: json["version"]?.integer ?? 0, status: json["status"]?.string ?? "",
                    department: json["dept"]?.string ?? "", agent: json["agent"]?.string),
                texts: json["thread"]?.array?.compactMap { $0["body"]?.string } ?? [])
            return true
        }
        for id in ids where id < first {
            if pipeline.isFull { _ = try take() }
            try pipeline.send(["TICKET", "SHOW", String(id), "thread=all"], tag: id)
        }
        while !pipeline.isEmpty { _ = try take() }
        // Ids have no gaps: the first that is not there is the end.
        var next = first
        var isMore = true
        while isMore || !pipeline.isEmpty {
            while isMore, !pipeline.isFull {
                try pipeline.send(["TICKET", "SHOW", String(next), "thread=all"], tag: next)
                next += 1
            }
            if try !take() { isMore = false }
        }
        return found
    }

    /// The digest of the state; throws when the server's own verification finds anything wrong.
    func digest() throws -> String {
        let verification = try demand(["VERIFY"]).json
        guard verification?["ok"]?.bool == true, let digest = verification?["digest"]?.string else {
            throw ClientError(.reply, "VERIFY finds: \(verification?["problems"] ?? .null)")
        }
        return digest
    }
}
