import SwitchboardEngine
import SwitchboardModel
import SwitchboardTestKit
import Testing

/// What is called from outside of any task is on the lane all the same, or it traps.
struct LaneTests {
    private static let department = DomainRequest.command(.addDepartment(AddDepartment(id: DepartmentID("sales"))))

    @Test func `on the lane's thread requests are carried out without a task's switch`() throws {
        let engine = try EngineUnderTest()
        defer { engine.close() }
        let balancer = engine.engine.balancer
        let answers = engine.lane.run { balancer.executeHere([Self.department, Self.department]) }
        #expect(answers.map(\.waitsFor.rawValue) == [1, 1])
        if case .rejected(let rejection) = answers[1].outcome {
            #expect(rejection.code == .exists)
        } else {
            Issue.record("\(answers[1].outcome)")
        }
    }

    @Test func `on another thread that traps`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let engine = try EngineUnderTest()
            _ = engine.engine.balancer.executeHere([Self.department])
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("called off the lane"))
    }
}
