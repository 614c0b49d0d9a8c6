package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.TableElement.AttributeOption;
import io.qomo.query.sql.ast.TableElement.ColumnKey;
import io.qomo.query.sql.ast.TableElement.IndexDefinition;
import io.qomo.query.sql.ast.TableElement.IndexKind;
import io.qomo.query.sql.ast.TableElement.IndexOptions;
import io.qomo.query.sql.ast.TableElement.IndexPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Indexes from their definitions, with MySQL's limits and errors.
final class IndexRules {
    private static final int MAX_KEYS = 64;
    private static final int MAX_PARTS = 16;
    private static final int MAX_KEY_BYTES = 3072;
    private static final int MAX_COMMENT_CHARACTERS = 1024;

    private final TableDraft draft;

    IndexRules(TableDraft draft) {
        this.draft = draft;
    }

    /// Adds the key a column definition asks for.
    void addColumnKey(String column, ColumnKey key) {
        IndexKind kind = switch (key) {
            case PRIMARY -> IndexKind.PRIMARY;
            case UNIQUE -> IndexKind.UNIQUE;
            case KEY -> draft.hasPrimaryKey() ? IndexKind.PLAIN : IndexKind.PRIMARY;
            case NONE -> throw new IllegalArgumentException("no key");
        };
        IndexPart part = new IndexPart(column, null, -1, false);
        add(
                new IndexDefinition(
                        io.qomo.query.sql.ast.Span.NONE, kind, null, null, List.of(part), IndexOptions.NONE),
                IndexDef.State.PUBLIC);
    }

    /// Adds an index in a state; returns it.
    IndexDef add(IndexDefinition definition, IndexDef.State state) {
        if (definition.kind() == IndexKind.FULLTEXT || definition.kind() == IndexKind.SPATIAL) {
            throw new SqlException(
                    ErrorCode.NOT_SUPPORTED_YET, definition.kind().name() + " indexes");
        }
        checkOptions(definition);
        boolean isPrimary = definition.kind() == IndexKind.PRIMARY;
        if (isPrimary && draft.hasPrimaryKey()) {
            throw new SqlException(ErrorCode.MULTIPLE_PRIMARY_KEY);
        }
        if (definition.parts().size() > MAX_PARTS) {
            throw new SqlException(ErrorCode.TOO_MANY_KEY_PARTS, MAX_PARTS);
        }
        String name = isPrimary ? "PRIMARY" : name(definition);
        List<IndexDef.Part> parts = new ArrayList<>();
        for (int i = 0; i < definition.parts().size(); i++) {
            IndexPart part = definition.parts().get(i);
            parts.add(part.expression() == null ? part(part, isPrimary) : functional(name, i, part, isPrimary));
        }
        checkRepeats(parts);
        if (isPrimary) {
            dropRowId();
            parts.forEach(p -> makeNotNull(p.columnId()));
        }
        boolean unique = isPrimary || definition.kind() == IndexKind.UNIQUE;
        String comment = definition.options().comment();
        IndexDef index = new IndexDef(
                isPrimary ? IndexDef.PRIMARY_ID : draft.nextIndexId(),
                name,
                unique,
                parts,
                !Boolean.FALSE.equals(definition.options().visible()),
                state,
                comment == null ? "" : comment,
                IndexDef.Kind.BTREE);
        noteDuplicate(index);
        draft.indexes().add(isPrimary ? 0 : draft.indexes().size(), index);
        return index;
    }

    private void noteDuplicate(IndexDef index) {
        for (IndexDef other : draft.indexes()) {
            if (!other.generated() && other.parts().equals(index.parts()) && other.unique() == index.unique()) {
                draft.session().warn(ErrorCode.DUPLICATE_INDEX_NOTE, index.name(), draft.database(), draft.name());
                return;
            }
        }
    }

