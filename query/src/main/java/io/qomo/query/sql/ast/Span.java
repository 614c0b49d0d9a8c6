package io.qomo.query.sql.ast;

/// Where a node's text lies in the parsed string.
///
/// All spans are equal to each other: positions must not make two otherwise equal trees differ.
///
/// @param start offset of the first character
/// @param end offset behind the last character
public record Span(int start, int end) {
    /// For nodes that no text stands for.
    public static final Span NONE = new Span(0, 0);

    /// The node's text.
    public String of(String sql) {
        return sql.substring(start, end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
