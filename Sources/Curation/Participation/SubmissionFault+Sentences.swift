package import Contributions

extension SubmissionFault.Problem {
    /// A name for programs.
    package var code: String {
        switch self {
        case .missing: "missing"
        case .wrongType: "wrong-type"
        case .unknownMember: "unknown-member"
        case .notAPoint: "not-a-point"
        case .coordinate: "coordinate"
        case .consentNeeded: "consent-needed"
        case .nothingToShow: "nothing-to-show"
        case .tooLong: "too-long"
        case .tooMany: "too-many"
        case .controlCharacter: "control-character"
        case .directionOverride: "direction-override"
        case .invisibleCharacter: "invisible-character"
        case .notADate: "not-a-date"
        case .notALanguage: "not-a-language"
        case .notOneOf: "not-one-of"
        case .tooFine: "too-fine"
        case .pinNeeded: "pin-needed"
        case .tooYoungToSign: "too-young-to-sign"
        case .fixedAge: "fixed-age"
        case .goodFaithNeeded: "good-faith-needed"
        case .notFaceToFace: "not-face-to-face"
        case .malformedCode: "malformed-code"
        case .fixedLicence: "fixed-licence"
        case .changedRules: "changed-rules"
        case .endsBeforeItBegins: "ends-before-it-begins"
        case .longerThanADay: "longer-than-a-day"
        case .notATime: "not-a-time"
        case .notADay: "not-a-day"
        case .notADayOrTime: "not-a-day-or-time"
        case .unlikeEnds: "unlike-ends"
        case .noWindow: "no-window"
        case .closedAndOpen: "closed-and-open"
        case .dayGivenTwice: "day-given-twice"
        case .notASecureLink: "not-a-secure-link"
        case .mark(let fault): fault.code
        case .origin: "origin"
        case .region: "region"
        case .outsideRegion: "outside-region"
        case .outsidePeriod: "outside-period"
        case .notAColour: "not-a-colour"
        case .lowContrast: "low-contrast"
        case .unknownPartner: "unknown-partner"
        case .unknownLayer: "unknown-layer"
        case .malformedIdentifier: "malformed-identifier"
        case .malformedLayer: "malformed-layer"
        case .tooLate: "too-late"
        }
    }

