/// One `key=value` that a command takes.
public struct OptionSpec: Sendable {
    enum Kind: Sendable, Equatable {
        case plain
        /// `key=` and `<scope>.key=` for each scope of the row.
        case scoped
        /// `key.<name>=`, as often as there are names.
        case family
    }

    /// In lower case, at most 16 bytes.
    let key: String
    /// What the usage line shows behind the `=`: `<time>`, `yes|no`.
    let value: String
    let isRequired: Bool
    let kind: Kind
    /// Options of one group exclude each other; 0 is no group. Only the row, which knows the other groups, numbers
    /// them: until then this is 1, and `beginsGroup` tells where a group begins.
    var group = 0
    var beginsGroup = false

    /// `key=value`, at most once.
    public static func option(_ key: String, _ value: String, required: Bool = false) -> OptionSpec {
        OptionSpec(key: key, value: value, isRequired: required, kind: .plain)
    }

    /// `rid=`: what every write takes, see `CommandRow.write`.
    static let request = option("rid", "<request-id>")

    /// `key=value`, and the same for one of the row's scopes: `call.key=value`.
    public static func scoped(_ key: String, _ value: String) -> OptionSpec {
        OptionSpec(key: key, value: value, isRequired: false, kind: .scoped)
    }

    /// `prefix.<name>=value` for any identifier as name, whose case counts.
    public static func family(_ prefix: String, _ value: String) -> OptionSpec {
        OptionSpec(key: prefix, value: value, isRequired: false, kind: .family)
    }

    /// `key=value` on the usage line, without brackets.
    var usage: String { kind == .family ? "\(key).<name>=\(value)" : "\(key)=\(value)" }
}

extension [OptionSpec] {
    /// Options of which at most one may be given, and one must be when `required`.
    public static func oneOf(required: Bool = false, _ options: OptionSpec...) -> [OptionSpec] {
        options.enumerated().map { index, given in
            var option = OptionSpec(key: given.key, value: given.value, isRequired: required, kind: given.kind)
            option.group = 1
            option.beginsGroup = index == 0
            return option
        }
    }
}
