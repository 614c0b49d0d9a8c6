/// Changing tables: INSERT, REPLACE, UPDATE, DELETE with everything that hangs on a row.
///
/// ```
/// source rows ─RowPreparer→ rows of column types (defaults, NOT NULL, generated columns, checks)
/// ─TableWriter→ keys locked, uniqueness checked, row and index entries buffered, foreign keys followed
/// ```
/// Entry types: [io.qomo.query.exec.write.InsertRunner], [io.qomo.query.exec.write.UpdateRunner],
/// [io.qomo.query.exec.write.DeleteRunner].
///
/// Invariants:
/// - \[W1] Before anything of a row is written, its key is locked exclusively, and so is the key of every
///   entry that
///   must be unique and is written or removed. Other entries are protected by the row's lock.
/// - \[W2] A parent's key is locked shared before a child that references it is written, and the parent's
///   own change locks
///   it exclusively before children are looked for.
/// - \[W3] A statement that fails leaves nothing behind: the executor rolls back to the savepoint it took.
@NullMarked
package io.qomo.query.exec.write;

import org.jspecify.annotations.NullMarked;
