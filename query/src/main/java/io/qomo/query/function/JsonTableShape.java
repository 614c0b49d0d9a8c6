package io.qomo.query.function;

import io.qomo.base.json.JsonPath;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import java.util.ArrayList;
import java.util.List;

/// The rows JSON_TABLE() makes of a document: one per value its path leads to, with the rows of nested paths beside it.
///
/// Nested paths of one level are siblings: each gives its rows with the columns of the others NULL; where none gives a
/// row there is one with NULL in all of them. Source: MySQL 8.0 manual, "JSON Table Functions".
///
/// @param path to the values that become rows
/// @param ordinality slots of columns FOR ORDINALITY
/// @param values the other columns
/// @param nested in the order written
public record JsonTableShape(JsonPath path, List<Integer> ordinality, List<Slot> values, List<JsonTableShape> nested) {
    /// The type of columns FOR ORDINALITY.
    public static final SqlType ORDINALITY = SqlType.integer(TypeKind.INT, true);

    public JsonTableShape {
        ordinality = List.copyOf(ordinality);
        values = List.copyOf(values);
        nested = List.copyOf(nested);
    }

    /// A column and its place in the table.
    public record Slot(int index, JsonColumn column) {}

    /// Takes finished rows.
    public interface RowSink {
        /// A row: row 0 of each vector, valid until the call returns.
        void add(Vector[] row);
    }

    /// Makes rows of documents.
    ///
    /// @param types of the table's columns
    public Maker maker(List<SqlType> types, EvalContext context) {
        Vector[] row = new Vector[types.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = Vector.of(types.get(i), 1);
            row[i].setNull(0);
        }
        return new Maker(new Level(this, context), row);
    }

    /// Makes rows of documents; belongs to one thread.
    public static final class Maker {
        private final Level top;
        private final Vector[] row;

        private Maker(Level top, Vector[] row) {
            this.top = top;
            this.row = row;
        }

        /// Hands the rows of a document to a sink.
        public void make(JsonValue document, RowSink sink) {
            top.make(document, row, sink);
        }
    }

    /// A path and its readers.
    private static final class Level {
        private final JsonTableShape shape;
        private final List<JsonColumn.Reader> readers = new ArrayList<>();
        private final List<Level> nested = new ArrayList<>();

        Level(JsonTableShape shape, EvalContext context) {
            this.shape = shape;
            shape.values.forEach(slot -> readers.add(slot.column().reader(context)));
            shape.nested.forEach(below -> nested.add(new Level(below, context)));
        }

        /// The number of rows made.
        long make(JsonValue source, Vector[] row, RowSink sink) {
            long number = 0;
            long made = 0;
            for (JsonValue value : shape.path.find(source)) {
                number++;
                for (int slot : shape.ordinality) {
                    row[slot].reset();
                    ((LongVector) row[slot]).set(0, number);
                }
                for (int i = 0; i < readers.size(); i++) {
                    readers.get(i).read(value, row[shape.values.get(i).index()]);
                }
                long below = 0;
                for (Level level : nested) {
                    below += level.make(value, row, sink);
                }
                if (below == 0) {
                    sink.add(row);
                    below = 1;
                }
                made += below;
            }
            clear(row);
            return made;
        }

        /// Siblings see NULL.
        private void clear(Vector[] row) {
            for (int slot : shape.ordinality) {
                row[slot].reset();
                row[slot].setNull(0);
            }
            for (Slot slot : shape.values) {
                row[slot.index()].reset();
                row[slot.index()].setNull(0);
            }
        }
    }
}
