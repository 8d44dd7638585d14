import SwitchboardModel

/// What a request asks for. Owns its memory.
public enum ParsedRequest: Sendable {
    /// Concerns tickets, agents or departments.
    case domain(DomainRequest)
    /// Asks of many tickets: answered over several turns of the lane.
    case find(FindQuestion)
    /// Concerns the server or the connection rather than tickets.
    case server(ServerCommand)

    static func command(_ command: Command) -> ParsedRequest { .domain(.command(command)) }
    static func query(_ query: Query) -> ParsedRequest { .domain(.query(query)) }
}
