package io.qomo.query.exec.write;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.ForeignKeyDef.Action;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.store.txn.LockMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The foreign keys of one table, as child and as parent, at the moment one of its rows changes. Checks
/// are immediate, as InnoDB's: row by row, not at the end of the statement. Owned by the statement's
/// thread.
final class ForeignKeys {
    private final WriteScope scope;
    private final TableDef table;
    private final List<Parent> parents = new ArrayList<>();
    private final List<Child> children = new ArrayList<>();

    /// A key of this table on a parent.
    ///
    /// @param ordinals of this table's columns
    /// @param match finds rows of the parent, or null if the parent (or its index) does not exist
    private record Parent(
            ForeignKeyDef key, int[] ordinals, @Nullable KeyMatch match) {}

    /// A key of a child on this table.
    ///
    /// @param parentOrdinals of this table's columns
    /// @param childOrdinals of the child's columns
    private record Child(
            TableDef table, ForeignKeyDef key, int[] parentOrdinals, int[] childOrdinals, KeyMatch match) {}

    ForeignKeys(WriteScope scope, TableDef table, TableLayout layout) {
        this.scope = scope;
        this.table = table;
        if (!scope.checksForeignKeys()) {
            return;
        }
        Catalog catalog = scope.context().catalog();
        for (ForeignKeyDef key : table.foreignKeys()) {
            int[] ordinals = ordinals(table, key);
            TableDef parent =
                    catalog.table(key.parentDatabase(), key.parentTable()).orElse(null);
            int[] parentOrdinals = parent == null ? null : parentOrdinals(parent, key);
            KeyMatch match = parent == null || parentOrdinals == null
                    ? null
                    : KeyMatch.find(scope, scope.context().layout(parent), parentOrdinals);
            parents.add(new Parent(key, ordinals, match));
        }
        for (Catalog.Reference reference : catalog.referencing(table.database(), table.name())) {
            int[] parentOrdinals = parentOrdinals(table, reference.key());
            int[] childOrdinals = ordinals(reference.child(), reference.key());
            KeyMatch match = KeyMatch.find(scope, scope.context().layout(reference.child()), childOrdinals);
            if (parentOrdinals == null || match == null) {
                Check.that(
                        false,
                        "a foreign key has its index",
                        "key",
                        reference.key().name());
                continue;
            }
            children.add(new Child(reference.child(), reference.key(), parentOrdinals, childOrdinals, match));
        }
    }

    private static int[] ordinals(TableDef child, ForeignKeyDef key) {
        return key.columnIds().stream().mapToInt(child::ordinalOfId).toArray();
    }

    private static int @Nullable [] parentOrdinals(TableDef parent, ForeignKeyDef key) {
        int[] ordinals =
                key.parentColumns().stream().mapToInt(parent::ordinalOf).toArray();
        for (int ordinal : ordinals) {
            if (ordinal < 0) {
                return null;
            }
        }
        return ordinals;
    }

    boolean isReferenced() {
        return !children.isEmpty();
    }

    /// Refuses a row, written just now, whose parent does not exist (error 1452).
    ///
    /// @param changed per ordinal whether it differs from before, or null for a new row
    void checkParents(Vector[] row, int at, boolean @Nullable [] changed) {
        for (Parent parent : parents) {
            if (changed != null && !any(changed, parent.ordinals)) {
                continue;
            }
            Vector[] values = pick(row, parent.ordinals);
            if (hasNull(values, at)) {
                continue;
            }
            if (parent.match == null || !parent.match.lockExists(values, at)) {
                throw new SqlException(ErrorCode.NO_REFERENCED_ROW, ForeignKeyText.of(table, parent.key));
            }
        }
    }

