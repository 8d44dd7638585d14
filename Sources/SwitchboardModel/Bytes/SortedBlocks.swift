/// An ordered set kept as sorted blocks: logarithmic search, and an insertion or removal moves at most one block.
/// Copies share their blocks until one changes, so that an image of a million entries costs one small array.
///
/// The order is the elements' own, or one that is handed to each call: always the same one.
public struct SortedBlocks<Element: Equatable> {
    /// A full block is split in two.
    private static var blockLimit: Int { 64 }

    /// No block is empty but perhaps the only one: most queues are empty most of the time, and a block for each
    /// element that comes and goes would be an allocation each.
    private var blocks: [[Element]] = []
    public private(set) var count = 0

    public init() {}

    public var isEmpty: Bool { count == 0 }
    public var first: Element? { blocks.first?.first }

    /// The number of the first block whose last element is not below `element`.
    @inline(__always)
    private func block(for element: Element, by precedes: (Element, Element) -> Bool) -> Int {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if precedes(blocks[middle][blocks[middle].count - 1], element) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    @inline(__always)
    private func position(of element: Element, in block: Int, by precedes: (Element, Element) -> Bool) -> Int {
        var low = 0
        var high = blocks[block].count
        while low < high {
            let middle = (low + high) / 2
            if precedes(blocks[block][middle], element) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Inserts `element`, which must not be in the set.
    @inline(__always)
    public mutating func insert(_ element: Element, by precedes: (Element, Element) -> Bool) {
        count += 1
        guard count > 1 else {
            if blocks.isEmpty { blocks.append([element]) } else { blocks[0].append(element) }
            return
        }
        var block = block(for: element, by: precedes)
        if block == blocks.count { block -= 1 }
        let position = position(of: element, in: block, by: precedes)
        blocks[block].insert(element, at: position)
        if blocks[block].count >= Self.blockLimit {
            // A block that grows at its end stays nearly full: queues grow at their end.
            let middle = block == blocks.count - 1 ? blocks[block].count * 7 / 8 : blocks[block].count / 2
            let upper = Array(blocks[block][middle...])
            blocks[block].removeSubrange(middle...)
            blocks.insert(upper, at: block + 1)
        }
    }

    /// Removes `element`; `false` when it was not in the set.
    @inline(__always)
    @discardableResult
    public mutating func remove(_ element: Element, by precedes: (Element, Element) -> Bool) -> Bool {
        guard count > 0 else { return false }
        let block = block(for: element, by: precedes)
        guard block < blocks.count else { return false }
        let position = position(of: element, in: block, by: precedes)
        guard position < blocks[block].count, blocks[block][position] == element else { return false }
        blocks[block].remove(at: position)
        count -= 1
        if blocks[block].isEmpty, count > 0 { blocks.remove(at: block) }
        return true
    }

    /// The elements from the first that is not below `element` on, in order, for as long as `body` answers `true`.
    func visit(from element: Element, by precedes: (Element, Element) -> Bool, _ body: (Element) -> Bool) {
        guard count > 0 else { return }
        let first = block(for: element, by: precedes)
        guard first < blocks.count else { return }
        var start = position(of: element, in: first, by: precedes)
        for block in blocks[first...] {
            for element in block[start...] where !body(element) { return }
            start = 0
        }
    }

    /// The first element, in order, that `matches`.
    public func first(where matches: (Element) -> Bool) -> Element? {
        for block in blocks {
            for element in block where matches(element) { return element }
        }
        return nil
    }
}

extension SortedBlocks where Element: Comparable {
    /// Inserts `element`, which must not be in the set.
    public mutating func insert(_ element: Element) { insert(element, by: <) }

    /// Removes `element`; `false` when it was not in the set.
    @discardableResult
    public mutating func remove(_ element: Element) -> Bool { remove(element, by: <) }

    /// How many elements come before `element`, which need not be in the set.
    package func count(before element: Element) -> Int {
        guard count > 0 else { return 0 }
        let block = block(for: element, by: <)
        let whole = blocks[..<block].reduce(0) { $0 + $1.count }
        return block < blocks.count ? whole + position(of: element, in: block, by: <) : whole
    }

    func visit(from element: Element, _ body: (Element) -> Bool) { visit(from: element, by: <, body) }

    public func contains(_ element: Element) -> Bool {
        guard count > 0 else { return false }
        let block = block(for: element, by: <)
        guard block < blocks.count else { return false }
        let position = position(of: element, in: block, by: <)
        return position < blocks[block].count && blocks[block][position] == element
    }
}

extension SortedBlocks: Sequence {
    /// The elements in order.
    public func makeIterator() -> FlattenSequence<[[Element]]>.Iterator { blocks.joined().makeIterator() }

    public var underestimatedCount: Int { count }
}

extension SortedBlocks: Sendable where Element: Sendable {}
