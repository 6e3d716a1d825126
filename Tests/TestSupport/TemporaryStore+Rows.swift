import GRDB

extension TemporaryStore {
    /// The first column of what a question gives, read by a connection that knows nothing of ours.
    package func texts(_ sql: String) throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { try String.fetchAll($0, sql: sql) }
    }

    /// Changes the store behind its back, as somebody would who has the file. The journal's guards are taken down.
    package func tamper(_ sql: String) throws {
        try DatabaseQueue(path: path).write { database in
            try database.execute(
                sql: """
                    DROP TRIGGER IF EXISTS journal_is_never_changed; DROP TRIGGER IF EXISTS journal_is_never_shortened;
                    """)
            try database.execute(sql: sql)
        }
    }
}
