package io.qomo.serve.cli;

import java.util.List;

/// Words that Tab completes besides the names of the database.
final class CompletionWords {
    static final List<String> ALL = List.of(("""
            SELECT, FROM, WHERE, GROUP BY, ORDER BY, HAVING, LIMIT, INSERT INTO,
            VALUES, UPDATE, SET, DELETE FROM, REPLACE INTO, CREATE TABLE, CREATE DATABASE, CREATE INDEX,
            CREATE VIEW, ALTER TABLE, DROP TABLE, DROP DATABASE, TRUNCATE TABLE, SHOW DATABASES, SHOW TABLES, SHOW CREATE TABLE,
            SHOW PROCESSLIST, SHOW VARIABLES LIKE, DESCRIBE, EXPLAIN, USE, BEGIN, COMMIT, ROLLBACK,
            JOIN, LEFT JOIN, INNER JOIN, ON, USING, UNION ALL, DISTINCT, AS,
            AND, OR, NOT, NULL, LIKE, BETWEEN, EXISTS, CASE,
            WHEN, THEN, ELSE, END,
            """).strip().split("\\s*,\\s*"));

    private CompletionWords() {}
}
