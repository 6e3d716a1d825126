/// Reads RFC 8259 to the letter: no comment, no trailing comma, no NaN, no byte order mark.
package enum JSONParser {
    /// The deepest nesting that a caller may ask for, whatever `maximumDepth` says: the reader recurses.
    package static let deepestNesting = 512

    /// The one value that `bytes` hold.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text; contiguous storage is read in place.
    ///   - maximumDepth: how many arrays and objects may stand inside one another.
    /// - Throws: `JSONError`, with the offset of the byte at fault.
    package static func parse(
        _ bytes: some Collection<UInt8>, maximumDepth: Int = 64
    ) throws(JSONError) -> JSONValue {
        let depth = min(maximumDepth, deepestNesting)
        let inPlace = bytes.withContiguousStorageIfAvailable { document($0, maximumDepth: depth) }
        let result = inPlace ?? Array(bytes).withUnsafeBufferPointer { document($0, maximumDepth: depth) }
        return try result.get()
    }

    private static func document(
        _ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int
    ) -> Result<JSONValue, JSONError> {
        var text = JSONText(bytes, maximumDepth: maximumDepth)
        do throws(JSONError) {
            return .success(try text.document())
        } catch {
            return .failure(error)
        }
    }
}
