package io.qomo.query.analyze;

/// Where in a query block an expression stands; MySQL's errors name it.
enum Clause {
    FIELD_LIST("field list"),
    FROM("from clause"),
    ON("on clause"),
    WHERE("where clause"),
    GROUP_BY("group statement"),
    HAVING("having clause"),
    ORDER_BY("order clause"),
    WINDOW_PARTITION("window partition by"),
    WINDOW_ORDER("window order by"),
    LIMIT("limit clause"),
    VALUES("field list"),
    EXPRESSION("field list");

    private final String text;

    Clause(String text) {
        this.text = text;
    }

    /// As MySQL words it.
    String text() {
        return text;
    }

    /// True where an aggregate of the block may stand.
    boolean allowsAggregates() {
        return switch (this) {
            case FIELD_LIST, HAVING, ORDER_BY, WINDOW_PARTITION, WINDOW_ORDER -> true;
            case FROM, ON, WHERE, GROUP_BY, LIMIT, VALUES, EXPRESSION -> false;
        };
    }

    /// True where a window function of the block may stand.
    boolean allowsWindows() {
        return this == FIELD_LIST || this == ORDER_BY;
    }
}
