package io.qomo.query.sql.ast;

/// The built-in aggregates; synonyms (STD, STDDEV, VARIANCE) are already folded.
public enum AggregateFunction {
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    STDDEV_POP,
    STDDEV_SAMP,
    VAR_POP,
    VAR_SAMP,
    GROUP_CONCAT,
    JSON_ARRAYAGG,
    JSON_OBJECTAGG,
    ST_COLLECT
}
