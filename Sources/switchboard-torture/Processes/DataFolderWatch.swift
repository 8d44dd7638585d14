import Glibc
import SwitchboardPlatform

/// Looks into a server's data folder while it runs.
struct DataFolderWatch {
    let path: String

    var names: Set<String> {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: Set<String> = []
        while let entry = readdir(stream) {
            names.insert(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }

    /// Returns when a name that was not there comes, or after `milliseconds`; whether one came.
    func waitForName(milliseconds: UInt64, _ matches: (String) -> Bool) -> Bool {
        let before = names
        let deadline = SystemClock.monotonicNanoseconds() + milliseconds * 1_000_000
        while SystemClock.monotonicNanoseconds() < deadline {
            if names.contains(where: { !before.contains($0) && matches($0) }) { return true }
        }
        return false
    }
}
