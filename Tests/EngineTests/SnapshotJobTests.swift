import SwitchboardModel
import SwitchboardStorage
import SwitchboardTestKit
import Testing

@testable import SwitchboardEngine

/// A snapshot that nobody waits for, and what becomes of it when somebody does.
@Suite struct SnapshotJobTests {
    private func server() throws -> EngineUnderTest {
        let server = try EngineUnderTest()
        _ = try server.send(Array("DEPT ADD sales\r\nTICKET OPEN channel=chat dept=sales body=hello\r\n".utf8))
        return server
    }

    @Test func `one that nobody waits for is a snapshot like any other`() throws {
        let server = try server()
        defer { server.close() }
        let before = server.digest()
        try server.snapshot(.whenIdle)
        let snapshots = try server.engine.folder.snapshots()
        #expect(snapshots == [server.engine.journal.appended])
        try server.crash()
        #expect(server.engine.recovered.snapshot == snapshots.first)
        #expect(server.digest() == before)
    }

    @Test func `what is given up leaves nothing, and can be written after all`() throws {
        let server = try server()
        defer { server.close() }
        let engine = server.engine
        let image = server.image()
        let job = SnapshotJob(
            image: image, createdMilliseconds: 1, last: .none, folder: engine.folder, journal: engine.journal)
        var asked = 0
        let givenUp = job.write {
            asked += 1
            return asked < 2
        }
        #expect(givenUp == nil)
        #expect(asked == 2)
        let folder = engine.folder
        let left = try folder.disk.names(in: folder.path).filter { $0.contains("snapshot") }
        #expect(left == [])
        let written = try #require(job.write { true })
        #expect(try written.get() ?? 0 > 0)
        #expect(try folder.snapshots() == [image.routing.lastRecord])
        let again = SnapshotJob(
            image: image, createdMilliseconds: 2, last: image.routing.lastRecord, folder: folder,
            journal: engine.journal)
        #expect(try #require(again.write { true }).get() == nil)
    }

    @Test(arguments: [
        // The first two seconds, whatever came of them.
        (0, 0, true), (1_999_999_999, 0, true),
        // Then one part in twenty.
        (2_000_000_000, 99_999_999, false), (2_000_000_000, 100_000_000, true), (60_000_000_000, 2_999_999_999, false),
        (60_000_000_000, 3_000_000_000, true),
    ])
    func `patience ends when there is no processor time to be had`(passed: UInt64, worked: UInt64, lasts: Bool) {
        #expect(Patience.lasts(passed: passed, worked: worked) == lasts)
    }
}
