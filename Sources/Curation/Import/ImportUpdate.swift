/// What an import by key has done.
package struct ImportUpdate: Codable, Equatable, Sendable {
    package internal(set) var added = 0
    package internal(set) var changed = 0
    package internal(set) var unchanged = 0
    /// Records that say something new of what somebody here has changed, hidden or erased: it stays as they left it.
    package internal(set) var left = 0
    /// What came before and is not in the file any more.
    package internal(set) var gone = 0
    /// Whether nothing of this source was there, though something of others was: perhaps it goes by another name now.
    package internal(set) var isNewSource = false

    package init() {}

    package var sentence: String {
        var parts = ["\(added) added, \(changed) changed, \(unchanged) unchanged."]
        if gone > 0 { parts.append("\(gone) no longer in the file, kept.") }
        if left > 0 { parts.append("\(left) left as changed, hidden or erased here.") }
        return parts.joined(separator: " ")
    }
}

/// What taking an import back has done.
package struct ImportUndoing: Codable, Equatable, Sendable {
    package internal(set) var withdrawn = 0
    /// What somebody here has edited or moderated since.
    package internal(set) var kept = 0
    /// What that import had only changed: what stood before is not kept.
    package internal(set) var changed = 0

    package init() {}

    package var sentence: String {
        var parts = ["\(withdrawn) withdrawn."]
        if kept == 1 { parts.append("1 edited or moderated since stays.") }
        if kept > 1 { parts.append("\(kept) edited or moderated since stay.") }
        if changed == 1 { parts.append("1 changed feature stays as it is.") }
        if changed > 1 { parts.append("\(changed) changed features stay as they are.") }
        return parts.joined(separator: " ")
    }
}
