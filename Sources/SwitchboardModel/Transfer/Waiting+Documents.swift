extension Skill: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.identifier("name", &name)
        try document.number("level", &level, UInt64(Skill.levels.lowerBound)...UInt64(Skill.levels.upperBound))
        guard document.isReading else { return }
        if name.isEmpty { throw DocumentCoder.fault("name", "is missing") }
        if level == 0 { throw DocumentCoder.fault("level", "is missing") }
    }
}

extension Relaxation: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.span("time", &span)
        try document.number("step", &step, 1...UInt64(Skill.levels.upperBound))
    }
}

extension Callback: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        try document.text("phone", &phone, atMost: TextLimit.title)
        try document.time("since", &since)
        try document.number("attempts", &attempts, 1...UInt64(UInt32.max))
    }
}

extension FieldedDepartment: Documented {
    mutating func code(_ document: inout DocumentCoder) throws(Rejection) {
        var department: DepartmentIndex? = document.isReading ? nil : index
        try document.department("dept", &department)
        guard let department else { throw DocumentCoder.fault("dept", "is missing") }
        index = department
    }
}

extension TicketExtras {
    /// What a ticket asks for, and what became of its waiting. Whom it is kept for at the moment is not among it.
    mutating func codeWaiting(_ document: inout DocumentCoder) throws(Rejection) {
        try document.list("skills", &needs, atMost: Skill.most)
        for place in needs.indices where needs[..<place].contains(where: { $0.name == needs[place].name }) {
            throw DocumentCoder.fault("skills[\(place)].name", "is there twice")
        }
        try document.object("relax", &relax)
        var state = waitState
        var callback = state.callback.first
        try document.object("callback", &callback)
        state.callback = callback.map { [$0] } ?? []
        try document.list("overflowed_from", &state.overflowedFrom, atMost: 1000)
        waitState = state
    }
}
