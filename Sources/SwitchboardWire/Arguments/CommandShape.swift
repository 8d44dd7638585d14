/// What a command's words must look like, without what they become: the part of a row that is the same for every
/// table, and that HELP, COMMAND and the errors are written from.
///
/// A class, because one is handed around with each request and costs one reference.
public final class CommandShape: Sendable {
    /// At most so many positional words and options together.
    public static let limit = 48

    /// In upper case.
    public let noun: String
    /// In upper case; nil for a single word.
    public let verb: String?
    public let roles: Roles
    public let summary: String
    /// Under which COMMAND DOCS files it, in lower case.
    public let group: String
    /// Whether HELP and COMMAND show it.
    public let isListed: Bool
    /// `TICKET SHOW <id> [thread=no|all]`.
    public let usage: String

    let positionals: [String]
    let options: [OptionSpec]
    let repeating: String?
    /// Redis style: so many words of any kind in place of positionals and options.
    let words: ClosedRange<Int>?
    /// What `usage` says behind noun and verb.
    let parameters: [String]

    /// Of the positionals, then of the options; the rest is `PackedKey.none`. Inline, because every look at an array
    /// would count a reference.
    let keys: InlineArray<48, PackedKey>
    let keyCount: Int
    /// For each hash of a key the first slot that has it, plus 1; 0 where none has.
    private let hints: InlineArray<64, UInt8>
    /// The number of positionals, which is the first option's slot.
    let firstOption: Int
    /// A bit for the hash of each positional's name.
    let positionalHashes: UInt64
    /// A bit for each slot of an option that is required.
    let requiredSlots: UInt64
    /// A bit for each slot of a family, which is never given without a name.
    let familySlots: UInt64
    /// Of `rid=`, which every write takes and nothing else.
    let requestSlot: Int?
    let hasDotted: Bool
    let hasGroups: Bool
    let scopes: [String]
    let scopeKeys: [PackedKey]

    init(
        noun: String, verb: String?, positionals: [String], repeating: String?, options: [OptionSpec], scopes: [String],
        words: ClosedRange<Int>?, parameters: [String]?, group: String?, isListed: Bool, roles: Roles, summary: String
    ) {
        precondition(noun == noun.uppercased() && verb == verb?.uppercased(), "\(noun): nouns and verbs in upper case")
        precondition(positionals.count + options.count <= Self.limit, "\(noun): too many arguments for one row")
        self.noun = noun
        self.verb = verb
        self.roles = roles
        self.summary = summary
        self.group = group ?? noun.lowercased()
        self.isListed = isListed
        self.positionals = positionals
        self.repeating = repeating
        self.options = Self.numberGroups(options)
        self.words = words
        self.scopes = scopes
        scopeKeys = scopes.map { PackedKey($0) }
        let names = positionals.map { PackedKey($0) } + options.map { PackedKey($0.key) }
        precondition(Set(names).count == names.count, "\(noun) \(verb ?? ""): two arguments of one name")
        keys = InlineArray { $0 < names.count ? names[$0] : .none }
        keyCount = names.count
        hints = Self.hints(names)
        firstOption = positionals.count
        positionalHashes = names.prefix(positionals.count).reduce(0) { $0 | $1.hashBit }
        requiredSlots = Self.bits(options.map(\.isRequired)) << UInt64(positionals.count)
        familySlots = Self.bits(options.map { $0.kind == .family }) << UInt64(positionals.count)
        requestSlot = (options.firstIndex { $0.key == OptionSpec.request.key }).map { $0 + positionals.count }
        hasDotted = options.contains { $0.kind != .plain }
        hasGroups = options.contains { $0.group != 0 }
        let shown = parameters ?? Self.parameters(positionals, repeating, self.options)
        self.parameters = shown
        usage = ([noun] + (verb.map { [$0] } ?? []) + shown).joined(separator: " ")
    }

    /// `TICKET SHOW`.
    public var name: String { verb.map { "\(noun) \($0)" } ?? noun }

    /// How many words the name takes.
    @inline(__always)
    var nameCount: Int { verb == nil ? 1 : 2 }

    /// Where an argument's place is kept. Traps for a name the row does not have, which is a slip in the program.
    @inline(__always)
    func slot(_ key: PackedKey) -> Int {
        guard let slot = slot(key, from: 0) else { preconditionFailure("\(name) has no argument of this name") }
        return slot
    }

    /// Whether the row has a positional or an option of this name.
    @usableFromInline
    func hasArgument(_ key: PackedKey) -> Bool { slot(key, from: 0) != nil }

    /// The slot of `key`, at `first` or later.
    @inline(__always)
    func slot(_ key: PackedKey, from first: Int) -> Int? {
        // The hint is the first slot of this hash, so those of the same hash come behind it.
        var slot = Int(hints[key.hash64]) - 1
        guard slot >= 0 else { return nil }
        slot = max(slot, first)
        while slot < keyCount {
            if keys[slot] == key { return slot }
            slot += 1
        }
        return nil
    }

    private static func hints(_ names: [PackedKey]) -> InlineArray<64, UInt8> {
        var hints = InlineArray<64, UInt8>(repeating: 0)
        for (slot, name) in names.enumerated().reversed() { hints[name.hash64] = UInt8(slot + 1) }
        return hints
    }

    private static func bits(_ flags: [Bool]) -> UInt64 {
        flags.reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
    }

    /// The members of a group as the usage line shows them: `until=<time>|for=<duration>`.
    func usage(ofGroup group: Int) -> String {
        options.filter { $0.group == group }.map(\.usage).joined(separator: "|")
    }

    /// Options that stood together in one `oneOf` get one number.
    private static func numberGroups(_ options: [OptionSpec]) -> [OptionSpec] {
        var group = 0
        return options.map { option in
            guard option.group != 0 else { return option }
            if option.beginsGroup { group += 1 }
            var numbered = option
            numbered.group = group
            return numbered
        }
    }

    private static func parameters(
        _ positionals: [String], _ repeating: String?, _ options: [OptionSpec]
    ) -> [String] {
        var parts = positionals.map { "<\($0)>" }
        if let repeating { parts.append("<\(repeating)>…") }
        var groups: Set<Int> = []
        for option in options {
            var text = option.usage
            if option.group != 0 {
                guard groups.insert(option.group).inserted else { continue }
                text = options.filter { $0.group == option.group }.map(\.usage).joined(separator: "|")
            }
            parts.append(option.isRequired ? text : "[\(text)]")
        }
        return parts
    }
}
