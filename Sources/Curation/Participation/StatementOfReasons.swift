package import Contributions

/// What an author is told of a restriction beside its reasons (`trust.md`, RG16): what was done, and what they can do.
extension DecisionNotice {
    /// What was done; nil for what takes nothing away.
    package func measure(in language: Language) -> String? {
        switch (decision, language) {
        case ("publish", _): nil
        case ("reject", .french): "Ce que vous avez donné n’est pas publié."
        case ("reject", .english): "What you have given is not published."
        case ("hide", .french): "Votre contribution est masquée."
        case ("hide", .english): "Your contribution is hidden."
        case ("coarsen", .french): "Le lieu se montre de plus loin."
        case ("coarsen", .english): "The place shows from farther away."
        case ("ask", .french): "Votre contribution attend votre réponse."
        case ("ask", .english): "Your contribution waits for your answer."
        case ("mask", .french): "Des mots sont remplacés par \(Masking.sign)."
        case ("mask", .english): "Some words are replaced by \(Masking.sign)."
        case ("erase", .french): "Votre contribution est effacée."
        case ("erase", .english): "Your contribution is erased."
        case (_, .french): "Votre contribution est restreinte."
        case (_, .english): "Your contribution is restricted."
        }
    }

    /// How to contest it; nil for what takes nothing away.
    package func contest(in language: Language) -> String? {
        switch (decision, language) {
        case ("publish", _): nil
        case ("erase", .french):
            "Vous n’êtes pas d’accord ? Parlez-en à l’équipe du lieu, ou donnez de nouveau votre contribution. "
                + "Vous pouvez aussi saisir la justice."
        case ("erase", .english):
            "You do not agree? Speak to the people of the venue, or contribute again. You may also go to court."
        case (_, .french):
            "Vous n’êtes pas d’accord ? Répondez avec votre reçu : l’équipe relira. Vous pouvez aussi saisir la justice."
        case (_, .english):
            "You do not agree? Answer with your receipt: somebody will look again. You may also go to court."
        }
    }
}
