/// A table of text: the first column to the left, the others to the right, a line under the headings.
package struct TextTable {
    private var rows: [[String]]

    package init(_ headings: [String]) { rows = [headings] }

    /// Adds a row with as many cells as there are headings.
    package mutating func add(_ cells: [String]) {
        precondition(cells.count == rows[0].count, "a row of \(cells.count) cells under \(rows[0].count) headings")
        rows.append(cells)
    }

    /// The lines of the table, without spaces at their ends.
    package var lines: [String] {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { cells in
            let padded = cells.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - cells[column].count)
                return column == 0 ? cells[column] + space : space + cells[column]
            }
            var line = "  " + padded.joined(separator: "   ")
            while line.last == " " { line.removeLast() }
            return line
        }
        lines.insert("  " + widths.map { String(repeating: "-", count: $0) }.joined(separator: "   "), at: 1)
        return lines
    }
}
