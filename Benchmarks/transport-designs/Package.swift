// swift-tools-version: 6.2
import PackageDescription

// The server's own sources, by symbolic links, beside the designs they are compared with.
let package = Package(
    name: "transport-designs",
    targets: [
        .systemLibrary(name: "CLinux"),
        .target(name: "SwitchboardPlatform", dependencies: ["CLinux"]),
        .target(name: "SwitchboardTransport", dependencies: ["SwitchboardPlatform", "CLinux"]),
        .executableTarget(
            name: "designs", dependencies: ["SwitchboardTransport", "SwitchboardPlatform", "CLinux"]),
        .executableTarget(name: "load", dependencies: ["SwitchboardPlatform", "CLinux"]),
    ],
    swiftLanguageModes: [.v6]
)
