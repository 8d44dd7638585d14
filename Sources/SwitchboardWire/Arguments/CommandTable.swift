/// The commands a server knows, as rows of data. The same rows parse requests, decide who may send them and write HELP
/// and COMMAND.
///
/// A class, because it is looked at for each request and a struct of arrays counts a reference for each of them.
public final class CommandTable<Output>: Sendable {
    public let rows: [CommandRow<Output>]
    /// The rows without their parsers, in the same order.
    public let shapes: CommandShapes

    /// Traps when two rows have the same name.
    public init(_ rows: [CommandRow<Output>]) {
        self.rows = rows
        shapes = CommandShapes(rows.map(\.shape))
    }

    /// The number of the row that a request names. Throws `ERR unknown command 'X'`.
    public func row(_ request: Request) throws(WireError) -> Int { try shapes.find(request) }

    /// What the request asks for, when `roles` may ask for it.
    ///
    /// Throws in this order: `ERR` for a command not in the table, `NOAUTH` or `NOPERM`, then what is wrong with an
    /// argument. Nothing of the request's memory is in the result.
    @inlinable
    public func parse(_ request: Request, roles: Roles = .owner) throws(WireError) -> Output {
        try parse(request, row: try row(request), roles: roles)
    }

    /// The same for a row already found.
    @inlinable
    public func parse(_ request: Request, row: Int, roles: Roles = .owner) throws(WireError) -> Output {
        try rows[row].shape.permit(roles)
        var arguments = Arguments(request, rows[row].shape)
        try arguments.match()
        return try rows[row].parse(arguments)
    }
}

/// The shapes of a table: everything about it that does not depend on what requests become.
public final class CommandShapes: Sendable {
    public let all: [CommandShape]
    private let index: CommandIndex
    /// Nouns that have verbs.
    private let containers: Set<PackedKey>

    init(_ shapes: [CommandShape]) {
        all = shapes
        index = CommandIndex(shapes)
        containers = Set(shapes.filter { $0.verb != nil }.map { PackedKey($0.noun) })
        for shape in shapes where shape.verb == nil && containers.contains(PackedKey(shape.noun)) {
            // Otherwise a mistyped verb would be taken for an argument.
            precondition(shape.parameters.isEmpty, "\(shape.noun) has verbs and can take no arguments itself")
        }
    }

    func find(_ request: Request) throws(WireError) -> Int {
        guard let noun = PackedKey(request[0].memory) else { throw Self.unknown(request, 1) }
        if request.count > 1, let verb = PackedKey(request[1].memory), let row = index.find(noun, verb) { return row }
        let row = index.find(noun, .none)
        if request.count > 1, containers.contains(noun) { throw Self.unknown(request, 2) }
        guard let row else { throw Self.unknown(request, 1) }
        return row
    }

    /// The row of this noun and verb, in any case.
    public func find(noun: String, verb: String? = nil) -> CommandShape? {
        guard let noun = PackedKey(text: noun) else { return nil }
        guard let verb else { return index.find(noun, .none).map { all[$0] } }
        guard let verb = PackedKey(text: verb) else { return nil }
        return index.find(noun, verb).map { all[$0] }
    }

    private static func unknown(_ request: Request, _ count: Int) -> WireError {
        let name = (0..<count).map { request[$0].printable }.joined(separator: " ")
        return WireError(.general, "unknown command '\(name)'")
    }
}

extension CommandShape {
    /// Throws unless one of `roles` may use the command.
    @inlinable
    func permit(_ roles: Roles) throws(WireError) {
        if self.roles.isDisjoint(with: roles) { throw refusal(roles) }
    }

    @usableFromInline
    func refusal(_ roles: Roles) -> WireError {
        guard roles != .stranger else { return WireError(.noAuthentication, "Authentication required.") }
        return WireError(.noPermission, "\(name) needs the role \(self.roles.names)")
    }
}
