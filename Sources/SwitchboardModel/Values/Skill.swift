/// A skill with a level: what an agent has, or the least of it that a ticket needs.
public struct Skill: Fielded, Hashable {
    public var name = ""
    /// 1 to 100.
    public var level: UInt8 = 1

    public static let levels = 1...100
    /// How many an agent or a ticket may have.
    public static let most = 32

    public init() {}

    public init(name: String, level: UInt8) {
        self.name = name
        self.level = level
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.text(1, &name)
        try fields.number(2, &level)
    }

    /// As it is written: `french:3`.
    var text: String { "\(name):\(level)" }
}

/// How what a ticket needs becomes less while it waits: after each `span` of its age each level falls by `step`, and what falls
/// below 1 is needed no longer. The steps of Amazon Connect's routing criteria and of Genesys' bullseye rings, with levels.
public struct Relaxation: Fielded, Hashable {
    /// Zero: never.
    public var span = TimeSpan.zero
    /// 0: everything is dropped after one span.
    public var step: UInt8 = 0

    public init() {}

    public init(span: TimeSpan, step: UInt8) {
        self.span = span
        self.step = step
    }

    public mutating func visit(_ fields: inout some FieldCoder) throws(ByteReader.Malformed) {
        try fields.span(1, &span)
        try fields.number(2, &step)
    }

    /// What is left of `needs` after a ticket's age.
    func relaxed(_ needs: [Skill], after age: TimeSpan) -> [Skill] {
        guard span > .zero, age >= span else { return needs }
        guard step > 0 else { return [] }
        let fall = (age.milliseconds / span.milliseconds).multipliedReportingOverflow(by: Int64(step))
        guard !fall.overflow else { return [] }
        return needs.compactMap { need in
            Int64(need.level) > fall.partialValue
                ? Skill(name: need.name, level: need.level - UInt8(fall.partialValue)) : nil
        }
    }

    /// After how many spans nothing is left.
    func steps(_ needs: [Skill]) -> Int64 {
        guard span > .zero, let highest = needs.map(\.level).max() else { return 0 }
        return step == 0 ? 1 : (Int64(highest) + Int64(step) - 1) / Int64(step)
    }
}

extension [Skill] {
    /// The first of `needs` that is not met, if any.
    func lacks(_ needs: [Skill]) -> Skill? {
        needs.first { need in !contains { $0.name == need.name && $0.level >= need.level } }
    }
}

extension Relaxation {
    /// As it is written: `300s:2`, or `none`.
    var text: String {
        guard span > .zero else { return "none" }
        let duration = span.milliseconds % 1000 == 0 ? "\(span.milliseconds / 1000)s" : "\(span.milliseconds)ms"
        return step == 0 ? duration : "\(duration):\(step)"
    }
}

extension [Skill] {
    var document: JSON { .record(map { ($0.name, .integer(Int64($0.level))) }) }
}
