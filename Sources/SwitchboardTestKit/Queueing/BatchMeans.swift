import Glibc

/// A mean with its confidence interval, from the means of batches that are long enough to count as independent: A. M. Law,
/// "Simulation Modeling and Analysis", 5th ed. 2015, section 9.5.3.
public struct BatchMeans: Sendable {
    public let mean: Double
    /// Half the width of the interval.
    public let bound: Double

    public init(_ batches: [Double], confidence: Double) {
        let count = Double(batches.count)
        let mean = batches.reduce(0, +) / count
        let squares = batches.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        bound = StudentT.quantile(confidence, freedom: batches.count - 1) * (squares / (count - 1) / count).squareRoot()
    }

    public func covers(_ value: Double) -> Bool { abs(mean - value) <= bound }
}

/// Student's distribution.
public enum StudentT {
    /// The probability that a value is between -t and t: M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 26.7.3
    /// and 26.7.4.
    public static func within(_ t: Double, freedom: Int) -> Double {
        let angle = atan(t / Double(freedom).squareRoot())
        let square = cos(angle) * cos(angle)
        let isOdd = freedom % 2 == 1
        var term = isOdd ? cos(angle) : 1
        var sum = freedom == 1 ? 0 : term
        var step = isOdd ? 3 : 2
        while step <= freedom - 2 {
            term *= square * Double(step - 1) / Double(step)
            sum += term
            step += 2
        }
        return isOdd ? 2 / Double.pi * (angle + sin(angle) * sum) : sin(angle) * sum
    }

    /// The value that `within` gives `confidence` for, to twelve digits.
    public static func quantile(_ confidence: Double, freedom: Int) -> Double {
        var (low, high) = (0.0, 1.0)
        while within(high, freedom: freedom) < confidence { high *= 2 }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if within(middle, freedom: freedom) < confidence { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
