import CZlib
import Glibc

/// Where an export goes: standard output, a file, or a compressed one when its name ends in `.gz`.
final class ExportFile {
    private let name: String
    private let descriptor: Int32
    private let compressed: gzFile?
    private var buffer: [UInt8] = []

    private static let bufferBytes = 256 * 1024

    /// - Parameters:
    ///   - path: `nil`: standard output.
    ///   - keeping: so many bytes of the file are kept and gone on from; `nil`: it is made anew.
    init(path: String?, keeping: Int? = nil) throws(ClientError) {
        name = path ?? "standard output"
        guard let path else {
            descriptor = 1
            compressed = nil
            return
        }
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (keeping == nil ? O_TRUNC : 0)
        let opened = open(path, flags, 0o644)
        guard opened >= 0 else { throw ClientError(.file, "cannot write \(path): \(errorText(errno))") }
        descriptor = opened
        if let keeping {
            guard ftruncate(opened, off_t(keeping)) == 0, lseek(opened, 0, SEEK_END) >= 0 else {
                throw ClientError(.file, "cannot go on in \(path): \(errorText(errno))")
            }
        }
        compressed = path.hasSuffix(".gz") ? gzdopen(opened, "wb6") : nil
    }

    deinit {
        // What is whole is kept when something else failed, to be gone on from.
        try? flush()
        if let compressed { gzclose(compressed) } else if descriptor != 1 { close(descriptor) }
    }

    func write(line: [UInt8]) throws(ClientError) {
        buffer.append(contentsOf: line)
        buffer.append(10)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    /// Hands on what gathered.
    func flush() throws(ClientError) {
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes { bytes -> Int in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                guard let compressed else { return Glibc.write(descriptor, rest.baseAddress, rest.count) }
                return Int(gzwrite(compressed, rest.baseAddress, UInt32(rest.count)))
            }
            if count > 0 {
                written += count
            } else if compressed != nil || errno != EINTR {
                throw ClientError(.file, "cannot write \(name): \(errorText(errno))")
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Sees to it that all of it is on disk.
    func finish() throws(ClientError) {
        try flush()
        guard descriptor != 1 else { return }
        if let compressed, gzflush(compressed, Z_FINISH) != Z_OK {
            throw ClientError(.file, "cannot write \(name): \(errorText(errno))")
        }
        // What cannot be synced, as a pipe, need not be.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
            throw ClientError(.file, "cannot write \(name): \(errorText(errno))")
        }
    }
}
