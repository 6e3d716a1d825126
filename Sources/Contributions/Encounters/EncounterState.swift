/// How an encounter point is found by whoever stands before it.
package enum EncounterState: String, CaseIterable, Sendable {
    /// Inside its windows, or without any.
    case alive
    /// Outside its windows: worked out from the clock, never stored.
    case asleep
    case moved, stolen, retired
}

/// What a curator says of an encounter point whatever the clock says.
package enum EncounterStanding: String, CaseIterable, Sendable {
    case moved, stolen, retired

    package var state: EncounterState {
        switch self {
        case .moved: .moved
        case .stolen: .stolen
        case .retired: .retired
        }
    }
}
