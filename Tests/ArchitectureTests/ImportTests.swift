import Testing

@Suite("Imports")
struct ImportTests {
    private let manifest: PackageManifest
    private let table: ArchitectureTable

    init() throws {
        manifest = PackageManifest(try Repository.text(of: "Package.swift"))
        table = ArchitectureTable(try Repository.text(of: "ARCHITECTURE.md"))
    }

    @Test("every folder of Sources is a target of the manifest and a row of the table")
    func targets() throws {
        let folders = Set(try Repository.folders(in: "Sources"))
        let targets = manifest.targets.filter { $0.kind != "testTarget" && $0.name != "TestSupport" }
        #expect(folders.count >= 9 && folders == Set(targets.map(\.name)))
        #expect(folders == Set(table.rows.keys))
    }

    @Test("every target imports what its list in Package.swift names, and no more")
    func importsFollowTheManifest() throws {
        for target in try Repository.folders(in: "Sources") {
            let allowed = try #require(manifest.dependencies(of: target), "\(target) has no list")
            let faults = try faults(in: "Sources/\(target)", target, allowed: allowed)
            #expect(faults.isEmpty, "\(target): \(faults.joined(separator: ", "))")
        }
    }

    @Test("every target imports what its row in ARCHITECTURE.md names, and no more")
    func importsFollowTheTable() throws {
        for target in try Repository.folders(in: "Sources") {
            let allowed = try #require(table.rows[target], "\(target) has no row")
            let faults = try faults(in: "Sources/\(target)", target, allowed: allowed)
            #expect(faults.isEmpty, "\(target): \(faults.joined(separator: ", "))")
        }
    }

    @Test("tests import what their list in Package.swift names, and no more")
    func testsFollowTheManifest() throws {
        for target in manifest.targets where target.kind == "testTarget" || target.name == "TestSupport" {
            let faults = try faults(in: "Tests/\(target.name)", target.name, allowed: target.dependencies)
            #expect(faults.isEmpty, "\(target.name): \(faults.joined(separator: ", "))")
        }
    }

    @Test("the manifest and the table say the same")
    func manifestAndTableAgree() {
        for (target, modules) in table.rows {
            #expect(manifest.dependencies(of: target) == modules, "\(target)")
        }
    }

    @Test("targets depend on one another in one direction")
    func oneDirection() {
        var remaining = table.rows
        while let free = remaining.first(where: { row in row.value.allSatisfy { remaining[$0] == nil } }) {
            remaining[free.key] = nil
        }
        #expect(remaining.isEmpty, "these go in a circle: \(remaining.keys.sorted())")
    }

    private func faults(in folder: String, _ target: String, allowed: Set<String>) throws -> [String] {
        try Repository.swiftFiles(in: folder).flatMap { file in
            Imports(in: try Repository.text(of: file)).faults(in: target, allowed: allowed)
                .map { "\(file):\($0.number) imports \($0.module)" }
        }
    }
}
