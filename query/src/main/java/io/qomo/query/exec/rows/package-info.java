/// Rows that stay: what sorting, hashing and repeated reading keep in memory or in temporary files.
///
/// - [io.qomo.query.exec.rows.RowChunks] keeps rows in memory; [io.qomo.query.exec.rows.SpillableRows]
///   moves them to a
///   file when the memory account refuses, and reads them again in order or by number.
/// - [io.qomo.query.exec.rows.KeyTable] numbers distinct keys; [io.qomo.query.exec.rows.RowKeys] encodes
///   values so that
///   equal keys are equal bytes (collation, NULL = NULL, -0 = 0).
/// - [io.qomo.query.exec.rows.RowSorter] sorts any number of rows, merging runs from files.
/// - [io.qomo.query.exec.rows.TempSpace] owns the directory of temporary files and empties it when it is
///   opened.
///
/// Everything is owned by one statement's thread except TempSpace, which all share. No plan node is known
/// here.
@NullMarked
package io.qomo.query.exec.rows;

import org.jspecify.annotations.NullMarked;
