package io.qomo.serve.schema;

import io.qomo.base.error.Check;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.ViewDef;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Catalog records as bytes: every field of the Java records in their order, constants by name, collations by MySQL's
/// number.
final class TableCodec {
    private static final int VERSION = 1;
    /// Tables with an index that was made for a foreign key: each index tells whether it is one.
    private static final int TABLE_VERSION = 2;

    private TableCodec() {}

    static byte[] encode(DatabaseDef database) {
        return new RecordWriter(VERSION)
                .number(database.id())
                .text(database.name())
                .number(database.collation().id())
                .toBytes();
    }

    static DatabaseDef decodeDatabase(byte[] record) {
        RecordReader in = new RecordReader(record, VERSION);
        return new DatabaseDef(in.number(), in.text(), collation(in));
    }

    static byte[] encode(TableDef table) {
        boolean hasGenerated = table.indexes().stream().anyMatch(IndexDef::generated);
        RecordWriter out = new RecordWriter(hasGenerated ? TABLE_VERSION : VERSION)
                .number(table.id())
                .number(table.version())
                .text(table.database())
                .text(table.name())
                .list(table.columns(), TableCodec::writeColumn)
                .list(table.indexes(), (o, i) -> writeIndex(o, i, hasGenerated))
                .list(table.foreignKeys(), TableCodec::writeForeignKey)
                .list(table.checks(), (o, c) -> o.text(c.name()).text(c.sql()).flag(c.enforced()))
                .number(table.collation().id())
                .text(table.comment())
                .flag(table.temporary());
        ViewDef view = table.view();
        out.flag(view != null);
        if (view != null) {
            writeView(out, view);
        }
        return out.constant(table.kind())
                .text(table.options())
                .number(table.createdMicros())
                .toBytes();
    }

    static TableDef decodeTable(byte[] record) {
        RecordReader in = new RecordReader(record, TABLE_VERSION);
        return new TableDef(
                in.number(),
                in.number(),
                in.text(),
                in.text(),
                in.list(TableCodec::readColumn),
                in.list(TableCodec::readIndex),
                in.list(TableCodec::readForeignKey),
                in.list(i -> new CheckDef(i.text(), i.text(), i.flag())),
                collation(in),
                in.text(),
                in.flag(),
                readView(in),
                in.constant(TableDef.Kind.class),
                in.text(),
                in.number());
    }

    private static Collation collation(RecordReader in) {
        int id = in.integer();
        Optional<Collation> collation = Collation.byId(id);
        Check.that(collation.isPresent(), "a record's collation is known", "id", id);
        return collation.orElseThrow();
    }

    static void writeType(RecordWriter out, SqlType type) {
        out.constant(type.kind())
                .number(type.length())
                .number(type.scale())
                .flag(type.unsigned())
                .flag(type.zerofill())
                .number(type.collation().id())
                .list(type.members(), RecordWriter::text);
    }

    static SqlType readType(RecordReader in) {
        return new SqlType(
                in.constant(TypeKind.class),
                in.integer(),
                in.integer(),
                in.flag(),
                in.flag(),
                collation(in),
                in.list(RecordReader::text));
    }

    private static void writeColumn(RecordWriter out, ColumnDef column) {
        out.number(column.id()).text(column.name());
        writeType(out, column.type());
        out.flag(column.nullable())
                .optionalText(column.defaultSql())
                .flag(column.defaultIsExpression())
                .flag(column.onUpdateNow())
                .flag(column.autoIncrement())
                .optionalText(column.generatedSql())
                .flag(column.stored())
                .constant(column.visibility())
                .text(column.comment())
                .optionalBytes(column.originDefault());
    }

    private static ColumnDef readColumn(RecordReader in) {
        return new ColumnDef(
                in.integer(),
                in.text(),
                readType(in),
                in.flag(),
                in.optionalText(),
                in.flag(),
                in.flag(),
                in.flag(),
                in.optionalText(),
                in.flag(),
                in.constant(ColumnDef.Visibility.class),
                in.text(),
                in.optionalBytes());
    }

    private static void writeIndex(RecordWriter out, IndexDef index, boolean tellsGenerated) {
        out.number(index.id())
                .text(index.name())
                .flag(index.unique())
                .list(
                        index.parts(),
                        (o, p) ->
                                o.number(p.columnId()).number(p.prefixLength()).flag(p.descending()))
                .flag(index.visible())
                .constant(index.state())
                .text(index.comment())
                .constant(index.kind());
        if (tellsGenerated) {
            out.flag(index.generated());
        }
    }

    private static IndexDef readIndex(RecordReader in) {
        return new IndexDef(
                in.integer(),
                in.text(),
                in.flag(),
                in.list(i -> new IndexDef.Part(i.integer(), i.integer(), i.flag())),
                in.flag(),
                in.constant(IndexDef.State.class),
                in.text(),
                in.constant(IndexDef.Kind.class),
                in.version() >= TABLE_VERSION && in.flag());
    }

    private static void writeForeignKey(RecordWriter out, ForeignKeyDef key) {
        out.text(key.name())
                .list(key.columnIds(), (o, id) -> o.number(id))
                .text(key.parentDatabase())
                .text(key.parentTable())
                .list(key.parentColumns(), RecordWriter::text)
                .constant(key.onDelete())
                .constant(key.onUpdate());
    }

    private static ForeignKeyDef readForeignKey(RecordReader in) {
        return new ForeignKeyDef(
                in.text(),
                in.list(RecordReader::integer),
                in.text(),
                in.text(),
                in.list(RecordReader::text),
                in.constant(ForeignKeyDef.Action.class),
                in.constant(ForeignKeyDef.Action.class));
    }

    private static void writeView(RecordWriter out, ViewDef view) {
        out.text(view.sql())
                .list(view.columnNames(), RecordWriter::text)
                .text(view.algorithm())
                .text(view.definer())
                .flag(view.securityDefiner())
                .text(view.checkOption())
                .flag(view.updatable());
    }

    private static @Nullable ViewDef readView(RecordReader in) {
        if (!in.flag()) {
            return null;
        }
        return new ViewDef(
                in.text(), in.list(RecordReader::text), in.text(), in.text(), in.flag(), in.text(), in.flag());
    }
}
