import CZlib
import Glibc

/// Reads a file line by line, inflating it on the way when it is gzip.
package final class CompressedFile {
    /// The number of the line read last, from 1.
    package private(set) var lineNumber = 0

    private let path: String
    private let file: gzFile
    /// Bytes read so far, inflated.
    package private(set) var bytesRead = 0
    private var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    private var position = 0
    private var filled = 0

    package init(path: String) throws(ClientError) {
        // Opening a folder succeeds and only reading it fails, with a message nobody understands.
        var status = stat()
        guard stat(path, &status) == 0 else { throw ClientError(.file, "cannot open \(path): \(errorText(errno))") }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw ClientError(.file, "\(path) is a folder, not a file") }
        guard let file = gzopen(path, "rb") else {
            throw ClientError(.file, "cannot open \(path): \(errorText(errno))")
        }
        self.path = path
        self.file = file
    }

    deinit { gzclose(file) }

    /// Bytes of the lines read so far, inflated, with their ends; one more than there are when the last one has none.
    package private(set) var bytesTaken = 0
    /// How many bytes of the file itself were read, compressed where it is.
    package var offset: Int { Int(gzoffset(file)) }

    /// Appends the next line, without its end, to `line`. Returns false, with nothing appended, at the end of the file.
    ///
    /// - Parameter keepsReturn: a CR before the line feed stays, as it may be a part of a quoted text.
    package func readLine(
        into line: inout [UInt8], keepsReturn: Bool = false
    ) throws(ClientError) -> Bool {
        var found = false
        let before = line.count
        while true {
            if position == filled {
                guard try fill() else { break }
            }
            found = true
            if takeLine(into: &line) { break }
        }
        if found {
            lineNumber += 1
            bytesTaken += line.count - before + 1
            if !keepsReturn, line.last == 13 { line.removeLast() }
        }
        return found
    }

    /// Moves bytes up to the next line feed to `line`. Returns whether it was found.
    private func takeLine(into line: inout [UInt8]) -> Bool {
        let length = buffer.withUnsafeBytes { bytes -> Int? in
            let start = bytes.baseAddress! + position
            guard let end = memchr(start, 10, filled - position) else { return nil }
            return UnsafeRawPointer(end) - start
        }
        line.append(contentsOf: buffer[position..<(length.map { position + $0 } ?? filled)])
        position = length.map { position + $0 + 1 } ?? filled
        return length != nil
    }

    /// Returns false at the end of the file.
    private func fill() throws(ClientError) -> Bool {
        let count = buffer.withUnsafeMutableBytes { gzread(file, $0.baseAddress!, UInt32($0.count)) }
        var code: Int32 = 0
        let message = String(cString: gzerror(file, &code))
        // A file cut in the middle gives its last bytes without an error, and then this code.
        guard count >= 0, code == Z_OK || code == Z_STREAM_END else {
            let what = code == Z_BUF_ERROR ? "it is cut short or damaged (\(message))" : message
            throw ClientError(.file, "cannot read \(path): \(what)")
        }
        position = 0
        filled = Int(count)
        bytesRead += filled
        return count > 0
    }
}
