import Glibc

/// Standard error, a line at a time.
public enum StandardError {
    /// One system call a line, so that lines of several threads do not mix. What cannot be written is dropped.
    public static func write(_ line: String) {
        var text = line + "\n"
        text.withUTF8 { bytes in
            _ = Glibc.write(2, bytes.baseAddress, bytes.count)
        }
    }
}
