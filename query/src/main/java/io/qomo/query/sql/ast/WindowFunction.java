package io.qomo.query.sql.ast;

/// Functions that need OVER.
public enum WindowFunction {
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    CUME_DIST,
    PERCENT_RANK,
    NTILE,
    LEAD,
    LAG,
    FIRST_VALUE,
    LAST_VALUE,
    NTH_VALUE
}
