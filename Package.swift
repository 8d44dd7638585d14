// swift-tools-version: 6.2
import PackageDescription

// The import direction is part of the design: a target may import only what it names here.
// `make` builds with `--explicit-target-dependency-import-check error`, so a stray import fails the build.
let package = Package(
    name: "switchboard",
    targets: [
        // C system libraries, declared and not written here.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLinux"),
        // A header of ours, for an instruction that Swift cannot name.
        .systemLibrary(name: "CChecksum"),

        // Threads, locks, clocks: the few things every target with a thread needs.
        .target(name: "SwitchboardPlatform", dependencies: ["CLinux"]),

        // Pure values: commands, events, state. Imports nothing.
        .target(name: "SwitchboardModel"),
        // Bytes and durability.
        .target(
            name: "SwitchboardStorage",
            dependencies: ["SwitchboardModel", "SwitchboardPlatform", "CZlib", "CLinux", "CChecksum"]),
        // The actors of the commit lane.
        .target(
            name: "SwitchboardEngine", dependencies: ["SwitchboardModel", "SwitchboardStorage", "SwitchboardPlatform"]),
        // Bytes to requests, replies to bytes.
        .target(name: "SwitchboardWire", dependencies: ["SwitchboardModel"]),
        // Sockets and readiness.
        .target(name: "SwitchboardTransport", dependencies: ["SwitchboardPlatform", "CLinux"]),
        // Wiring: sessions, configuration, signals.
        .target(
            name: "SwitchboardServer",
            dependencies: [
                "SwitchboardModel", "SwitchboardStorage", "SwitchboardEngine", "SwitchboardWire",
                "SwitchboardTransport", "SwitchboardPlatform",
            ]
        ),
        // Programs that talk to a server as any client would: replay, demo.
        .target(name: "SwitchboardClient", dependencies: ["SwitchboardPlatform", "CZlib"]),
        .executableTarget(
            name: "switchboard", dependencies: ["SwitchboardServer", "SwitchboardClient", "SwitchboardPlatform"]),

        // For tests only.
        .target(
            name: "SwitchboardTestKit",
            dependencies: [
                "SwitchboardModel", "SwitchboardStorage", "SwitchboardEngine", "SwitchboardWire", "SwitchboardPlatform",
            ]
        ),
        // `make simulate`: the simulation over many seeds.
        .executableTarget(
            name: "switchboard-simulate", dependencies: ["SwitchboardTestKit", "SwitchboardPlatform"]),
        // `make torture`: kill -9 under load, damaged files, disks that refuse.
        .executableTarget(
            name: "switchboard-torture",
            dependencies: [
                "SwitchboardClient", "SwitchboardTestKit", "SwitchboardEngine", "SwitchboardStorage",
                "SwitchboardModel",
                "SwitchboardPlatform", "CLinux",
            ]),
        // `make microbench`: what the parts of a request cost by themselves.
        .executableTarget(
            name: "switchboard-microbench",
            dependencies: [
                "SwitchboardClient", "SwitchboardTestKit", "SwitchboardWire", "SwitchboardStorage", "SwitchboardModel",
                "SwitchboardPlatform",
            ]),
        .testTarget(name: "PlatformTests", dependencies: ["SwitchboardPlatform"]),
        .testTarget(name: "ModelTests", dependencies: ["SwitchboardModel", "SwitchboardTestKit"]),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "SwitchboardStorage", "SwitchboardModel", "SwitchboardWire", "SwitchboardTestKit",
                "SwitchboardPlatform",
            ],
            exclude: ["Fixtures"]),
        .testTarget(name: "WireTests", dependencies: ["SwitchboardWire", "SwitchboardModel"]),
        .testTarget(name: "TransportTests", dependencies: ["SwitchboardTransport", "SwitchboardPlatform"]),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "SwitchboardEngine", "SwitchboardModel", "SwitchboardStorage", "SwitchboardWire", "SwitchboardTestKit",
            ],
            exclude: ["Transcripts"]),
        .testTarget(
            name: "ServerTests",
            dependencies: ["SwitchboardServer", "SwitchboardClient", "SwitchboardPlatform", "SwitchboardTestKit"],
            exclude: ["Clients"]),
        // Habits and documentation, checked by machine.
        .testTarget(
            name: "TidyTests",
            dependencies: [
                "SwitchboardServer", "SwitchboardClient", "SwitchboardStorage", "SwitchboardWire", "SwitchboardModel",
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// A release build does not check at run time that accesses to a variable do not overlap: it is a seventh of the
// instructions of a request that comes alone. Debug builds, and with them all tests, check it.
for target in package.targets where target.type == .regular || target.type == .executable {
    target.swiftSettings = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]
}
