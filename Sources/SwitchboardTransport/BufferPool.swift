/// Spare output buffers of a loop: a connection borrows one while it has output, so an idle one holds none.
struct BufferPool {
    private static let spareBuffers = 64
    private static let smallestCapacity = 4 * 1024
    private static let largestCapacity = 128 * 1024

    private var spare: [[UInt8]] = []

    mutating func take() -> [UInt8] {
        if let buffer = spare.popLast() { return buffer }
        var buffer: [UInt8] = []
        buffer.reserveCapacity(Self.smallestCapacity)
        return buffer
    }

    /// Takes `buffer` and leaves an empty one without storage.
    mutating func give(_ buffer: inout [UInt8]) {
        var given: [UInt8] = []
        swap(&given, &buffer)
        let isUseful = given.capacity > 0 && given.capacity <= Self.largestCapacity
        guard isUseful, spare.count < Self.spareBuffers else { return }
        given.removeAll(keepingCapacity: true)
        spare.append(given)
    }
}
