import SwitchboardModel

/// What a request asks for. Owns its memory.
public enum ParsedRequest: Sendable {
    /// To be decided and carried out.
    case command(Command)
    /// To be looked up.
    case query(Query)
    /// Concerns the server or the connection rather than tickets.
    case server(ServerCommand)
}
