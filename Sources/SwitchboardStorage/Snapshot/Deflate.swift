import CZlib

/// Raw deflate streams of one block each, at zlib's level 1: 71 MB/s to 35 %, where level 6 makes 15 MB/s to 29 %.
///
/// Keeps zlib's memory from block to block; not to be shared between threads.
final class Deflater {
    // A pointer because zlib keeps the stream's address; it lives as long as this object and is freed in `deinit`.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init() {
        stream.initialize(to: z_stream())
        let code = deflateInit2_(
            stream, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "deflateInit2 failed with \(code)")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The deflated bytes, or nil when they would not be fewer than the raw ones.
    func deflate(_ raw: ArraySlice<UInt8>) -> [UInt8]? {
        guard raw.count > 1 else { return nil }
        deflateReset(stream)
        var code = Z_OK
        let stored = [UInt8](unsafeUninitializedCapacity: raw.count - 1) { output, count in
            count = raw.withUnsafeBufferPointer { input in
                // zlib does not write to its input; the parameter lacks a const.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                code = CZlib.deflate(stream, Z_FINISH)
                return output.count - Int(stream.pointee.avail_out)
            }
        }
        return code == Z_STREAM_END ? stored : nil
    }
}

/// The other direction. Bounded: never writes more than the length it is told.
final class Inflater {
    // A pointer because zlib keeps the stream's address; it lives as long as this object and is freed in `deinit`.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init() {
        stream.initialize(to: z_stream())
        let code = inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "inflateInit2 failed with \(code)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Adds exactly `rawBytes` to `raw`; returns false, having added anything, when the stream does not hold them.
    func inflate(_ stored: ArraySlice<UInt8>, rawBytes: Int, addingTo raw: inout [UInt8]) -> Bool {
        inflateReset(stream)
        let start = raw.count
        raw.append(contentsOf: [UInt8](repeating: 0, count: rawBytes))
        return stored.withUnsafeBufferPointer { input in
            raw.withUnsafeMutableBufferPointer { output in
                // zlib does not write to its input; the parameter lacks a const.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress.map { $0 + start }
                stream.pointee.avail_out = UInt32(rawBytes)
                let code = CZlib.inflate(stream, Z_FINISH)
                return code == Z_STREAM_END && stream.pointee.avail_out == 0 && stream.pointee.avail_in == 0
            }
        }
    }
}
