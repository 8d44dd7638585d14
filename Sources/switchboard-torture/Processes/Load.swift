/// All connections that write at once.
struct Load {
    private let writers: [Writer]
    private let keeper: Keeper

    init(_ writers: [Writer], _ keeper: Keeper) {
        self.writers = writers
        self.keeper = keeper
    }

    func start(port: UInt16) {
        for writer in writers { writer.start(port: port) }
        keeper.start(port: port)
    }

    /// Lets everything be answered and ends.
    func stop() {
        for writer in writers { writer.stop() }
        keeper.stop()
        join()
    }

    func join() {
        for writer in writers { writer.join() }
        keeper.join()
    }
}
