/// One record of a file, good or bad. After a bad record the next one can still be read; a file that
/// cannot be read on makes the reader throw instead.
package struct SourceRecord<Content: Sendable>: Sendable {
    /// The line on which the record begins, from 1.
    package let line: Int
    /// Which record of the file this is, from 1; bad ones count, the header of a table does not.
    package let ordinal: Int
    package let content: Result<Content, FormatError>
}
