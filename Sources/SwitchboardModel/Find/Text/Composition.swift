/// Letters that may be written as one scalar or as several and are letters of their own either way: kana with a voicing mark,
/// and Hangul. All others lose their marks in `TextFold`.
///
/// By the canonical composition of the Unicode Standard, version 14, section 3.12; kana by the field Decomposition_Mapping of
/// the Unicode Character Database.
enum Composition {
    /// Whether a scalar that composes with the next one may begin so.
    @inline(__always)
    static func mayBegin(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        return value >= 0x1100 && value <= 0xd7a3
            && (value <= 0x1112 || value >= 0xac00 || (0x3041...0x30ff).contains(value))
    }

    /// What `scalar` and the one behind it are together, with the length of that one. `nil`: two.
    @inline(never)
    static func composed(
        _ scalar: Unicode.Scalar, with next: (scalar: Unicode.Scalar, length: Int)?
    ) -> (Unicode.Scalar, Int)? {
        guard let next, let whole = composed(scalar.value, next.scalar.value) else { return nil }
        return Unicode.Scalar(whole).map { ($0, next.length) }
    }

    private static func composed(_ value: UInt32, _ next: UInt32) -> UInt32? {
        if (0x1100...0x1112).contains(value), (0x1161...0x1175).contains(next) {
            return 0xac00 + ((value - 0x1100) * 21 + (next - 0x1161)) * 28
        }
        if (0xac00...0xd7a3).contains(value), (value - 0xac00) % 28 == 0, (0x11a8...0x11c2).contains(next) {
            return value + (next - 0x11a7)
        }
        switch next {
        case 0x3099: return voiced(value)
        case 0x309a: return isRowOfHa(value) ? value + 2 : nil
        default: return nil
        }
    }

    /// With a dakuten. Katakana stand 0x60 behind hiragana.
    private static func voiced(_ value: UInt32) -> UInt32? {
        if isRowOfHa(value) { return value + 1 }
        switch value {
        case 0x30ef...0x30f2: return value + 8
        case 0x30fd: return 0x30fe
        case 0x309d: return 0x309e
        case 0x3046, 0x30a6: return value + 0x4e
        default: break
        }
        let hiragana = value >= 0x30a1 ? value - 0x60 : value
        switch hiragana {
        case 0x304b...0x3061: return hiragana % 2 == 1 ? value + 1 : nil
        case 0x3064, 0x3066, 0x3068: return value + 1
        default: return nil
        }
    }

    private static func isRowOfHa(_ value: UInt32) -> Bool {
        let hiragana = value >= 0x30a1 ? value - 0x60 : value
        return (0x306f...0x307b).contains(hiragana) && hiragana % 3 == 0
    }
}
