import HTTPTypes

extension HTTPFields {
    /// What stands in a field; the same as `self[name]`, which joins even what was sent once, as nearly every field is.
    func text(of name: HTTPField.Name) -> String? {
        let fields = self[fields: name]
        return fields.count < 2 ? fields.first?.value : self[name]
    }
}
