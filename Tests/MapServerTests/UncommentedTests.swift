import Foundation
import Testing

@testable import MapServer

@Suite struct UncommentedTests {
    @Test func onlyWholeLinesOfCommentAreLeftOut() {
        let source = """
            // Why.
            const a = "// not one"; // Because.
              /** Said
               *  at length. */
            /* Once. */

            if (a) b(`/* ${a} */`);
            """
        let kept = String(decoding: Uncommented.bytes(Array(source.utf8)), as: UTF8.self)
        #expect(kept == "const a = \"// not one\"; // Because.\nif (a) b(`/* ${a} */`);\n")
    }

    /// A comment that did not end would swallow what follows it.
    @Test func everyAssetKeepsItsStatements() throws {
        let folder = Pages.root.appendingPathComponent("assets")
        let pages = try Pages()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where !name.hasSuffix(".svg") {
            let source = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            let served = String(decoding: try pages.asset(name), as: UTF8.self)
            let last = source.split(separator: "\n").last { !$0.hasPrefix("//") && !$0.hasSuffix("*/") }
            #expect(last.map { served.hasSuffix("\($0)\n") } == true, "\(name)")
            #expect(served.utf8.count > source.utf8.count / 2, "\(name)")
        }
    }
}
