import SwitchboardWire

/// `CONFIG`: the settings by name.
extension Session {
    nonisolated(nonsending) func execute(_ command: ServerCommand.Config, _ form: RequestForm) async {
        switch command {
        case .get(let patterns):
            var members: [ServerValue.Member] = []
            for (name, value) in await server.settings()
            where patterns.contains(where: { Glob.matches(name, $0.lowercased()) }) {
                members.append(.init(name, .text(value)))
            }
            respond(.map(members), form)
        case .set(let settings):
            if let error = await server.change(settings) { return answer(error) }
            respond(.ok, form)
        case .resetStatistics:
            server.statistics.reset()
            await server.engine.balancer.resetStatistics()
            respond(.ok, form)
        }
    }
}

extension Server {
    /// All settings with their values, and under Redis' names the two that its tools ask for.
    func settings() async -> [(name: String, value: String)] {
        var current = configuration
        current.snapshotEverySeconds = await snapshotEverySeconds()
        current.maxConnections = listener.maxConnections
        current.port = listener.boundPort
        let own = Setting.all.map { ($0.name, $0.get(current)) }
        return own + [
            ("maxclients", String(listener.maxConnections)),
            ("save", current.snapshotEverySeconds == 0 ? "" : "\(current.snapshotEverySeconds) 1"),
            ("appendonly", "yes"),
        ]
    }

    /// Changes what can be changed while running: all of it, or nothing and why.
    func change(_ settings: [ServerCommand.Config.Setting]) async -> WireError? {
        var changed = configuration
        for setting in settings {
            guard let known = Setting.all.first(where: { $0.name == setting.name }) else {
                return WireError(.general, "unknown setting '\(setting.name)'")
            }
            guard known.name == "snapshot-every" else {
                return WireError(.general, "'\(setting.name)' cannot be changed while the server runs")
            }
            if let expected = known.set(&changed, setting.value) {
                return WireError(.badArgument, "'\(setting.name)' must be \(expected), not '\(setting.value)'")
            }
        }
        await setSnapshotEvery(changed.snapshotEverySeconds)
        return nil
    }
}
