/// Databases, tables, columns, indexes and constraints as immutable records, and snapshots of them.
///
/// Entry type: [io.qomo.query.catalog.Catalog]. Names compare without case; persistence and changes live above.
@NullMarked
package io.qomo.query.catalog;

import org.jspecify.annotations.NullMarked;
