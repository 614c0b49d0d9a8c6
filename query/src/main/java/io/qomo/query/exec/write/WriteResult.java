package io.qomo.query.exec.write;

/// What a statement that writes has done.
///
/// @param kind which statement it was
/// @param affectedRows rows inserted, changed or removed as MySQL counts them (REPLACE and ON DUPLICATE
///     KEY UPDATE count
///     2 where a row was there)
/// @param foundRows as `affectedRows`, rows that already had their values included: for clients that ask
///     for found rows
/// @param matchedRows rows an UPDATE looked at
/// @param records rows an INSERT was given
/// @param duplicates of them, those that met an existing row
/// @param firstGeneratedId the first AUTO_INCREMENT value made by the statement, or 0: the next
///     LAST_INSERT_ID()
/// @param lastWrittenId the AUTO_INCREMENT value of the last row inserted or updated by an INSERT, or 0: the
///     OK packet tells it if no value was made
public record WriteResult(
        Kind kind,
        long affectedRows,
        long foundRows,
        long matchedRows,
        long records,
        long duplicates,
        long firstGeneratedId,
        long lastWrittenId) {
    /// Statements that write.
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }

    /// The info text of the OK packet, or an empty string: for INSERT only of several rows or from a query.
    ///
    /// @param isBulk true for INSERT … SELECT and INSERT of several rows
    /// @param warnings the statement's number of warnings
    public String info(boolean isBulk, int warnings) {
        return switch (kind) {
            case INSERT ->
                isBulk ? "Records: " + records + "  Duplicates: " + duplicates + "  Warnings: " + warnings : "";
            case UPDATE -> "Rows matched: " + matchedRows + "  Changed: " + affectedRows + "  Warnings: " + warnings;
            case DELETE -> "";
        };
    }
}
