package io.qomo.query.analyze;

import java.util.List;

/// A common table expression in sight. Changed while its own definition is analyzed.
final class CteEntry {
    private final String name;
    private final int id;
    private final List<OutputField> fields;
    private final boolean inRecursion;
    private final int depth;
    private final boolean isMerged;
    private int references;

    /// @param fields the columns of the definition
    /// @param inRecursion true while the recursive part is analyzed: it stands for the rows of the round before
    /// @param depth of the query blocks that may name a recursive one
    /// @param isMerged as [Merging] says
    CteEntry(String name, int id, List<OutputField> fields, boolean inRecursion, int depth, boolean isMerged) {
        this.name = name;
        this.id = id;
        this.fields = List.copyOf(fields);
        this.inRecursion = inRecursion;
        this.depth = depth;
        this.isMerged = isMerged;
    }

    String name() {
        return name;
    }

    int id() {
        return id;
    }

    List<OutputField> fields() {
        return fields;
    }

    boolean isInRecursion() {
        return inRecursion;
    }

    int depth() {
        return depth;
    }

    boolean isMerged() {
        return isMerged;
    }

    /// How often it was named.
    int references() {
        return references;
    }

    void countReference() {
        references++;
    }
}
