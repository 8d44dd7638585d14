/// Whom a command is for.
public struct Roles: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Not yet authenticated, where users are configured.
    public static let stranger = Roles(rawValue: 1 << 0)
    /// A program that brings tickets in.
    public static let gateway = Roles(rawValue: 1 << 1)
    public static let agent = Roles(rawValue: 1 << 2)
    public static let supervisor = Roles(rawValue: 1 << 3)
    public static let admin = Roles(rawValue: 1 << 4)
    public static let owner = Roles(rawValue: 1 << 5)

    public static let owners: Roles = [.owner]
    public static let admins: Roles = [.admin, .owner]
    public static let supervisors: Roles = [.supervisor, .admin, .owner]
    public static let agents: Roles = [.agent, .supervisor, .admin, .owner]
    /// Everyone who is authenticated.
    public static let users: Roles = [.gateway, .agent, .supervisor, .admin, .owner]
    /// Before authentication, too.
    public static let everyone: Roles = [.stranger, .gateway, .agent, .supervisor, .admin, .owner]

    /// As a message names them: `admin or owner`.
    public var names: String {
        let all: [(Roles, String)] = [
            (.gateway, "gateway"), (.agent, "agent"), (.supervisor, "supervisor"), (.admin, "admin"), (.owner, "owner"),
        ]
        return all.filter { contains($0.0) }.map(\.1).joined(separator: " or ")
    }
}
