import Glibc

/// A new folder below TMPDIR or `/tmp` for as long as it is needed.
package struct TemporaryFolder: Sendable {
    package let path: String

    /// Makes a folder whose name begins with `name` and which nobody else can read.
    package init(name: String) throws(ClientError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var template = Array("\(parent.isEmpty ? "/tmp" : parent)/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ClientError(.file, "cannot make a temporary folder: \(errorText(errno))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes the folder and all that is in it. What cannot be removed stays.
    package func remove() { TemporaryFolder.remove(path) }

    private static func remove(_ path: String) {
        // A link is removed and not followed.
        if unlink(path) == 0 { return }
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
        }
        rmdir(path)
    }
}
