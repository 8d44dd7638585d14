import SwitchboardModel

extension SnapshotWriter {
    /// Adds all sections of an image, each of about `sectionBytes`.
    public func write(
        _ image: StateImage, sectionBytes: Int, beforeEach: @escaping () -> Void = {}
    ) throws(StorageError) {
        var failure: StorageError?
        image.forEachSection(sectionBytes: sectionBytes) { kind, bytes in
            beforeEach()
            do throws(StorageError) {
                try self.write(section: kind.rawValue, bytes)
                return true
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
    }
}
