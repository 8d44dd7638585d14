/// What a client asks of the domain.
public enum DomainRequest: Sendable {
    /// To be decided and carried out.
    case command(Command)
    /// To be looked up.
    case query(Query)
}
