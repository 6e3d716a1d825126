// swift-tools-version: 6.2
import PackageDescription

// The list of targets is the architecture: see ARCHITECTURE.md for what each one answers.
// `Tests/ArchitectureTests` reads every `import` and compares it with these lists.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "lieudit",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "lieudit", targets: ["lieudit"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    ],
    targets: [
        // System libraries: no `pkgConfig`, whose flags name a second sqlite3 module.
        .systemLibrary(name: "CSpatiaLite"),
        .systemLibrary(name: "CPROJ"),
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CQREncode"),

        .target(name: "MapGeometry", swiftSettings: strict),
        .target(name: "Projections", dependencies: ["MapGeometry", "CPROJ"], swiftSettings: strict),
        .target(name: "MapFormats", dependencies: ["MapGeometry"], swiftSettings: strict),
        .target(name: "SpatialIndex", dependencies: ["MapGeometry"], swiftSettings: strict),
        .target(
            name: "Contributions",
            dependencies: ["MapGeometry", "Projections", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict
        ),
        .target(
            name: "SpatialDatabase",
            dependencies: [
                "Contributions", "Projections", "MapGeometry", "CSpatiaLite",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            resources: [.copy("Migrations")],
            swiftSettings: strict
        ),
        .target(
            name: "Curation",
            dependencies: [
                "SpatialDatabase", "Contributions", "MapFormats", "Projections", "SpatialIndex", "MapGeometry",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Backups",
            dependencies: [
                "Curation", "SpatialDatabase", "Contributions",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "MapServer",
            dependencies: [
                "Curation", "SpatialDatabase", "Contributions", "SpatialIndex", "MapFormats", "Projections",
                "MapGeometry", "CZlib", "CQREncode",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Resources")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "lieudit",
            dependencies: [
                "MapServer", "Backups", "Curation", "SpatialDatabase", "Contributions", "MapFormats",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),

        // What several test targets need: seeded numbers and stores that clean up after themselves.
        .target(
            name: "TestSupport", dependencies: ["SpatialDatabase", .product(name: "GRDB", package: "GRDB.swift")],
            path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        .testTarget(
            name: "CurationTests",
            dependencies: [
                "Curation", "SpatialDatabase", "Contributions", "MapFormats", "Projections", "SpatialIndex",
                "MapGeometry", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MapServerTests",
            dependencies: [
                "MapServer", "Curation", "SpatialDatabase", "Contributions", "MapFormats", "MapGeometry", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PrivacyTests",
            dependencies: [
                "MapServer", "Curation", "SpatialDatabase", "Contributions", "SpatialIndex", "MapFormats",
                "Projections", "MapGeometry", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BackupsTests",
            dependencies: [
                "Backups", "Curation", "SpatialDatabase", "Contributions", "MapGeometry", "MapFormats", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "MapGeometryTests", dependencies: ["MapGeometry", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ContributionsTests", dependencies: ["Contributions", "MapGeometry", "TestSupport"],
            resources: [.copy("Flags/flagged-texts.txt")], swiftSettings: strict),
        .testTarget(
            name: "MapFormatsTests", dependencies: ["MapFormats", "MapGeometry", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ProjectionsTests", dependencies: ["Projections", "MapGeometry", "TestSupport"], swiftSettings: strict
        ),
        .testTarget(
            name: "SpatialIndexTests", dependencies: ["SpatialIndex", "MapGeometry", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SpatialDatabaseTests",
            dependencies: [
                "SpatialDatabase", "Contributions", "MapGeometry", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
    ]
)
