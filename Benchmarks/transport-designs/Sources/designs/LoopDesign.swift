import SwitchboardTransport

/// The shard of the loop designs: an actor that lives on the loop.
private actor LoopShard {
    nonisolated let loop: EventLoop
    private var pings = 0

    init(on loop: EventLoop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func execute(_ batch: Int) -> Int {
        pings += batch
        return batch
    }
}

/// Design (a): an own epoll loop, one task a connection, on the loop's thread.
func serveOnLoop(flushesSoon: Bool) -> UInt16 {
    do {
        let loop = try EventLoop(name: "loop")
        let shard = LoopShard(on: loop)
        let listener = try Listener(on: [loop], host: "127.0.0.1", port: 0, refusal: "-BUSY\r\n") { connection in
            while await connection.receive() {
                let (count, end) = countLines(UnsafeRawBufferPointer(connection.unread))
                connection.consume(end)
                let replies = await shard.execute(count)
                connection.withOutput { appendPongs(replies, to: &$0) }
                if flushesSoon { connection.flushSoon() } else { connection.flush() }
            }
        }
        loop.start()
        listener.start()
        return listener.boundPort
    } catch {
        fatalError("\(error)")
    }
}
