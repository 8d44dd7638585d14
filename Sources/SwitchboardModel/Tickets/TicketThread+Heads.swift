extension TicketThread {
    /// What entry `number` is, and by whom: all but its time and its texts. `nil` when there is no such entry.
    func head(of number: UInt32, in texts: TextArena) -> EntryHead? {
        guard number >= 1, number <= count else { return nil }
        return lastHead(in: texts) { at, _ in at == number }?.head
    }

    /// The last entry that `matches`, all but its time and its texts. Begins at the end, so that what is new is found at
    /// once however long the thread is.
    func lastHead(
        in texts: TextArena, where matches: (UInt32, EntryHead) -> Bool
    ) -> (number: UInt32, head: EntryHead)? {
        var number = count
        for bytes in pieces(in: texts) {
            var heads: [EntryHead] = []
            var entries = ThreadEntries(bytes: bytes)
            do throws(ByteReader.Malformed) {
                while let entry = try entries.skip() { heads.append(entry.head) }
            } catch {
                preconditionFailure("a thread in memory is malformed: \(error)")
            }
            for head in heads.reversed() {
                if matches(number, head) { return (number, head) }
                number -= 1
            }
        }
        return nil
    }
}
