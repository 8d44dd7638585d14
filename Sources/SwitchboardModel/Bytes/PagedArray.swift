/// A growing array in pages of fixed size. Growing never moves what is there, and a copy shares the pages until one
/// changes: taking an image of a million elements and writing on costs one page's copy for each page written to.
public struct PagedArray<Element> {
    @inline(__always)
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

    /// A page of one element, for `append(_:upTo:)` and `replace(page:with:)`: all pages that are this one take the memory of
    /// one, until one of them changes.
    static func page(of element: Element) -> [Element] { Array(repeating: element, count: pageSize) }

    /// Appends what is in `page`, whose elements are all alike, until there are so many.
    mutating func append(_ page: [Element], upTo end: Int) {
        while count < end {
            if count % Self.pageSize == 0, end - count >= Self.pageSize {
                pages.append(page)
                count += Self.pageSize
            } else {
                append(page[0])
            }
        }
    }

    /// Puts `page` in the place of one that is full; the last one may not be, and stays.
    mutating func replace(page: Int, with other: [Element]) {
        if pages[page].count == Self.pageSize { pages[page] = other }
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