    /// What is wrong and what to do, for the person who has typed it.
    package func sentence(in language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        }
    }

    private var french: String {
        switch self {
        case .missing: "Il manque cette réponse."
        case .wrongType: "Ce n’est pas la sorte de valeur attendue ici."
        case .unknownMember: "Ce champ n’existe pas ici."
        case .notAPoint: "Le lieu est un point, ou rien du tout."
        case .coordinate: "Ce lieu n’est pas sur la Terre : d’abord la longitude, puis la latitude, en degrés."
        case .consentNeeded: "Il faut votre accord pour montrer ce que vous donnez."
        case .nothingToShow: "Écrivez un titre ou un texte."
        case .tooLong(let characters, let limit): "C’est trop long : \(characters) signes, \(limit) au plus."
        case .tooMany(let found, let limit): "Il y en a trop : \(found), \(limit) au plus."
        case .controlCharacter: "Il y a là un signe de commande, qui ne se lit pas. Effacez-le."
        case .directionOverride: "Il y a là un signe caché qui change le sens de lecture. Effacez-le."
        case .invisibleCharacter: "Il y a là un signe invisible. Effacez-le."
        case .notADate: "Cette date ne se comprend pas. Écrivez par exemple 1974, 197X ou 1974-06."
        case .notALanguage: "Cette langue n’est pas connue. Écrivez par exemple fr ou pt-BR."
        case .notOneOf(let offered): "Choisissez parmi : \(offered.joined(separator: ", "))."
        case .tooFine(let finest): "Ici, le lieu se montre au plus près ainsi : \(finest.french)."
        case .pinNeeded: "Pour montrer le lieu de plus près, posez de nouveau le point."
        case .tooYoungToSign: "Avant 15 ans, on ne signe pas. Laissez ce champ vide."
        case .fixedAge: "L’âge ne se change pas. Retirez votre contribution et donnez-la de nouveau."
        case .goodFaithNeeded: "Dites que vous croyez vrai ce que vous signalez."
        case .notFaceToFace: "Un nouveau reçu se donne en main propre. Rencontrez la personne d’abord."
        case .malformedCode: "Ce code n’a pas la bonne forme : douze lettres et chiffres."
        case .fixedLicence: "La licence ouverte que vous avez donnée ne se reprend pas."
        case .changedRules: "Les règles ont changé depuis. Rouvrez la page et relisez-les."
        case .endsBeforeItBegins:
            "Cette plage finit avant de commencer. Si elle passe minuit, dites-le : \"overnight\": true."
        case .longerThanADay: "Une plage qui passe minuit finit le lendemain, avant l’heure où elle a commencé."
        case .notATime: "Écrivez l’heure ainsi : 14:00."
        case .notADay: "Écrivez le jour ainsi : 2026-11-22."
        case .notADayOrTime: "Écrivez 2026-11-22, 2026-11-22T14:00, ou 2026-11-22T14:00+01:00."
        case .unlikeEnds: "Écrivez les deux bouts de la même façon : tous deux avec un décalage horaire, ou sans."
        case .noWindow: "Donnez au moins une plage."
        case .closedAndOpen: "Ce jour est dit fermé et ouvert à la fois."
        case .dayGivenTwice: "Ce jour est déjà donné plus haut."
        case .notASecureLink: "Un lien commence par https:// et ne porte ni nom ni mot de passe."
        case .mark(let fault): fault.sentence(in: .french)
        case .origin(let fault): fault.sentence(in: .french)
        case .region(let fault): fault.sentence(in: .french)
        case .outsideRegion: "Ce lieu est hors de la région de cette carte."
        case .outsidePeriod(let period): "Cette date est hors du temps de cette carte : \(period)."
        case .notAColour: "Une couleur s’écrit #0a6e4d : un dièse et six chiffres hexadécimaux."
        case .lowContrast(let ratio, let least):
            "Le contraste avec le fond est de \(Self.hundredths(ratio, ",")) : 1. Il faut \(Self.hundredths(least, ",")) : 1."
        case .unknownPartner: "Il n’y a pas de partenaire ouvert de ce nom."
        case .unknownLayer: "Il n’y a pas de calque de ce nom."
        case .malformedIdentifier: "Ce nom n’a pas la bonne forme : vingt-six lettres et chiffres."
        case .malformedLayer: "Un calque se nomme par des lettres de a à z, des chiffres et des tirets : 64 au plus."
        case .tooLate: "Un accès ne dure pas plus que le vôtre."
        }
    }

    private var english: String {
        switch self {
        case .missing: "This answer is missing."
        case .wrongType: "This is not the kind of value expected here."
        case .unknownMember: "There is no such field here."
        case .notAPoint: "The place is one point, or nothing at all."
        case .coordinate: "This place is not on Earth: longitude first, then latitude, in degrees."
        case .consentNeeded: "Your agreement is needed to show what you give."
        case .nothingToShow: "Write a title or a text."
        case .tooLong(let characters, let limit): "This is too long: \(characters) characters, \(limit) at most."
        case .tooMany(let found, let limit): "There are too many: \(found), \(limit) at most."
        case .controlCharacter: "There is a control character, which cannot be read. Delete it."
        case .directionOverride: "There is a hidden character that changes the direction of reading. Delete it."
        case .invisibleCharacter: "There is an invisible character. Delete it."
        case .notADate: "This date cannot be understood. Write for instance 1974, 197X or 1974-06."
        case .notALanguage: "This language is not known. Write for instance fr or pt-BR."
        case .notOneOf(let offered): "Choose one of: \(offered.joined(separator: ", "))."
        case .tooFine(let finest): "Here the place shows at its finest as: \(finest.rawValue)."
        case .pinNeeded: "To show the place more finely, place the pin again."
        case .tooYoungToSign: "Under 15, nobody signs. Leave this field empty."
        case .fixedAge: "The age cannot be changed. Withdraw your contribution and give it again."
        case .goodFaithNeeded: "Say that you believe what you report to be true."
        case .notFaceToFace: "A new receipt is handed over in person. Meet them first."
        case .malformedCode: "This code is not of the right form: twelve letters and digits."
        case .fixedLicence: "The open licence that you have given cannot be taken back."
        case .changedRules: "The rules have changed since. Open the page again and read them."
        case .endsBeforeItBegins:
            "This window ends before it begins. If it goes over midnight, say so: \"overnight\": true."
        case .longerThanADay: "A window over midnight ends on the next day, before the hour at which it began."
        case .notATime: "Write the time like this: 14:00."
        case .notADay: "Write the day like this: 2026-11-22."
        case .notADayOrTime: "Write 2026-11-22, 2026-11-22T14:00, or 2026-11-22T14:00+01:00."
        case .unlikeEnds: "Write both ends alike: both with an offset, or both without."
        case .noWindow: "Give one window at least."
        case .closedAndOpen: "This day is said to be closed and open at once."
        case .dayGivenTwice: "This day is given above already."
        case .notASecureLink: "A link begins with https:// and bears neither name nor password."
        case .mark(let fault): fault.sentence(in: .english)
        case .origin(let fault): fault.sentence(in: .english)
        case .region(let fault): fault.sentence(in: .english)
        case .outsideRegion: "This place is outside the region of this map."
        case .outsidePeriod(let period): "This date is outside the time of this map: \(period)."
        case .notAColour: "A colour is written #0a6e4d: a hash and six hexadecimal digits."
        case .lowContrast(let ratio, let least):
            "Its contrast with the ground is \(Self.hundredths(ratio, ".")) : 1; \(Self.hundredths(least, ".")) : 1 is needed."
        case .unknownPartner: "There is no open partner with this id."
        case .unknownLayer: "There is no layer with this id."
        case .malformedIdentifier: "This is not of the right form: twenty-six letters and digits."
        case .malformedLayer: "A layer is named by letters from a to z, digits and hyphens: 64 at most."
        case .tooLate: "An access lasts no longer than your own."
        }
    }

    /// Cut and not rounded, so that what falls short never reads as enough.
    private static func hundredths(_ ratio: Double, _ mark: String) -> String {
        String((ratio * 100).rounded(.down) / 100).replacing(".", with: mark)
    }
}

extension Precision {
    /// The words of the interface (`privacy.md`, P1).
    package var french: String {
        switch self {
        case .exact: "point exact"
        case .about: "autour d’ici"
        case .wide: "dans le coin"
        case .none: "sans lieu"
        }
    }
}