    /// Does to children what ON DELETE says, after a row has been removed.
    void parentDeleted(Vector[] row, int at, int depth) {
        for (Child child : children) {
            Vector[] values = pick(row, child.parentOrdinals);
            if (hasNull(values, at)) {
                continue;
            }
            byte[] key = child.match.key(values, at);
            switch (child.key.onDelete()) {
                case NO_ACTION, RESTRICT, SET_DEFAULT -> refuse(child, key);
                case CASCADE -> deleteChildren(child, key, depth + 1);
                case SET_NULL -> {
                    Cascade.checkDepth(depth + 1);
                    Cascade cascade = new Cascade(child.table.id(), depth + 1, null);
                    updateChildren(child, key, null, 0, cascade);
                }
            }
        }
    }

    /// Does to children what ON UPDATE says, after a row has been rewritten.
    void parentUpdated(Vector[] old, int oldAt, Vector[] now, int at, boolean[] changed, Cascade cascade) {
        for (Child child : children) {
            if (!any(changed, child.parentOrdinals)) {
                continue;
            }
            Vector[] values = pick(old, child.parentOrdinals);
            if (hasNull(values, oldAt)) {
                continue;
            }
            byte[] key = child.match.key(values, oldAt);
            Vector[] newValues = pick(now, child.parentOrdinals);
            if (Arrays.equals(key, child.match.key(newValues, at))) {
                continue;
            }
            Action action = child.key.onUpdate();
            boolean follows =
                    (action == Action.CASCADE || action == Action.SET_NULL) && !cascade.hasUpdated(child.table.id());
            if (follows) {
                Vector @Nullable [] given = action == Action.CASCADE ? newValues : null;
                updateChildren(child, key, given, at, cascade.into(child.table.id()));
            } else {
                refuse(child, key);
            }
        }
    }

    private void refuse(Child child, byte[] key) {
        for (byte[] handle : child.match.handles(key)) {
            if (child.match.lock(handle, key, LockMode.SHARED) != null) {
                throw new SqlException(ErrorCode.ROW_IS_REFERENCED, ForeignKeyText.of(child.table, child.key));
            }
        }
    }

    private void deleteChildren(Child child, byte[] key, int depth) {
        List<byte[]> handles = child.match.handles(key);
        if (handles.isEmpty()) {
            return;
        }
        Cascade.checkDepth(depth);
        TableWriter writer = scope.writer(child.table);
        RowImage image = new RowImage(scope.context(), writer);
        for (byte[] handle : handles) {
            scope.context().checkInterrupted();
            byte[] value = child.match.lock(handle, key, LockMode.EXCLUSIVE);
            if (value != null) {
                writer.delete(handle, image.read(handle, value), 0, depth);
            }
        }
    }

    /// Gives the key columns of children new values, or NULL.
    private void updateChildren(Child child, byte[] key, Vector @Nullable [] values, int at, Cascade cascade) {
        List<byte[]> handles = child.match.handles(key);
        if (handles.isEmpty()) {
            return;
        }
        TableWriter writer = scope.writer(child.table);
        RowImage image = new RowImage(scope.context(), writer);
        for (byte[] handle : handles) {
            scope.context().checkInterrupted();
            byte[] value = child.match.lock(handle, key, LockMode.EXCLUSIVE);
            if (value == null) {
                continue;
            }
            Vector[] old = image.read(handle, value);
            image.startChange();
            for (int i = 0; i < child.childOrdinals.length; i++) {
                image.set(child.childOrdinals[i], values == null ? null : values[i], at);
            }
            Conflict conflict = writer.update(handle, old, 0, image.changed(), 0, image.changes(), cascade);
            if (conflict != null) {
                throw DuplicateKey.error(writer, conflict.index(), image.changed(), 0, scope.context());
            }
        }
    }

    private static Vector[] pick(Vector[] row, int[] ordinals) {
        Vector[] picked = new Vector[ordinals.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = row[ordinals[i]];
        }
        return picked;
    }

    private static boolean any(boolean[] flags, int[] ordinals) {
        for (int ordinal : ordinals) {
            if (flags[ordinal]) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNull(Vector[] values, int at) {
        for (Vector value : values) {
            if (value.isNull(at)) {
                return true;
            }
        }
        return false;
    }
}
