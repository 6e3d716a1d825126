extension TileGrid {
    /// Whether a geometry fills the tile and a margin around it and shows nothing else there, so that it fills every
    /// tile inside this one too, whatever the zoom.
    ///
    /// Each polygon either covers that ground with no hole in it, or stays clear of it, as all lines and points do;
    /// one at least covers it. Sides are straight on the map, as tiles draw them.
    /// - Parameter margin: tile units; at least twice `buffer`, for what simplifying may move.
    package func isFilled(by geometry: TileGeometry, margin: Double) -> Bool {
        let window = TileWindow(minimum: -margin, maximum: TileGrid.extent + margin)
        var isFilled = false
        for part in geometry.parts {
            switch part {
            case .point(let place):
                if window.contains(self.place(x: place.x, y: place.y)) { return false }
            case .line(let line):
                if !window.clip(line: line.everything(on: self, in: window)).isEmpty { return false }
            case .polygon(let exterior, let holes):
                let exterior = exterior.everything(on: self, in: window)
                if window.isClear(of: exterior) { continue }
                guard window.isCovered(by: exterior),
                    holes.allSatisfy({ window.isClear(of: $0.everything(on: self, in: window)) })
                else { return false }
                isFilled = true
            }
        }
        return isFilled
    }
}

extension TileWindow {
    fileprivate func isClear(of ring: [TilePoint]) -> Bool { clip(ring: ring).isEmpty }

    /// Whether a ring goes around the window once: clipped to it, only the window's own corners are left of the
    /// ring, and its whole area.
    fileprivate func isCovered(by ring: [TilePoint]) -> Bool {
        let clipped = clip(ring: ring)
        guard let last = clipped.last, clipped.allSatisfy(isCorner) else { return false }
        var doubledArea = 0.0
        var previous = last
        for point in clipped {
            doubledArea += previous.x * point.y - point.x * previous.y
            previous = point
        }
        return abs(doubledArea) == 2 * (maximum - minimum) * (maximum - minimum)
    }

    private func isCorner(_ point: TilePoint) -> Bool {
        (point.x == minimum || point.x == maximum) && (point.y == minimum || point.y == maximum)
    }
}
