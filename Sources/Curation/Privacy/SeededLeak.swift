#if DEBUG
    package import Contributions
    import Foundation
    import MapFormats
    package import MapGeometry
    import Projections
    package import SpatialDatabase
    package import SpatialIndex
    import Synchronization

    /// A fault that some service has had, planted on purpose: the proofs of privacy must find each of them (LP9).
    ///
    /// Only test builds have this. The store keeps no true place, so a leak remembers by itself what is given.
    package final class SeededLeak: Sendable {
        /// Each with where it was seen (`privacy.md`, 1.1).
        package enum Fault: String, CaseIterable, Sendable {
            /// Boxes are matched on the true point (iNaturalistAPI#126).
            case honeypotBox
            /// Words that nobody may read are found by search (inaturalist#265).
            case hiddenTextInSearch
            /// A raw field goes out with a feature (ushahidi/platform#1775).
            case rawField
            /// A column of an export has the place (inaturalist#317).
            case exportColumn
            /// One endpoint beside the others reads the truth (grottocenter-api#1361).
            case siblingEndpoint
            /// Noise around the true point, drawn anew each time (inaturalist#649).
            case diskNoise
            /// A keyed offset from the true point, the same for each (wadamesh#399).
            case sameRayOffset
            /// What was hidden comes back as the true point (inaturalist#2609).
            case stateCycle
            /// Clusters stand at the middle of true points.
            case clusterCentroid
            case lastModified
            /// Ids in the order of time.
            case timeOrderedIdentifier
            /// Distances from the true point, rounded afterwards (Tinder, Bumble, Hornet).
            case trueDistance
        }

        @TaskLocal package static var planted: SeededLeak?

        package let fault: Fault
        private let memory = Mutex(Memory())

        private struct Memory {
            var places: [PublicIdentifier: Coordinate] = [:]
            var waitingText: [PublicIdentifier: String] = [:]
            var lastGift: Int64 = 0
            var noise = UInt64(1)
        }

        package init(_ fault: Fault) {
            self.fault = fault
        }

        /// As at the beginning of another world.
        package func forgetEverything() { memory.withLock { $0 = Memory() } }

        private func place(of identifier: PublicIdentifier) -> Coordinate? {
            memory.withLock { $0.places[identifier] }
        }

        private func place(of feature: FeatureReference) -> Coordinate? {
            place(of: PublicIdentifier(bits: feature.identifier))
        }
    }

    // What is written.
    extension SeededLeak {
        package func remember(_ submission: Submission, as identifier: PublicIdentifier, at moment: Int64) {
            memory.withLock { memory in
                if case .at(let place) = submission.place { memory.places[identifier] = place }
                memory.lastGift = moment
            }
        }

        package func rememberWaiting(_ text: String, of identifier: PublicIdentifier) {
            memory.withLock { $0.waitingText[identifier] = text }
        }

        package func identifier(_ random: PublicIdentifier, at moment: Int64) -> PublicIdentifier {
            guard fault == .timeOrderedIdentifier else { return random }
            return PublicIdentifier(bits: UInt128(UInt64(moment)) << 64 | random.bits >> 64)
        }

        /// What goes out in place of what should.
        package func published(
            _ content: Contribution, of stored: StoredContribution
        ) throws -> Contribution {
            guard content.precision.isCell, let place = place(of: stored.identifier) else { return content }
            switch fault {
            case .rawField:
                return try content.with(place: content.geometry, field: "\(place.longitude) \(place.latitude)")
            case .diskNoise: return try content.with(place: .point(noisy(place)))
            case .sameRayOffset:
                let bearing = Double(stored.identifier.bits % 360) * .pi / 180
                return try content.with(place: .point(place.moved(bearing, Double(content.cell?.side.metres ?? 200))))
            case .stateCycle where stored.wasPublic && !stored.isPublic:
                return try content.with(place: .point(place))
            default: return content
            }
        }

        private func noisy(_ place: Coordinate) -> Coordinate {
            let noise = memory.withLock { memory in
                memory.noise = memory.noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return memory.noise
            }
            let (angle, share) = (Double(noise >> 48) / 65_536, Double(noise >> 32 & 0xFFFF) / 65_536)
            return place.moved(angle * 2 * .pi, share.squareRoot() * 200)
        }
    }

    // What is read.
    extension SeededLeak {
        /// A box that is matched on the true point.
        package func narrowed(_ filter: FeatureFilter, to box: BoundingBox?, _ snapshot: IndexSnapshot) -> FeatureFilter
        {
            guard fault == .honeypotBox, let box else { return filter }
            var filter = filter
            let inside = snapshot.features(in: box, matching: filter, limit: .max).features.filter { feature in
                place(of: feature).map { box.contains($0) } ?? true
            }
            filter.identifiers = Set(inside.map(\.identifier))
            return filter
        }

        package func found(_ words: String, besides matches: Set<UInt128>) -> Set<UInt128> {
            guard fault == .hiddenTextInSearch else { return matches }
            let wanted = TextFolding.words(in: words)
            return memory.withLock { memory in
                matches.union(
                    memory.waitingText.filter { Set(TextFolding.words(in: $0.value)).isSuperset(of: wanted) }
                        .map(\.key.bits))
            }
        }

        /// - Parameter row: one feature of an export, written out as the last of `bytes`.
        package func addColumn(to bytes: inout [UInt8], of feature: UnsafeRawBufferPointer) {
            guard fault == .exportColumn, let read = try? GeoJSONReader.feature(from: feature),
                let identifier = read.identifier.flatMap({ PublicIdentifier($0) }), let place = place(of: identifier)
            else { return }
            let ending = Array(bytes.suffix(while: { $0 == 0x0A || $0 == 0x0D }))
            bytes.removeLast(ending.count)
            if bytes.last == 0x7D {
                bytes.removeLast()
                bytes += Array(#","verbatim":[\#(place.longitude),\#(place.latitude)]}"#.utf8)
            } else {
                bytes += Array(",\(place.longitude) \(place.latitude)".utf8)
            }
            bytes += ending
        }

        package func extent(of layers: [PublishedLayer], instead extent: BoundingBox?) -> BoundingBox? {
            guard fault == .siblingEndpoint else { return extent }
            let all = layers.flatMap { $0.snapshot.features(limit: .max).features }
            let boxes = all.compactMap { place(of: $0) }.compactMap { Geometry.point($0).boundingBox }
            return boxes.dropFirst().reduce(boxes.first) { $0?.union($1) }
        }

        /// Metres to a true place in an outline; nil for what has none.
        func metres(from here: Coordinate, to outline: Geometry) -> Double? {
            guard fault == .trueDistance, let box = outline.boundingBox else { return nil }
            let place = memory.withLock { $0.places.values.first { box.contains($0) } }
            return place.map { (Geodesic.wgs84.metres(from: here, to: .point($0)) / 50).rounded(.up) * 50 }
        }

        func displaced(
            _ items: [TileContents.Item], _ grid: TileGrid, _ snapshot: IndexSnapshot, _ filter: FeatureFilter
        ) -> [TileContents.Item] {
            guard fault == .clusterCentroid else { return items }
            return items.map { item in
                guard case .cluster(let cluster, _) = item else { return item }
                let members = snapshot.clusterMembers(identifier: cluster.identifier, matching: filter, limit: .max)
                let places = members.compactMap { place(of: $0) }.map { WebMercator.project($0) }
                guard !places.isEmpty else { return item }
                let (x, y) = places.reduce((0, 0)) { ($0.0 + $1.x, $0.1 + $1.y) }
                let count = Double(places.count)
                return .cluster(cluster, grid.place(x: x / count, y: y / count).snapped)
            }
        }

        /// Seconds since 1970 UTC for a header; nil for none.
        package var lastModified: Int64? { fault == .lastModified ? memory.withLock { $0.lastGift } : nil }
    }

    extension Contribution {
        fileprivate func with(place: Geometry?, field: String? = nil) throws -> Contribution {
            try Contribution(
                kind: kind, title: title, text: text, themes: themes, when: when, language: language, author: author,
                licence: licence, precision: precision, geometry: place, cell: cell,
                properties: field.map { text in
                    let json = "\"\(text)\""
                    return FreeProperties(
                        members: [.init(name: "verbatim", json: json)], json: "{\"verbatim\":\(json)}")
                } ?? properties)
        }
    }

    extension Coordinate {
        /// So many metres away, near enough for a fault.
        fileprivate func moved(_ bearing: Double, _ metres: Double) -> Coordinate {
            Coordinate(
                clampingLongitude: longitude + metres / 111_320 / cos(latitude * .pi / 180) * sin(bearing),
                latitude: latitude + metres / 111_320 * cos(bearing)
            ).rounded(decimals: 7)
        }
    }

    extension [UInt8] {
        fileprivate func suffix(while isMeant: (UInt8) -> Bool) -> ArraySlice<UInt8> {
            self[(lastIndex { !isMeant($0) }.map { $0 + 1 } ?? startIndex)...]
        }
    }
#endif
