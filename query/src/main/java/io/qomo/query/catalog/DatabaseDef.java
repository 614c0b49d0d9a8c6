package io.qomo.query.catalog;

import io.qomo.base.type.Collation;

/// A database (schema).
///
/// @param id never reused
/// @param name as written
/// @param collation default of new tables
public record DatabaseDef(long id, String name, Collation collation) {}
