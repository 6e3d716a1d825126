/// A property of ours whose value is one text, by its name on the wire: what a question may ask to be equal.
///
/// Kind and themes have conditions of their own.
package enum TextProperty: String, CaseIterable, Sendable {
    case title, when, lang, precision, author, licence
}
