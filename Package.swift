// swift-tools-version: 6.2
import PackageDescription

/// Every target of ePOM is compiled with these.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// Each package with the reason it was chosen.
let packages: [Package.Dependency] = [
    // The HTTP server: small, async to the bone, on NIO; traits off, we read our own configuration.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    // The types of HTTP shared by Hummingbird and our routes.
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    // ByteBuffer and the channel that tests ask in-process.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    // The parts of a request as they pass a channel, for the deadline of slow clients.
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
    // Structured logs behind the interface every package here already uses.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    // Graceful start and shutdown of the server's long-running parts.
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    // The command line of `epom`.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A library target; its dependencies are the arrows of the architecture, always downwards.
func room(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// The tests of one room; `Support` gives them a real Postgres and a desk to ask.
func tests(_ room: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(room)Tests",
        dependencies: [.byName(name: room), "Support"] + dependencies,
        exclude: exclude,
        swiftSettings: strict
    )
}

/// What every capability stands on.
let floor: [Target.Dependency] = [
    "Database", "Office", "Records", "Messages", "Files", "Sealing", "Web", hummingbird, httpTypes, nioCore,
]

let package = Package(
    name: "epom",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "epom", targets: ["Server"])],
    dependencies: packages,
    targets: [
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),

        room("Database", ["CPostgres", logging]),
        room("Workshop", []),
        room("Sealing", ["COpenSSL", "Workshop"]),
        room("Post", ["CCurl", "Sealing", "Workshop", logging]),
        room("Office", ["Database"]),
        room("Records", ["Database", "Office", "Sealing"]),
        room("Messages", ["Database", "Office", logging]),
        room("Files", ["Database", "Office", "Sealing", "Workshop"]),
        room(
            "Web",
            [
                "Database", "Office", "Sealing", "Files", hummingbird, hummingbirdCore, httpTypes,
                nioCore, nioHTTP1, nioHTTPTypes, logging,
            ],
            exclude: ["Pages", "Assets"]
        ),

        room("Region", floor, exclude: ["Pages"]),
        room("Identity", floor + ["Post"], exclude: ["Pages"]),
        room("Submissions", floor + ["Region", "Post"], exclude: ["Pages"]),
        room("Forms", floor, exclude: ["Pages"]),
        room("FilingRoom", floor, exclude: ["Pages"]),
        room("NoticeBoard", floor, exclude: ["Pages"]),
        room("Accounting", floor + ["CQREncode"], exclude: ["Pages"]),

        .executableTarget(
            name: "Server",
            dependencies: [
                "Database", "Sealing", "Post", "Office", "Records", "Messages", "Files", "Web", "Region",
                "Identity", "Submissions", "Forms", "FilingRoom", "NoticeBoard", "Accounting",
                hummingbird, hummingbirdCore, httpTypes, nioCore, nioHTTPTypes, logging, lifecycle, arguments,
            ],
            swiftSettings: strict
        ),

        // The load of `ops/bench` that asks `Database` without HTTP; never installed.
        .executableTarget(
            name: "bench-database",
            dependencies: ["Database", logging],
            path: "Tests/Bench",
            swiftSettings: strict
        ),
        .target(
            name: "Support",
            dependencies: [
                "Database", "Office", "Sealing", "Web", "Files", hummingbird, httpTypes, nioCore, logging,
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            path: "Tests/Support",
            swiftSettings: strict
        ),
        tests("Database"), tests("Workshop"), tests("Sealing"),
        tests("Post", ["Sealing"], exclude: ["Servers"]), tests("Office"),
        tests("Records"),
        tests("Messages", ["Database", "Office", logging]),
        tests("Files", ["Sealing", "Database"]), tests("Web", [hummingbird, httpTypes, nioCore]),
        tests("Region"), tests("Identity"), tests("Submissions"), tests("Forms"),
        tests("FilingRoom"), tests("NoticeBoard"), tests("Accounting"),
        tests("Server", ["Database", "Office", "Sealing"], exclude: ["Golden"]),
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ]
)
