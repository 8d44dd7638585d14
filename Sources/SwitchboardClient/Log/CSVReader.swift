import Glibc

/// Reads comma-separated values (RFC 4180): quoted fields may hold commas, doubled quotes and line ends.
package struct CSVReader {
    private let file: CompressedFile
    private var line: [UInt8] = []
    /// Bytes of the file up to the end of the row read last; one more than there are when its line end is missing.
    package private(set) var bytesTaken = 0

    /// The row read last as it stands in the file, without its end.
    package var raw: [UInt8] { line }
    /// All from the last row's begin to the end of the file, when a quoted field of that row does not end.
    package private(set) var unfinished: [UInt8]?

    package init(file: CompressedFile) { self.file = file }

    /// Reads the next row into `row`. Returns false at the end of the file. Empty lines are passed over.
    package mutating func next(_ row: inout CSVRow) throws(ClientError) -> Bool {
        repeat {
            line.removeAll(keepingCapacity: true)
            guard try file.readLine(into: &line, keepsReturn: true) else { return false }
            bytesTaken = file.bytesTaken
        } while line.isEmpty || line == [13]
        row.start(line: file.lineNumber)
        if lineHoldsQuote {
            try splitQuoted(into: &row)
        } else {
            if line.last == 13 { line.removeLast() }
            row.split(line)
        }
        return true
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")

    private var lineHoldsQuote: Bool {
        line.withUnsafeBytes { bytes in
            bytes.baseAddress.flatMap { memchr($0, Int32(CSVReader.quote), bytes.count) } != nil
        }
    }

    private mutating func splitQuoted(into row: inout CSVRow) throws(ClientError) {
        var position = 0
        var isInside = false
        // A quote is one only where a field begins; elsewhere it is a letter.
        var begins = true
        var isClosed = false
        while true {
            if position == line.count {
                guard isInside else { break }
                line.append(10)
                guard try file.readLine(into: &line, keepsReturn: true) else {
                    line.removeLast()
                    unfinished = line
                    throw ClientError(.file, "line \(row.line): a quoted field does not end")
                }
                bytesTaken = file.bytesTaken
            }
            let byte = line[position]
            let next = position + 1 < line.count ? line[position + 1] : nil
            position += 1
            switch byte {
            case CSVReader.quote where isInside && next == CSVReader.quote:
                row.append(byte)
                position += 1
            case CSVReader.quote where isInside: (isInside, isClosed) = (false, true)
            case CSVReader.quote where begins: isInside = true
            case CSVReader.comma where !isInside:
                row.endField()
                (begins, isClosed) = (true, false)
                continue
            case 13 where !isInside && next == nil: break
            default:
                if isClosed { row.isMalformed = true }
                row.append(byte)
            }
            begins = false
        }
        row.endField()
    }
}

/// The fields of one row.
package struct CSVRow {
    /// The number of the row's first line in the file, from 1.
    package private(set) var line = 0

    /// Something stands between a closing quote and the field's end.
    package fileprivate(set) var isMalformed = false

    private var bytes: [UInt8] = []
    private var fields: [Range<Int>] = []

    package init() {}

    package var count: Int { fields.count }

    /// The bytes of field `index`, quotes removed.
    package func bytes(_ index: Int) -> ArraySlice<UInt8> { bytes[fields[index]] }

    package subscript(index: Int) -> String { String(decoding: bytes[fields[index]], as: UTF8.self) }

    fileprivate mutating func start(line: Int) {
        self.line = line
        isMalformed = false
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
    }

    fileprivate mutating func append(_ byte: UInt8) { bytes.append(byte) }

    fileprivate mutating func endField() { fields.append((fields.last?.upperBound ?? 0)..<bytes.count) }

    /// Takes a line without quotes: the fields are what stands between its commas.
    fileprivate mutating func split(_ line: [UInt8]) {
        bytes.append(contentsOf: line)
        line.withUnsafeBytes { text in
            guard let base = text.baseAddress else { return }
            var start = 0
            while let found = memchr(base + start, Int32(CSVRow.comma), text.count - start) {
                let end = UnsafeRawPointer(found) - base
                fields.append(start..<end)
                start = end + 1
            }
            fields.append(start..<text.count)
        }
    }

    private static let comma = UInt8(ascii: ",")
}
