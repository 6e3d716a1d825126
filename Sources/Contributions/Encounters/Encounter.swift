/// What an encounter point has beside what every contribution has.
package struct Encounter: Equatable, Sendable {
    package var face: EncounterFace
    /// Shown through the code only: in no public route, tile, export, search or index.
    package var reveals: Revelation?

    package init(face: EncounterFace = EncounterFace(), reveals: Revelation? = nil) {
        self.face = face
        self.reveals = reveals
    }
}

/// The part of an encounter point that is public. It bears no clock: readers work out from `hours` whether it is
/// alive.
package struct EncounterFace: Equatable, Sendable {
    /// Nil when it is alive at all hours.
    package var hours: OpeningWindows?
    /// What one is asked there; empty when nothing is.
    package var prompt: String
    /// Nil when the clock alone decides.
    package var standing: EncounterStanding?

    package init(hours: OpeningWindows? = nil, prompt: String = "", standing: EncounterStanding? = nil) {
        self.hours = hours
        self.prompt = prompt
        self.standing = standing
    }

    /// - Parameter now: seconds since 1970 UTC.
    package func state(at now: Int64, in place: LocalTime) -> EncounterState {
        if let standing { return standing.state }
        return hours?.isAlive(at: now, in: place) == false ? .asleep : .alive
    }
}

/// What somebody is shown who has found the code.
package struct Revelation: Equatable, Sendable {
    package let text: String
    package let links: [Link]

    package struct Link: Equatable, Sendable {
        /// An address that begins with `https://`.
        package let address: String
        /// Empty when it has none.
        package let title: String

        package init(address: String, title: String) {
            self.address = address
            self.title = title
        }
    }

    package init(text: String, links: [Link]) {
        self.text = text
        self.links = links
    }
}
