/// What a client asks of the domain.
public enum DomainRequest: Sendable {
    /// To be decided and carried out.
    case command(Command)
    /// To be decided and carried out unless a request of this name was before. Indirect, because it is rare.
    indirect case once(Command, RequestName)
    /// To be looked up.
    case query(Query)
}
