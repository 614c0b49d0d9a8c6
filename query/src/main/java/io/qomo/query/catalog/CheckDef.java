package io.qomo.query.catalog;

/// A CHECK constraint.
///
/// @param name unique in the database
/// @param sql canonical SQL of the condition
/// @param enforced false for NOT ENFORCED
public record CheckDef(String name, String sql, boolean enforced) {}