    private static void checkOptions(IndexDefinition definition) {
        IndexOptions options = definition.options();
        if (options.parser() != null) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "WITH PARSER");
        }
        if (definition.kind() == IndexKind.PRIMARY && Boolean.FALSE.equals(options.visible())) {
            throw new SqlException(ErrorCode.INVISIBLE_PRIMARY_INDEX);
        }
        String comment = options.comment();
        if (comment != null && comment.codePointCount(0, comment.length()) > MAX_COMMENT_CHARACTERS) {
            throw new SqlException(
                    ErrorCode.TOO_LONG_INDEX_COMMENT,
                    definition.name() == null ? "" : definition.name(),
                    MAX_COMMENT_CHARACTERS);
        }
        for (AttributeOption option : options.others()) {
            if (!option.value().isEmpty()) {
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, option.name());
            }
        }
    }

    private String name(IndexDefinition definition) {
        String written = definition.name() != null ? definition.name() : definition.constraint();
        if (written != null) {
            Names.checkIndex(written);
            if (isTaken(written, columnIds(definition))) {
                throw new SqlException(ErrorCode.DUPLICATE_KEY_NAME, written);
            }
            return written;
        }
        String column = definition.parts().getFirst().column();
        return freeName(column == null ? "functional_index" : column, columnIds(definition));
    }

    /// A name no index over other columns has: the wish, or the wish with a number.
    String freeName(String wish, List<Integer> columnIds) {
        if (!isTaken(wish, columnIds) && !wish.equalsIgnoreCase("PRIMARY")) {
            return wish;
        }
        int number = 2;
        while (isTaken(wish + "_" + number, columnIds)) {
            number++;
        }
        return wish + "_" + number;
    }

    /// The columns of an index, −1 for parts that hold no whole column.
    private List<Integer> columnIds(IndexDefinition definition) {
        List<Integer> columnIds = new ArrayList<>();
        for (IndexPart part : definition.parts()) {
            ColumnDef column = part.column() == null || part.prefixLength() > 0 ? null : draft.column(part.column());
            columnIds.add(column == null ? -1 : column.id());
        }
        return columnIds;
    }

    /// A generated index gives its name to one that takes its place.
    private boolean isTaken(String name, List<Integer> columnIds) {
        return draft.indexes().stream()
                .anyMatch(i -> i.name().equalsIgnoreCase(name) && !(i.generated() && isPrefix(i, columnIds)));
    }

    private static boolean isPrefix(IndexDef index, List<Integer> columnIds) {
        List<Integer> own = index.parts().stream().map(IndexDef.Part::columnId).toList();
        return own.size() <= columnIds.size()
                && columnIds.subList(0, own.size()).equals(own);
    }

    /// Drops indexes that were made for foreign keys and that others cover, as MySQL does, silently.
    void dropCovered() {
        for (IndexDef index : List.copyOf(draft.indexes())) {
            List<IndexDef> others = new ArrayList<>(draft.indexes());
            others.remove(index);
            List<Integer> own =
                    index.parts().stream().map(IndexDef.Part::columnId).toList();
            if (index.generated() && covering(others, own) != null) {
                draft.indexes().remove(index);
            }
        }
    }

    private IndexDef.Part part(IndexPart written, boolean isPrimary) {
        String name = written.column() == null ? "" : written.column();
        ColumnDef column = draft.column(name);
        if (column == null) {
            throw new SqlException(ErrorCode.KEY_COLUMN_DOES_NOT_EXIST, name);
        }
        if (isPrimary && column.isVirtual()) {
            throw new SqlException(
                    ErrorCode.UNSUPPORTED_ACTION_ON_GENERATED_COLUMN,
                    "Defining a virtual generated column as primary key");
        }
        SqlType type = column.type();
        if (type.kind() == TypeKind.JSON) {
            throw new SqlException(ErrorCode.JSON_USED_AS_KEY, name);
        }
        int length = written.prefixLength();
        if (length == 0) {
            throw new SqlException(ErrorCode.WRONG_SUB_KEY);
        }
        if (length < 0) {
            if (type.kind().isLob()) {
                throw new SqlException(ErrorCode.BLOB_KEY_WITHOUT_LENGTH, name);
            }
            return new IndexDef.Part(column.id(), 0, written.descending());
        }
        if (!type.kind().isString()) {
            throw new SqlException(ErrorCode.WRONG_SUB_KEY);
        }
        if (!type.kind().isLob() && length > type.length()) {
            throw new SqlException(ErrorCode.WRONG_SUB_KEY);
        }
        boolean isWhole = !type.kind().isLob() && length == type.length();
        return new IndexDef.Part(column.id(), isWhole ? 0 : length, written.descending());
    }

    private IndexDef.Part functional(String index, int position, IndexPart written, boolean isPrimary) {
        Expression expression = written.expression();
        if (isPrimary || expression == null) {
            throw new SqlException(ErrorCode.FUNCTIONAL_INDEX_PRIMARY_KEY);
        }
        if (expression instanceof Expression.ColumnReference) {
            throw new SqlException(ErrorCode.FUNCTIONAL_INDEX_ON_FIELD);
        }
        if (expression instanceof Expression.CastExpression cast && cast.array()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "multi-valued indexes");
        }
        String text = draft.session().print(expression);
        Expr bound = ExpressionRules.bind(draft.session(), draft.sketch(0), text, "functional index");
        SqlType type = ExpressionTypes.columnType(bound.type());
        if (type.kind().isLob()) {
            throw new SqlException(ErrorCode.FUNCTIONAL_INDEX_ON_LOB);
        }
        if (type.kind() == TypeKind.JSON) {
            throw new SqlException(ErrorCode.FUNCTIONAL_INDEX_ON_JSON);
        }
        if (!ExpressionRules.isPure(bound)) {
            throw new SqlException(ErrorCode.FUNCTIONAL_INDEX_FUNCTION_NOT_ALLOWED, index);
        }
        ColumnDef hidden = new ColumnDef(
                draft.nextColumnId(),
                "!hidden!" + index + "!" + position + "!0",
                type,
                true,
                null,
                false,
                false,
                false,
                text,
                false,
                Visibility.HIDDEN,
                "",
                null);
        draft.columns().add(hidden);
        return new IndexDef.Part(hidden.id(), 0, written.descending());
    }

    private void checkRepeats(List<IndexDef.Part> parts) {
        Set<Integer> seen = new HashSet<>();
        for (IndexDef.Part part : parts) {
            if (!seen.add(part.columnId())) {
                throw new SqlException(
                        ErrorCode.DUPLICATE_FIELD_NAME,
                        draft.columnById(part.columnId()).name());
            }
        }
    }

    private void dropRowId() {
        if (draft.hasRowId()) {
            IndexDef old = draft.indexes().getFirst();
            draft.indexes().removeFirst();
            draft.columns().removeIf(c -> c.id() == old.parts().getFirst().columnId());
        }
    }

    private void makeNotNull(int columnId) {
        ColumnDef column = draft.columnById(columnId);
        if (column.nullable()) {
            String defaultSql = "NULL".equals(column.defaultSql()) ? null : column.defaultSql();
            draft.replaceColumn(Columns.with(column, false, defaultSql, column.defaultIsExpression()));
        }
    }

    /// Checks what needs all columns and indexes: numbers, lengths, the AUTO_INCREMENT column.
    void checkAll() {
        long secondary = draft.indexes().stream().filter(i -> !i.isPrimary()).count();
        if (secondary > MAX_KEYS) {
            throw new SqlException(ErrorCode.TOO_MANY_KEYS, MAX_KEYS);
        }
        for (IndexDef index : draft.indexes()) {
            checkLength(index);
        }
        List<ColumnDef> counting =
                draft.columns().stream().filter(ColumnDef::autoIncrement).toList();
        boolean isKey = counting.isEmpty()
                || draft.indexes().stream()
                        .anyMatch(i -> i.parts().getFirst().columnId()
                                == counting.getFirst().id());
        if (counting.size() > 1 || !isKey) {
            throw new SqlException(ErrorCode.WRONG_AUTO_KEY);
        }
    }

    private void checkLength(IndexDef index) {
        long total = 0;
        for (IndexDef.Part part : index.parts()) {
            SqlType type = draft.columnById(part.columnId()).type();
            checkKeyType(draft.columnById(part.columnId()), part.prefixLength());
            long bytes = partBytes(type, part.prefixLength());
            total += bytes;
            if (bytes > MAX_KEY_BYTES) {
                throw new SqlException(ErrorCode.TOO_LONG_KEY, MAX_KEY_BYTES);
            }
        }
        if (total > MAX_KEY_BYTES) {
            throw new SqlException(ErrorCode.TOO_LONG_KEY, MAX_KEY_BYTES);
        }
    }

    /// A column that had a key may have got a type that cannot have it.
    private static void checkKeyType(ColumnDef column, int prefixLength) {
        if (column.type().kind() == TypeKind.JSON) {
            throw new SqlException(ErrorCode.JSON_USED_AS_KEY, column.name());
        }
        if (column.type().kind().isLob() && prefixLength == 0) {
            throw new SqlException(ErrorCode.BLOB_KEY_WITHOUT_LENGTH, column.name());
        }
    }

    private static long partBytes(SqlType type, int prefixLength) {
        if (!type.kind().isString()) {
            return 8;
        }
        long characters = prefixLength > 0 ? prefixLength : Math.max(0, type.length());
        return characters * type.collation().charset().maxBytesPerChar();
    }

    /// The index among the draft's whose first parts are these columns in order and whole, or null.
    static @Nullable IndexDef covering(List<IndexDef> indexes, List<Integer> columnIds) {
        for (IndexDef index : indexes) {
            boolean covers = index.parts().size() >= columnIds.size() && index.kind() == IndexDef.Kind.BTREE;
            for (int i = 0; covers && i < columnIds.size(); i++) {
                IndexDef.Part part = index.parts().get(i);
                covers = part.columnId() == columnIds.get(i) && part.prefixLength() == 0;
            }
            if (covers) {
                return index;
            }
        }
        return null;
    }
}
