import Glibc
import SwitchboardEngine
import SwitchboardModel
import SwitchboardPlatform
import SwitchboardStorage
import SwitchboardWire

/// `INFO`: what the server knows of itself.
extension Session {
    nonisolated(nonsending) func info(_ sections: [String], _ form: RequestForm) async {
        let all = await server.information()
        let wanted = sections.contains("all") || sections.contains("everything") || sections.contains("default")
        let chosen = sections.isEmpty || wanted ? all : all.filter { sections.contains($0.title.lowercased()) }
        // Not held until what it counts is durable: whoever looks for a failing disk asks here.
        respond(.sections(chosen), form)
    }
}

extension Server {
    func information() async -> [ServerValue.Section] {
        let figures = await engine.balancer.figures()
        let snapshots = await engine.snapshotter.current()
        return [
            serverSection(await engine.balancer.serviceTime()), await clientsSection(), Self.memorySection(),
            persistenceSection(figures, snapshots), statsSection(figures), Self.routingSection(figures.routing),
            checkSection(await engine.checker.current()),
        ]
    }

    private typealias Line = ServerValue.Section.Line

    private func serverSection(_ time: Timestamp) -> ServerValue.Section {
        let uptime = (SystemClock.monotonicNanoseconds() - startedNanoseconds) / 1_000_000_000
        return .init(
            "Server",
            [
                Line("switchboard_version", ServerVersion.own), Line("redis_version", ServerVersion.redis),
                Line("redis_mode", "standalone"), Line("os", "Linux"), Line("arch_bits", "64"),
                Line("process_id", String(getpid())), Line("tcp_port", String(listener.boundPort)),
                Line("uptime_in_seconds", String(uptime)), Line("clock", configuration.clock.rawValue),
                Line("service_time_ms", String(time.milliseconds)), Line("shards", String(configuration.shards)),
                Line("loops", String(loops.count)),
            ])
    }

    private func clientsSection() async -> ServerValue.Section {
        .init(
            "Clients",
            [
                Line("connected_clients", String(listener.connectionCount)),
                Line("maxclients", String(listener.maxConnections)),
            ])
    }

    private static func memorySection() -> ServerValue.Section {
        let memory = ProcessMemory.read()
        return .init(
            "Memory",
            [
                Line("used_memory", String(memory.resident)), Line("used_memory_rss", String(memory.resident)),
                Line("used_memory_peak", String(memory.peak)),
            ])
    }

    private func persistenceSection(
        _ figures: LaneFigures, _ snapshots: Snapshotter.Status
    ) -> ServerValue.Section {
        let journal = engine.journal
        let durable = journal.durable
        // What a crash could take back is not shown, nor what replies wait for.
        let last = configuration.fsync.repliesWait ? durable : figures.lastRecord
        return .init(
            "Persistence",
            [
                Line("loading", "0"), Line("fsync", configuration.fsync.rawValue),
                Line("last_record", String(last.rawValue)),
                Line("durable_record", String(durable.rawValue)),
                Line("journal_pending_bytes", String(journal.pendingBytes)),
            ] + Self.healthLines(journal) + [
                Line("rids", String(figures.routing.requests)), Line("max_rids", String(configuration.maxRequests)),
                Line("snapshot_in_progress", snapshots.isRunning ? "1" : "0"),
                Line("rdb_bgsave_in_progress", snapshots.isRunning ? "1" : "0"),
                Line("last_snapshot_time", String((snapshots.lastMilliseconds ?? 0) / 1000)),
                Line("last_snapshot_record", String(snapshots.lastRecord.rawValue)),
                Line("last_snapshot_ms", snapshots.lastDurationMilliseconds.map { String($0) } ?? "-1"),
                Line("last_snapshot_bytes", snapshots.lastBytes.map { String($0) } ?? "-1"),
                Line("last_snapshot_copied_bytes", snapshots.lastCopiedBytes.map { String($0) } ?? "-1"),
                Line("last_snapshot_status", snapshots.lastError ?? "ok"),
            ])
    }

