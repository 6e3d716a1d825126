extension QRCode {
    /// Dark modules as one path, a run at a time, in a square of `wholeSide` units.
    var path: String {
        var path = ""
        for line in 0..<wholeSide {
            let modules = row(line)
            var start: Int?
            for column in 0...wholeSide {
                let isDark = column < wholeSide && modules[column]
                if isDark, start == nil { start = column }
                if !isDark, let first = start {
                    path += "M\(first) \(line)h\(column - first)v1h-\(column - first)z"
                    start = nil
                }
            }
        }
        return path
    }

    /// A drawing of its own, dark on light whatever lies around it, 40 mm wide when nothing else is said.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="40mm" viewBox="0 0 \(wholeSide) \(wholeSide)" \
        shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(wholeSide)v\(wholeSide)h-\(wholeSide)z"/>\
        <path d="\(path)"/></svg>

        """
    }
}
