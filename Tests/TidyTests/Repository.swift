import Glibc

/// The files of the package these tests were built from.
enum Repository {
    /// The package's root folder, found from where this file lies.
    static let root = parent(parent(parent("\(#filePath)")))

    private static func parent(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }

    struct TextFile: CustomStringConvertible {
        /// From the root.
        let path: String
        let text: String
        /// Without their line feeds; the last one is empty where the file ends in a line feed.
        let lines: [Substring]
        var description: String { path }

        init(path: String, text: String) {
            self.path = path
            self.text = text
            lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { Substring($0) }
        }

        func holds(_ word: String) -> Bool { strstr(text, word) != nil }
    }

    static let swift = files { $0.hasSuffix(".swift") }.filter {
        $0.path.hasPrefix("Sources/") || $0.path.hasPrefix("Tests/") || $0.path == "Package.swift"
    }
    static let sources = swift.filter { $0.path.hasPrefix("Sources/") }
    static let pages = files { $0.hasSuffix(".md") }
    /// Everything that people write: code, pages, scripts.
    static let written = files { path in
        [".swift", ".md", ".h", ".modulemap", ".sh", ".py", ".txt", "Makefile", ".ci/run", ".ci/install"]
            .contains { path.hasSuffix($0) }
    }

    static func file(_ path: String) throws -> TextFile { TextFile(path: path, text: try read("\(root)/\(path)")) }

    static func exists(_ path: String) -> Bool { access("\(root)/\(path)", F_OK) == 0 }

    /// Names in a folder; none when it is not there.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir("\(root)/\(folder)") else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen("\(root)/\(path)", "w") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        fputs(text, file)
    }

    struct Unreadable: Error { let path: String }

    private static let skipped: Set<String> = [
        ".git", ".build", ".build-thread", ".swiftpm", "Benchmarks/transport-designs", "__pycache__",
    ]

    /// The files below the root whose path `matches`, sorted. Symbolic links are not followed.
    private static func files(_ matches: (String) -> Bool) -> [TextFile] {
        var found: [TextFile] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for name in names(in: folder) {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                guard !skipped.contains(path), !skipped.contains(name), !name.hasPrefix(".build") else { continue }
                var status = stat()
                guard lstat("\(root)/\(path)", &status) == 0 else { continue }
                switch status.st_mode & S_IFMT {
                case S_IFDIR: folders.append(path)
                case S_IFREG where matches(path):
                    if let text = try? read("\(root)/\(path)") { found.append(TextFile(path: path, text: text)) }
                default: break
                }
            }
        }
        return found.sorted { $0.path < $1.path }
    }

    private static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
