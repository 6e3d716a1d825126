import Foundation
import Synchronization

/// The coordinate reference systems that a server speaks, and the way to each of them through PROJ.
///
/// Any thread may ask: each question is answered in a PROJ context that nobody else has at that moment.
package final class ReferenceSystems: Sendable {
    /// CRS84 first.
    package let all: [CoordinateReferenceSystem]
    /// One for the whole process: a way to a system takes milliseconds to find, and is the same for everybody.
    private static let idle = Mutex<[Workplace]>([])
    private static let mostIdle = ProcessInfo.processInfo.activeProcessorCount

    /// - Parameter codes: EPSG codes beside `CoordinateReferenceSystem.standard`; repeated ones count once.
    /// - Throws: `ProjectionError` for a code that PROJ knows no way to.
    package init(adding codes: [Int] = []) throws(ProjectionError) {
        var all = CoordinateReferenceSystem.standard
        for code in codes where !all.contains(.epsg(code)) { all.append(.epsg(code)) }
        self.all = all
        // What cannot be answered is to be known when a server starts, not when somebody asks.
        for system in all { try transforming(to: system) { _ in } }
    }

    /// The system of that name; nil for one that is not spoken here.
    package func named(_ uri: String) -> CoordinateReferenceSystem? { all.first { $0.uri == uri } }

    /// Answers with the way to a system, which is lent for as long as `body` runs.
    /// - Throws: `ProjectionError` for a system that PROJ knows no way to.
    package func transforming<Result>(
        to system: CoordinateReferenceSystem, _ body: (CoordinateTransform) -> Result
    ) throws(ProjectionError) -> Result {
        let workplace = try freeWorkplace()
        defer { Self.idle.withLock { if $0.count < Self.mostIdle { $0.append(workplace) } } }
        return body(try workplace.transform(to: system))
    }

    private func freeWorkplace() throws(ProjectionError) -> Workplace {
        if let workplace = Self.idle.withLock({ $0.popLast() }) { return workplace }
        return try Workplace()
    }
}

/// One context and what has been made in it so far.
///
/// `@unchecked Sendable` because it is either idle or with one question, never both.
private final class Workplace: @unchecked Sendable {
    private let context: ProjectionContext
    private var transforms: [CoordinateReferenceSystem: CoordinateTransform] = [:]

    init() throws(ProjectionError) {
        context = try ProjectionContext()
    }

    func transform(to system: CoordinateReferenceSystem) throws(ProjectionError) -> CoordinateTransform {
        if let transform = transforms[system] { return transform }
        let transform = try CoordinateTransform(to: system, in: context)
        transforms[system] = transform
        return transform
    }
}
