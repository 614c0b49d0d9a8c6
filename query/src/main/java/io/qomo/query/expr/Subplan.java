package io.qomo.query.expr;

/// A plan inside an expression; the executor knows what it is.
public interface Subplan {}
