package io.qomo.query.exec.write;

import io.qomo.query.exec.layout.IndexLayout;

/// A row that stands in the way of another one.
///
/// @param index the unique index in which they have the same key
/// @param handle of the row that is there
record Conflict(IndexLayout index, byte[] handle) {}
