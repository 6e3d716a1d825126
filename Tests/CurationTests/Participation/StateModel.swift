import Contributions
import MapGeometry
import Projections

/// What the rules say of one contribution, written down a second time and without a store (`privacy.md`, LP6).
struct StateModel {
    /// Words and a place, as they show.
    struct Face: Equatable {
        var title: String
        var level: Precision
        /// At `about` and `wide`.
        var cell: GridCell?
        /// At `exact`.
        var point: Coordinate?
    }

    enum State { case pending, published, rejected, hidden, asked, gone }

    private(set) var state: State
    private(set) var stands: Face
    private(set) var proposed: Face?
    private var isHiddenByAuthor = false
    /// Something was asked or answered, and nobody has decided since.
    private var isDiscussed = false
    private var isAnswered = false
    private var isRestricted = false
    private let isReviewedAfter: Bool

    init(_ face: Face, isReviewedAfter: Bool) {
        stands = face
        self.isReviewedAfter = isReviewedAfter
        state = isReviewedAfter ? .published : .pending
    }

    var latest: Face { proposed ?? stands }
    /// What everybody sees.
    var shows: Face? { state == .published ? stands : nil }

    /// Each act answers whether it may be done at all.
    mutating func change(to face: Face) -> Bool {
        guard face != latest else { return true }
        switch state {
        case .gone: return false
        case .pending, .rejected, .asked:
            stands = face
            // Where nobody looks first, what waits does so for a reason.
            state = .pending
        case .published, .hidden:
            guard face != stands else {
                proposed = nil
                if !isAnswered { isDiscussed = false }
                return true
            }
            if stands.level.isFiner(than: face.level) {
                stands = stands.coarsened(to: face.level)
                proposed = nil
            }
            if face != stands { proposed = face }
            if isReviewedAfter, !isDiscussed, state == .published { accept() }
        }
        return true
    }

    private mutating func accept() {
        stands = latest
        proposed = nil
    }

    mutating func hideByAuthor() -> Bool {
        guard state == .published || state == .hidden else { return false }
        if state == .published { isHiddenByAuthor = true }
        state = .hidden
        return true
    }

    mutating func showByAuthor() -> Bool {
        guard state == .published || state == .hidden && isHiddenByAuthor else { return false }
        if state == .hidden, isReviewedAfter, !isDiscussed { accept() }
        state = .published
        isHiddenByAuthor = false
        return true
    }

    mutating func publish() -> Bool {
        guard state != .hidden || !isHiddenByAuthor else { return false }
        accept()
        state = .published
        decided()
        isRestricted = false
        return true
    }

    private mutating func decided() {
        (isDiscussed, isAnswered, isRestricted) = (false, false, true)
    }

    /// Of what stands and was changed, the change is held; all else is out of sight.
    mutating func ask() -> Bool {
        if proposed == nil {
            guard state != .hidden || !isHiddenByAuthor else { return false }
            state = .asked
            isHiddenByAuthor = false
        }
        (isDiscussed, isAnswered, isRestricted) = (true, false, true)
        return true
    }

    mutating func answer() -> Bool {
        guard isDiscussed || isRestricted else { return false }
        if state == .asked || state == .rejected { state = .pending }
        (isDiscussed, isAnswered) = (true, true)
        return true
    }

    mutating func reject() -> Bool {
        decided()
        guard proposed == nil else {
            proposed = nil
            return true
        }
        state = .rejected
        isHiddenByAuthor = false
        return true
    }

    mutating func hide() -> Bool {
        decided()
        state = .hidden
        isHiddenByAuthor = false
        return true
    }

    mutating func coarsen(to level: Precision) -> Bool {
        guard stands.level.isFiner(than: level) || proposed?.level.isFiner(than: level) == true else { return false }
        stands = stands.coarsened(to: level)
        proposed = proposed?.coarsened(to: level)
        isRestricted = true
        if proposed == nil, state == .published || state == .hidden { decided() }
        return true
    }

    mutating func forget() { state = .gone }
}

extension StateModel.Face {
    private static func side(_ level: Precision) -> GridCell.Side? {
        switch level {
        case .about: .metres200
        case .wide: .metres1000
        case .exact, .none: nil
        }
    }

    static func given(_ title: String, _ level: Precision, at pin: Coordinate) -> Self {
        Self(
            title: title, level: level, cell: side(level).map { GridCell(holding: pin, side: $0) },
            point: level == .exact ? pin.rounded(decimals: 7) : nil)
    }

    /// The pin set anew: within half a side of the cell that showed, that cell still shows, or the one around it.
    func pinned(_ level: Precision, at pin: Coordinate) -> Self {
        var fresh = Self.given(title, level, at: pin)
        if let cell, let side = Self.side(level), cell.side <= side, GridCell(forMoved: pin, keeping: cell) == cell {
            fresh.cell = cell.coarsened(to: side)
        }
        return fresh
    }

    /// From farther away; itself where it is as far already.
    func coarsened(to level: Precision) -> Self {
        guard self.level.isFiner(than: level) else { return self }
        guard let side = Self.side(level) else { return Self(title: title, level: .none) }
        let coarser = cell.map { $0.coarsened(to: side) } ?? point.map { GridCell(holding: $0, side: side) }
        return Self(title: title, level: level, cell: coarser)
    }
}
