/// A plan whose chunks are kept once they are known: for what several walks go through in turn.
final class KeptPlan {
    let plan: FindPlan
    private var chunks: [Kept] = []

    private enum Kept {
        case unknown
        case none
        case some(ChunkBits)
    }

    init(_ plan: FindPlan) { self.plan = plan }

    /// `nil`: none.
    func bits(chunk: Int) -> ChunkBits? {
        while chunks.count <= chunk { chunks.append(.unknown) }
        switch chunks[chunk] {
        case .none: return nil
        case .some(let bits): return bits
        case .unknown:
            var bits = ChunkBits()
            let isAny = plan.add(chunk: chunk, to: &bits)
            chunks[chunk] = isAny ? .some(bits) : .none
            return isAny ? bits : nil
        }
    }

    /// Whether it names more than so many. Looks no further than it takes to know.
    func names(moreThan limit: Int, chunks: Int) -> Bool {
        guard plan.mostTickets(of: chunks << 16) > limit else { return false }
        if case .everything = plan { return true }
        var count = 0
        for chunk in 0..<chunks {
            count += bits(chunk: chunk)?.count ?? 0
            if count > limit { return true }
        }
        return false
    }
}
