import SwitchboardModel
import SwitchboardStorage

/// A record that a server with a fault would have left, appended to a folder that no server uses, so that a test can see who
/// notices.
public enum FaultyRecord {
    /// As below, in a folder of the machine's disk.
    public static func give(_ ticket: UInt64, to agent: UInt32, inFolder path: String) throws {
        let folder = try DataFolder(existing: path)
        defer { folder.release() }
        try give(TicketID(ticket), to: AgentIndex(agent), in: folder)
    }

    /// The balancer gave the ticket to the agent, whoever should have had it and whatever should have been given.
    public static func give(_ ticket: TicketID, to agent: AgentIndex, in folder: DataFolder) throws {
        let state = RecoveredState(shards: 1)
        let report = try Recovery.run(folder, into: state)
        var event = TicketOwnerChanged()
        event.ticket = ticket
        event.owner = agent
        event.rule = .leastLoaded
        event.by = .automatic
        let time = state.image.routing.lastTime ?? .manualStart
        let journal = try Journal(folder: folder, after: report.last) { _ in }
        journal.append(
            ByteWriter.bytes { RecordCodec.encode([.ticketOwnerChanged(event)], at: time, appendingTo: &$0) })
        try journal.sync()
        journal.close()
    }
}
