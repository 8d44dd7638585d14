/// Writes or reads one object of a document. Zero, empty and missing values are left out, and read as such.
///
/// A fault is a `BADARG` whose message begins with where it is: `thread[3].at: …`.
struct DocumentCoder {
    let names: TransferNames
    let isReading: Bool
    /// Of the object: those being read, or those written so far.
    private(set) var members: [JSON.Member]
    /// Reading: where to look for the next key, as they mostly come in the order in which they are written.
    private var position = 0
    /// Reading: a bit for each member that was asked for.
    private var taken: UInt64 = 0

    /// Reading: a bit for each member's key, so that what is not there is mostly not looked for.
    private var keys: UInt64 = 0

    static let mostMembers = 64

    private init(_ names: TransferNames, isReading: Bool, _ members: [JSON.Member]) {
        self.names = names
        self.isReading = isReading
        self.members = members
        for member in members { keys |= Self.bit(member.key) }
    }

    @inline(__always)
    private static func bit(_ key: String) -> UInt64 {
        var utf8 = key.utf8.makeIterator()
        guard let first = utf8.next() else { return 1 }
        let second = utf8.next() ?? 0
        return 1 << UInt64((first &* 7 &+ second &* 3 &+ UInt8(truncatingIfNeeded: key.utf8.count)) & 63)
    }

    static func write<Value: Documented>(_ value: Value, _ names: TransferNames) -> JSON {
        var coder = DocumentCoder(names, isReading: false, [])
        var value = value
        do throws(Rejection) { try value.code(&coder) } catch {
            preconditionFailure("writing \(Value.self) failed: \(error)")
        }
        return .object(coder.members)
    }

    static func read<Value: Documented>(
        _ type: Value.Type, from json: JSON, _ names: TransferNames
    ) throws(Rejection) -> Value {
        guard case .object(let members) = json else { throw Rejection(.badArgument, "must be an object") }
        guard members.count <= mostMembers else {
            throw Rejection(.badArgument, "has more than \(mostMembers) members")
        }
        var coder = DocumentCoder(names, isReading: true, members)
        var value = Value()
        try value.code(&coder)
        try coder.refuseUnknown()
        return value
    }

    private func refuseUnknown() throws(Rejection) {
        guard taken.nonzeroBitCount < members.count else { return }
        for place in members.indices where taken & (1 << UInt64(place)) == 0 {
            let isRepeated = members[..<place].contains { $0.key == members[place].key }
            throw Self.fault(members[place].key, isRepeated ? "is there twice" : "is no key of this object")
        }
    }

    /// What is wrong, and where.
    static func fault(_ key: String, _ message: String) -> Rejection {
        Rejection(.badArgument, "\(key): \(message)")
    }

    /// The same fault, one level further out.
    static func within(_ place: String, _ fault: Rejection) -> Rejection {
        // What is said of the object as a whole has no key before it.
        let isOfWhole = fault.message.hasPrefix("must be ") || fault.message.hasPrefix("has more than ")
        return Rejection(fault.code, "\(place)\(isOfWhole ? ": " : ".")\(fault.message)")
    }

    // MARK: Members

    /// The value of a key, `null` as it is; `nil` when it is not there.
    mutating func take(_ key: String) -> JSON? {
        guard keys & Self.bit(key) != 0 else { return nil }
        var place = position
        for _ in members.indices {
            if place >= members.count { place = 0 }
            if members[place].key == key {
                taken |= 1 << UInt64(place)
                position = place + 1
                return members[place].value
            }
            place += 1
        }
        return nil
    }

    /// The value of a key; `nil` when it is `null` or not there.
    mutating func value(_ key: String) -> JSON? {
        guard let value = take(key), value != .null else { return nil }
        return value
    }

    mutating func put(_ key: String, _ value: JSON) { members.append(JSON.Member(key, value)) }
}
