import SwitchboardClient
import SwitchboardPlatform
import SwitchboardTestKit
import Synchronization

/// A connection that moves the clock and sends agents away and back, one request at a time, until its server is gone.
final class Keeper: @unchecked Sendable {
    // @unchecked because what changes is touched by the thread of `run` while it runs, and by the owner before `start`
    // and after `join` only.
    /// What the last reply said of each agent, and what a request on the way may have made of it since.
    private(set) var agents: [String: [String]] = [:]
    /// Service time as the last reply showed it; texts of this form compare as times do.
    private(set) var clock = ""
    private(set) var acknowledged = 0
    private var chance: SeededChance
    private var thread: Thread?
    private let isStopped = Atomic<Bool>(false)

    static let names = (0..<3).map { "k\($0)" }

    init(seed: UInt64) { chance = SeededChance(seed: seed) }

    func start(port: UInt16) {
        isStopped.store(false, ordering: .relaxed)
        thread = Thread(name: "keeper") { [self] in
            do { try run(LineClient(host: "127.0.0.1", port: port)) } catch { return }
        }
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }

    func join() {
        thread?.join()
        thread = nil
    }

    private func run(_ client: LineClient) throws {
        while !isStopped.load(ordering: .relaxed) {
            let name = Self.names.randomElement(using: &chance) ?? ""
            switch Int.random(in: 0..<6, using: &chance) {
            case 0: try change(client, name, "AGENT ONLINE \(name)")
            case 1: try change(client, name, "AGENT OFFLINE \(name)")
            case 2: try change(client, name, "AGENT PAUSE \(name) reason=p\(Int.random(in: 0...999, using: &chance))")
            case 3: try change(client, name, "AGENT RESUME \(name)")
            default:
                let reply = try client.request(["CLOCK", "ADVANCE", "\(Int.random(in: 1...20, using: &chance))s"])
                if case .success(let bytes) = reply { clock = String(decoding: bytes, as: UTF8.self) }
            }
            acknowledged += 1
        }
    }

    private func change(_ client: LineClient, _ name: String, _ request: String) throws {
        let words = request.split(separator: " ").map(String.init)
        let before = try agents[name]?.first ?? Self.state(of: client.request(["AGENT", "SHOW", name]))
        // Until it is answered it may have happened or not.
        agents[name] = [before, Self.after(before, words)]
        let reply = try client.request(words)
        guard reply.json?["id"] != nil else {
            agents[name] = [before]
            return
        }
        agents[name] = [Self.state(of: reply)]
    }

    /// What is compared of an agent: `online`, or `offline`, and the pause's reason.
    static func state(of reply: Reply) -> String {
        let presence = reply.json?["presence"]?.string ?? reply.text(limit: 60)
        return "\(presence) \(reply.json?["paused"]?["reason"]?.string ?? "-")"
    }

    private static func after(_ state: String, _ words: [String]) -> String {
        let parts = state.split(separator: " ")
        switch words[1] {
        case "ONLINE": return "online \(parts[1])"
        case "OFFLINE": return "offline \(parts[1])"
        case "PAUSE": return "\(parts[0]) \(words[3].dropFirst("reason=".count))"
        default: return "\(parts[0]) -"
        }
    }

    /// Takes over what a restarted server shows. Returns what should not be so.
    func check(_ client: LineClient) throws -> [String] {
        var problems: [String] = []
        for (name, states) in agents {
            let found = Self.state(of: try client.request(["AGENT", "SHOW", name]))
            if !states.contains(found) { problems.append("agent \(name) is \(found), not \(states)") }
            agents[name] = [found]
        }
        if case .success(let bytes) = try client.request(["CLOCK"]) {
            let now = String(decoding: bytes, as: UTF8.self)
            if now < clock { problems.append("the clock went back from \(clock) to \(now)") }
        }
        return problems
    }
}
