import Testing

@Suite("How imports and lists are read")
struct ImportReadingTests {
    @Test(
        "every way of writing an import is seen",
        arguments: [
            ("import Made", ["Made"]), ("  import Made // why", ["Made"]), ("package import Made", ["Made"]),
            ("internal import Made", ["Made"]), ("public import Made", ["Made"]), ("private import Made", ["Made"]),
            ("@testable import Made", ["Made"]), ("@_exported public import Made", ["Made"]),
            ("@_spi(Inner) @testable import Made", ["Made"]), ("import struct Made.Up", ["Made"]),
            ("import Made.Up", ["Made"]),
            ("import Made; import Up", ["Made", "Up"]), ("#if canImport(Up)\nimport Up\n#endif", ["Up"]),
            ("// import Made", []), ("/// import Made", []), ("let imported = 1", []), ("importMade()", []),
            ("/*\nimport Made\n*/\nimport Up", ["Up"]), ("let help = \"\"\"\nimport FILE\n\"\"\"\nimport Up", ["Up"]),
        ])
    func written(source: String, modules: [String]) {
        #expect(Imports(in: source).lines.map(\.module) == modules)
    }

    @Test("a made-up import is caught where it stands")
    func madeUpImport() {
        let source = "import Foundation\npackage import MapGeometry\n\nimport Invented\nstruct A {}\n"
        let imports = Imports(in: source)
        #expect(imports.faults(in: "Here", allowed: ["MapGeometry"]) == [.init(number: 4, module: "Invented")])
        #expect(imports.faults(in: "Here", allowed: ["MapGeometry", "Invented"]).isEmpty)
        #expect(imports.faults(in: "MapGeometry", allowed: []).map(\.module) == ["Invented"])
    }

    @Test("a manifest's lists are read with their products, comments left out")
    func manifest() {
        let manifest = PackageManifest(
            """
            // .target(name: "Ghost", dependencies: ["A"]),
            dependencies: [.package(url: "https://example.org/b", exact: "1.0.0")],
            targets: [
                .systemLibrary(name: "C"),
                .target(name: "A", swiftSettings: strict), // "Not"
                .target(
                    name: "D",
                    dependencies: [
                        "A", "C", // "Not"
                        .product(name: "B", package: "b.swift"),
                    ],
                    resources: [.copy("E")]),
                .testTarget(name: "ATests", dependencies: ["A"]),
            ]
            """)
        #expect(
            manifest.targets == [
                .init(kind: "systemLibrary", name: "C", dependencies: []),
                .init(kind: "target", name: "A", dependencies: []),
                .init(kind: "target", name: "D", dependencies: ["A", "B", "C"]),
                .init(kind: "testTarget", name: "ATests", dependencies: ["A"]),
            ])
    }

    @Test("a table's rows are read, one or several targets each, and other tables are not")
    func table() {
        let table = ArchitectureTable(
            """
            | `Wrong` | before | A |

            | target | the question it answers | may import |
            |---|---|---|
            | `C1`, `C2` | libraries | — |
            | `A` | what? | nothing |
            | `D` | `A` and more | A, `C1`, B |

            | other | table | here |
            | `No` | x | A |
            """)
        #expect(table.rows == ["C1": [], "C2": [], "A": [], "D": ["A", "C1", "B"]])
    }
}
