import SwitchboardStorage
import SwitchboardTransport

/// One setting: its name on the command line, in the configuration file and for `CONFIG GET`.
struct Setting: Sendable {
    let name: String
    /// What stands behind the name in the usage.
    let value: String
    let summary: String
    /// Takes a value over, or answers what it must be.
    let set: @Sendable (inout Configuration, String) -> String?
    let get: @Sendable (Configuration) -> String

    static let all: [Setting] = [
        Setting(
            name: "bind", value: "ADDRESS", summary: "address to listen on",
            set: {
                $0.bind = $1
                return Listener.isAddress($1) ? nil : "an IPv4 or IPv6 address"
            }, get: { $0.bind }),
        Setting(
            name: "port", value: "PORT", summary: "port to listen on; 0 lets the system choose",
            set: { configuration, text in
                guard let port = UInt16(text) else { return "a number from 0 to 65535" }
                configuration.port = port
                return nil
            }, get: { String($0.port) }),
        Setting(
            name: "data", value: "DIR", summary: "folder of the journal and the snapshots",
            set: {
                $0.data = $1
                return $1.isEmpty ? "a folder" : nil
            }, get: { $0.data }),
        number("shards", 1...256, "actors that the tickets and agents are spread over", \.shards),
        number("loops", 1...64, "threads that serve connections", \.loops),
        Setting(
            name: "fsync", value: "always|everysec|no", summary: "when a reply may leave: on disk, or before",
            set: { configuration, text in
                guard let policy = FsyncPolicy(rawValue: text) else { return "always, everysec or no" }
                configuration.fsync = policy
                return nil
            }, get: { $0.fsync.rawValue }),
        number("segment-bytes", 1 << 12...1 << 30, "bytes of one journal file", \.segmentBytes),
        Setting(
            name: "snapshot-every", value: "TIME", summary: "time between snapshots, such as 90s or 5m; 0 for none",
            set: { configuration, text in
                guard let seconds = seconds(text) else { return "a time such as 90, 90s, 5m or 8h" }
                configuration.snapshotEverySeconds = seconds
                return nil
            }, get: { "\($0.snapshotEverySeconds)s" }),
        size(
            "snapshot-every-size", 0...1 << 40, "journal between snapshots, such as 512m or 1g; 0 for none",
            \.snapshotEveryBytes),
        size("journal-max", 8 << 20...1 << 40, "size of the journal at most, such as 8g", \.journalMaxBytes),
        Setting(
            name: "clock", value: "system|manual", summary: "where service time comes from",
            set: { configuration, text in
                guard let clock = Configuration.Clock(rawValue: text) else { return "system or manual" }
                configuration.clock = clock
                return nil
            }, get: { $0.clock.rawValue }),
        Setting(
            name: "self-check", value: "TIME|off", summary: "time between checks of the whole state, such as 30m or 6h",
            set: { configuration, text in
                guard let seconds = text == "off" ? 0 : seconds(text) else { return "a time such as 30m or 6h, or off" }
                configuration.selfCheckSeconds = seconds
                return nil
            }, get: { $0.selfCheckSeconds == 0 ? "off" : "\($0.selfCheckSeconds)s" }),
        Setting(
            name: "max-connections", value: "N", summary: "connections at once; one more is refused",
            set: { configuration, text in
                guard let count = Int(text), count > 0 else { return "a number from 1" }
                configuration.maxConnections = count
                return nil
            }, get: { $0.maxConnections.map { String($0) } ?? "auto" }),
        number(
            "max-unsent", 1 << 10...1 << 40, "bytes a connection may leave unread before it is closed", \.maxUnsentBytes
        ),
        Setting(
            name: "stall-limit", value: "TIME", summary: "how long a reply may wait for the disk; then it is closed",
            set: { configuration, text in
                guard let seconds = seconds(text), seconds > 0 else { return "a time from 1s, such as 30s or 5m" }
                configuration.stallLimitSeconds = seconds
                return nil
            }, get: { "\($0.stallLimitSeconds)s" }),
        number("max-line", 1 << 10...1 << 24, "bytes of an inline request", \.limits.lineBytes),
        number("max-value", 1 << 10...1 << 24, "bytes of one value", \.limits.valueBytes),
        number("max-request", 1 << 10...1 << 24, "bytes of one request", \.limits.requestBytes),
        number("max-words", 16...16_384, "words of one request", \.limits.words),
        number("max-rids", 0...100_000_000, "requests with a rid= remembered; one more is refused", \.maxRequests),
    ]

    private static func number(
        _ name: String, _ range: ClosedRange<Int>, _ summary: String,
        _ path: WritableKeyPath<Configuration, Int> & Sendable
    ) -> Setting {
        Setting(
            name: name, value: "N", summary: summary,
            set: { configuration, text in
                guard let value = Int(text), range.contains(value) else {
                    return "a number from \(range.lowerBound) to \(range.upperBound)"
                }
                configuration[keyPath: path] = value
                return nil
            }, get: { String($0[keyPath: path]) })
    }

    private static func size(
        _ name: String, _ range: ClosedRange<Int>, _ summary: String,
        _ path: WritableKeyPath<Configuration, Int> & Sendable
    ) -> Setting {
        Setting(
            name: name, value: "SIZE", summary: summary,
            set: { configuration, text in
                guard let value = bytes(text), range.contains(value) else {
                    return "a size such as 512m or 8g, from \(self.text(bytes: range.lowerBound)) to "
                        + self.text(bytes: range.upperBound)
                }
                configuration[keyPath: path] = value
                return nil
            }, get: { self.text(bytes: $0[keyPath: path]) })
    }

    /// Bytes of `1048576`, `1024k`, `512m` or `8g`.
    static func bytes(_ text: String) -> Int? {
        let shifts: [Character: Int] = ["k": 10, "m": 20, "g": 30]
        guard let last = text.last else { return nil }
        let shift = shifts[last]
        let digits = shift == nil ? text[...] : text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }), let count = Int(digits) else {
            return nil
        }
        let (bytes, isTooMany) = count.multipliedReportingOverflow(by: 1 << (shift ?? 0))
        return isTooMany ? nil : bytes
    }

    private static func text(bytes: Int) -> String {
        for (shift, unit) in [(30, "g"), (20, "m"), (10, "k")] where bytes > 0 && bytes % (1 << shift) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return String(bytes)
    }

    /// Whole seconds of `90`, `90s`, `15m`, `8h` or `3d`.
    static func seconds(_ text: String) -> Int? {
        let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let last = text.last else { return nil }
        let factor = factors[last]
        let digits = factor == nil ? text[...] : text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }), let count = Int(digits) else {
            return nil
        }
        let (seconds, isTooLong) = count.multipliedReportingOverflow(by: factor ?? 1)
        return isTooLong || seconds > 3_153_600_000 ? nil : seconds
    }
}
