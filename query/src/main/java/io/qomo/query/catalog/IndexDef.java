package io.qomo.query.catalog;

import java.util.List;

/// An index. Index 0 of a table is its clustered primary key.
///
/// Entry keys: table prefix with [#id], the parts, and, unless the index is unique and no part is NULL, the
/// primary key. Values of unique entries hold the primary key; other entries carry it in their key alone.
///
/// @param id never reused within its table; 0 for the primary key
/// @param name `PRIMARY` for the primary key
/// @param unique at most one row per key without NULL
/// @param parts in order
/// @param visible false: not considered by the optimizer
/// @param state what writers and readers do with it while it is built
/// @param comment COMMENT, or empty
/// @param kind BTREE unless said otherwise
/// @param generated made for a foreign key by the server, which drops it when another index covers it
public record IndexDef(
        int id,
        String name,
        boolean unique,
        List<Part> parts,
        boolean visible,
        State state,
        String comment,
        Kind kind,
        boolean generated) {
    /// The primary key's id.
    public static final int PRIMARY_ID = 0;

    /// Copies the parts.
    public IndexDef {
        parts = List.copyOf(parts);
    }

    /// An index somebody asked for.
    public IndexDef(
            int id,
            String name,
            boolean unique,
            List<Part> parts,
            boolean visible,
            State state,
            String comment,
            Kind kind) {
        this(id, name, unique, parts, visible, state, comment, kind, false);
    }

    /// The same index in another state.
    public IndexDef withState(State other) {
        return new IndexDef(id, name, unique, parts, visible, other, comment, kind, generated);
    }

    /// A key part.
    ///
    /// @param columnId of the table
    /// @param prefixLength characters (bytes for binary strings), 0 for the whole value
    /// @param descending DESC
    public record Part(int columnId, int prefixLength, boolean descending) {}

    /// The steps of an online schema change, as in the F1 paper (Rae et al., VLDB 2013).
    public enum State {
        /// Only deletes maintain it.
        DELETE_ONLY,
        /// Writes maintain it; it is being filled.
        WRITE_ONLY,
        /// Complete.
        PUBLIC
    }

    /// What the index can be asked.
    public enum Kind {
        BTREE,
        FULLTEXT,
        SPATIAL
    }

    /// True for the clustered primary key.
    public boolean isPrimary() {
        return id == PRIMARY_ID;
    }
}
