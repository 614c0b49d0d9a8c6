package io.qomo.serve.mysql;

import io.qomo.base.json.JsonParser;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.ResultSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// One row with a column of every kind, and a second of NULLs.
final class FakeTypes {
    record Column(String name, Vector value) {}

    private static final byte[] JSON = json("{\"a\": [1, \"grün\"]}");

    private FakeTypes() {}

    private static byte[] json(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(new JsonParser().parse(utf8, 0, utf8.length));
    }

    static List<Column> row() {
        Collation text = Collation.UTF8MB4_0900_AI_CI;
        return List.of(
                number("tiny", SqlType.integer(TypeKind.TINYINT, false), -128),
                number("utiny", SqlType.integer(TypeKind.TINYINT, true), 255),
                number("small", SqlType.integer(TypeKind.SMALLINT, false), -32768),
                number("medium", SqlType.integer(TypeKind.MEDIUMINT, false), -8388608),
                number("i", SqlType.INT, Integer.MIN_VALUE),
                number("ui", SqlType.integer(TypeKind.INT, true), 4294967295L),
                number("big", SqlType.BIGINT, Long.MIN_VALUE),
                number("ubig", SqlType.BIGINT_UNSIGNED, -1),
                number("zero", new SqlType(TypeKind.INT, 6, 0, true, true, Collation.BINARY, List.of()), 42),
                number("y", SqlType.YEAR, 1999),
                number("b", new SqlType(TypeKind.BIT, 12, 0, false, false, Collation.BINARY, List.of()), 0xABC),
                new Column(
                        "f",
                        DoubleVector.constant(
                                new SqlType(TypeKind.FLOAT, -1, -1, false, false, Collation.BINARY, List.of()), 1.5f)),
                new Column("d", DoubleVector.constant(SqlType.DOUBLE, -1.25e-20)),
                new Column("dec", DecimalVector.constant(SqlType.decimal(10, 3), new BigDecimal("-123.450"))),
                new Column(
                        "wide",
                        DecimalVector.constant(
                                SqlType.decimal(65, 30),
                                new BigDecimal("12345678901234567890123456789012345.000000000000000000000000000001"))),
                number("date", SqlType.DATE, Temporal.date(2024, 2, 29)),
                number("time", SqlType.temporal(TypeKind.TIME, 3), Temporal.time(true, 123, 4, 5, 678000)),
                number(
                        "dt",
                        SqlType.temporal(TypeKind.DATETIME, 6),
                        Temporal.datetime(2024, 2, 29, 23, 59, 58, 123456)),
                number("ts", SqlType.temporal(TypeKind.TIMESTAMP, 0), 1_700_000_000_000_000L),
                new Column("c", BytesVector.constant(SqlType.string(TypeKind.CHAR, 10, text), "grün")),
                new Column("v", BytesVector.constant(SqlType.varchar(20, text), "日本😀")),
                new Column("t", BytesVector.constant(SqlType.string(TypeKind.TEXT, -1, text), "text")),
                new Column("bin", BytesVector.constant(SqlType.varbinary(4), new byte[] {0, (byte) 255, 'a', '\''})),
                new Column(
                        "blob",
                        BytesVector.constant(
                                SqlType.string(TypeKind.BLOB, -1, Collation.BINARY), new byte[] {1, 2, 3})),
                new Column("j", BytesVector.constant(SqlType.JSON, JSON)),
                number("e", new SqlType(TypeKind.ENUM, -1, 0, false, false, text, List.of("red", "grün")), 2),
                number("s", new SqlType(TypeKind.SET, -1, 0, false, false, text, List.of("a", "b", "c")), 5));
    }

    private static Column number(String name, SqlType type, long value) {
        return new Column(name, LongVector.constant(type, value));
    }

    static List<ResultColumn> columns() {
        return row().stream()
                .map(c -> new ResultColumn(
                        "db", "x", "t", c.name(), c.name(), c.value().type(), 0, null))
                .toList();
    }

    static void send(ResultSink sink, FakeStatements statements) {
        sink.columns(columns());
        List<Column> row = row();
        sink.rows(new Batch(row.stream().map(Column::value).toArray(Vector[]::new), 1));
        sink.rows(new Batch(
                row.stream().map(c -> Vector.constantNull(c.value().type())).toArray(Vector[]::new), 1));
        sink.endOfRows(statements.status(0, ""));
    }
}
