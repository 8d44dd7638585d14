/// A growing array in pages of fixed size. Growing never moves what is there, and a copy shares the pages until one
/// changes: taking an image of a million elements and writing on costs one page's copy for each page written to.
public struct PagedArray<Element> {
    static var pageSize: Int { 256 }

    private var pages: [[Element]] = []
    public private(set) var count = 0

    public init() {}

    public mutating func append(_ element: consuming Element) {
        if count % Self.pageSize == 0 {
            var page: [Element] = []
            page.reserveCapacity(Self.pageSize)
            pages.append(page)
        }
        pages[pages.count - 1].append(element)
        count += 1
    }

    /// Appends `element` until there are so many. Whole pages of it are one page in memory until one of them changes.
    mutating func append(repeating element: Element, upTo end: Int) {
        while count < end, count % Self.pageSize != 0 { append(element) }
        guard end - count >= Self.pageSize else {
            while count < end { append(element) }
            return
        }
        let page = [Element](repeating: element, count: Self.pageSize)
        while end - count >= Self.pageSize {
            pages.append(page)
            count += Self.pageSize
        }
        while count < end { append(element) }
    }

    public subscript(position: Int) -> Element {
        // Not `get`: reading one field of a large element would copy, and retain, all of it.
        @inline(__always) _read { yield pages[position / Self.pageSize][position % Self.pageSize] }
        @inline(__always) _modify { yield &pages[position / Self.pageSize][position % Self.pageSize] }
    }
}

extension PagedArray: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { count }
}

extension PagedArray: Sendable where Element: Sendable {}