    private static func healthLines(_ journal: Journal) -> [Line] {
        let outage = journal.outage
        let isFailed = journal.health != .healthy
        let now = isFailed ? outage : nil
        let past = isFailed ? nil : outage
        return [
            Line("journal_health", isFailed ? "failed" : "ok"),
            Line("journal_error", now?.cause ?? "none"),
            Line("journal_failed_since", String((now?.fromMilliseconds ?? 0) / 1000)),
            Line("last_outage_start", String((past?.fromMilliseconds ?? 0) / 1000)),
            Line("last_outage_end", String((past?.untilMilliseconds ?? 0) / 1000)),
            Line("last_outage_error", past?.cause ?? "none"),
        ]
    }

    private func statsSection(_ figures: LaneFigures) -> ServerValue.Section {
        .init(
            "Stats",
            [
                Line("total_connections_received", String(statistics.connections.load(ordering: .relaxed))),
                Line("total_commands_processed", String(statistics.requests.load(ordering: .relaxed))),
                Line("lane_requests", String(figures.requests)), Line("lane_batches", String(figures.batches)),
                Line("lane_busy_us", String(figures.busyNanoseconds / 1000)),
                Line("lane_longest_turn_us", String(figures.longestTurnNanoseconds / 1000)),
                Line("rejected_commands", String(figures.rejections)), Line("records", String(figures.records)),
                Line("events", String(figures.events)), Line("tickets_opened", String(figures.opened)),
                Line("tickets_resolved", String(figures.resolved)), Line("assignments", String(figures.assignments)),
                Line("transfers", String(figures.transfers)),
            ])
    }

    private func checkSection(_ checks: SelfChecker.Status) -> ServerValue.Section {
        .init(
            "Verification",
            [
                Line("self_check_every", String(selfCheckSeconds)),
                Line("self_check_in_progress", checks.isRunning ? "1" : "0"),
                Line("self_checks", String(checks.checks)), Line("self_check_problems", String(checks.problems)),
                Line("last_self_check_time", String((checks.lastMilliseconds ?? 0) / 1000)),
                Line("last_self_check_ms", checks.lastDurationMilliseconds.map { String($0) } ?? "-1"),
                Line("last_self_check_facts", String(checks.lastChecked)),
                Line("last_self_check_places", String(checks.lastPlacesCompared)),
                Line("last_self_check_problems", String(checks.lastProblems)),
            ])
    }

    private static func routingSection(_ routing: RoutingFigures) -> ServerValue.Section {
        var lines = [
            Line("departments", String(routing.departments)), Line("agents", String(routing.agents)),
            Line("agents_online", String(routing.online)), Line("agents_paused", String(routing.paused)),
        ]
        for channel in Channel.allCases {
            lines.append(Line("waiting_\(channel.name)", String(routing.waiting[channel])))
            lines.append(Line("held_\(channel.name)", String(routing.held[channel])))
            lines.append(Line("capacity_\(channel.name)", String(routing.capacity[channel])))
        }
        lines.append(Line("timers", String(routing.timers)))
        lines.append(Line("skips", String(routing.skips)))
        lines.append(Line("ringing", String(routing.ringing)))
        return .init("Routing", lines)
    }
}

/// The memory of this process, as the system counts it.
enum ProcessMemory {
    /// Bytes resident now and at most.
    static func read() -> (resident: Int, peak: Int) {
        guard let file = fopen("/proc/self/status", "r") else { return (0, 0) }
        defer { fclose(file) }
        var (resident, peak) = (0, 0)
        var buffer = [CChar](repeating: 0, count: 256)
        while fgets(&buffer, Int32(buffer.count), file) != nil {
            let line = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let kilobytes = Int(line.filter { ("0"..."9").contains($0) }) ?? 0
            if line.hasPrefix("VmRSS:") { resident = kilobytes << 10 }
            if line.hasPrefix("VmHWM:") { peak = kilobytes << 10 }
        }
        return (resident, peak)
    }
}
