extension Argument {
    /// Decimal, from 1, without sign or leading zero, up to 2^64 − 1.
    public func ticketID() throws(WireError) -> UInt64 {
        guard let id = Self.decimal(memory), memory[0] != ASCII.zero else {
            throw invalid("a ticket id (a whole number from 1, without sign or leading zero)")
        }
        return id
    }

    /// Decimal without sign; leading zeros do no harm.
    public func unsigned(upTo limit: UInt64 = .max) throws(WireError) -> UInt64 {
        guard let value = Self.decimal(memory), value <= limit else {
            throw invalid(limit == .max ? "a whole number" : "a whole number from 0 to \(limit)")
        }
        return value
    }

    /// Decimal, with `-` when it is negative.
    public func integer(_ range: ClosedRange<Int>) throws(WireError) -> Int {
        guard let value = Self.signed(memory), range.contains(value) else {
            throw invalid("a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// Digits, at least one, that fit 64 bits. Unowned memory here and below, because it is only read during the call.
    static func decimal(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
        guard bytes.count < 20 else { return longDecimal(bytes) }
        guard !bytes.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in bytes {
            guard ASCII.isDigit(byte) else { return nil }
            // 19 digits cannot overflow.
            value = value &* 10 &+ UInt64(byte &- ASCII.zero)
        }
        return value
    }

    private static func longDecimal(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
        var value: UInt64 = 0
        for byte in bytes {
            guard ASCII.isDigit(byte) else { return nil }
            let (product, isOver) = value.multipliedReportingOverflow(by: 10)
            let (sum, isOverAgain) = product.addingReportingOverflow(UInt64(byte - ASCII.zero))
            guard !isOver, !isOverAgain else { return nil }
            value = sum
        }
        return value
    }

    static func signed(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.first == UInt8(ascii: "-") else { return decimal(bytes).flatMap { Int(exactly: $0) } }
        guard let magnitude = decimal(UnsafeRawBufferPointer(rebasing: bytes[1...])) else { return nil }
        if magnitude == Int.min.magnitude { return .min }
        return Int(exactly: magnitude).map { -$0 }
    }
}
