import SwitchboardClient
import SwitchboardPlatform

/// Runs benchmarks and prints what each operation took: processor time of this thread, so that waiting for a core that
/// somebody else has does not count.
struct Meter {
    enum Output {
        case table
        /// One JSON object a line.
        case lines
    }

    var rounds = 9
    /// Of the usual operations in each round.
    var percent = 100
    private let output: Output
    /// Takes in what benchmarks return, so that none of their work is done in vain and left out.
    private var sink: UInt64 = 0

    init(output: Output) { self.output = output }

    /// How many operations a round has where `usual` of them are usual; at least one.
    func operations(_ usual: Int) -> Int { max(usual * percent / 100, 1) }

    /// Says what the figures are of that follow.
    func begin(_ title: String) {
        guard case .table = output else { return }
        Console.print("\n\(title)")
        Console.print(Self.row("", "median", "least", "most", "operations"))
    }

    /// Says what is no time, where a person reads it.
    func say(_ text: String) {
        guard case .table = output else { return }
        Console.print(text)
    }

    /// Measures `body`, which does `operations` operations and returns something that follows from all of them.
    /// `prepare` runs before each round and is not timed. One round goes before the others to warm up.
    mutating func measure(
        _ name: String, operations: Int, prepare: () -> Void = {}, body: () -> UInt64
    ) {
        var found: [Double] = []
        for round in 0...rounds {
            prepare()
            let start = SystemClock.threadNanoseconds()
            let result = body()
            let end = SystemClock.threadNanoseconds()
            sink = mix(sink, result)
            if round > 0 { found.append(Double(end - start) / Double(operations)) }
        }
        found.sort()
        print(name, found, operations)
    }

    /// Shows what single operations took, each measured by itself.
    func show(_ name: String, _ nanoseconds: [Double]) { print(name, nanoseconds.sorted(), nanoseconds.count) }

    private func print(_ name: String, _ sorted: [Double], _ operations: Int) {
        let (median, least, most) = (sorted[sorted.count / 2], sorted[0], sorted[sorted.count - 1])
        switch output {
        case .table:
            Console.print(
                Self.row(name, Self.text(median), Self.text(least), Self.text(most), grouped(operations)))
        case .lines:
            Console.print(
                "{\"name\":\"\(name)\",\"median_ns\":\(Self.tenths(median)),\"least_ns\":\(Self.tenths(least)),"
                    + "\"most_ns\":\(Self.tenths(most)),\"rounds\":\(rounds),\"operations\":\(operations)}")
        }
    }

    private static func row(_ name: String, _ numbers: String...) -> String {
        name.padded(to: 66, leading: false) + numbers.map { $0.padded(to: 13, leading: true) }.joined()
    }

    /// Nanoseconds for a person: with a decimal below 100, else whole.
    private static func text(_ nanoseconds: Double) -> String {
        (nanoseconds < 100 ? tenths(nanoseconds) : grouped(Int(nanoseconds.rounded()))) + " ns"
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Not inlined: the compiler must not see that nobody looks at the sum.
    @inline(never)
    private func mix(_ sum: UInt64, _ result: UInt64) -> UInt64 { (sum ^ result) &* 0x9e37_79b9_7f4a_7c15 }
}

extension String {
    fileprivate func padded(to width: Int, leading: Bool) -> String {
        let blanks = String(repeating: " ", count: max(width - count, 0))
        return leading ? blanks + self : self + blanks
    }
}
