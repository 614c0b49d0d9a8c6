package io.qomo.serve.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.ColumnFlags;
import io.qomo.serve.session.api.ResultColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What clients are told of columns. The expectations for base columns are what MySQL 8.0's
/// `mysql --column-type-info` shows, from its manual and its source's field classes.
class ColumnDefinitionsTest {
    private static final Collation TEXT = Collation.UTF8MB4_0900_AI_CI;

    private record Shown(int charset, long length, int type, int flags, int decimals) {}

    private static Shown show(SqlType type, boolean isColumn, @Nullable Charset charset) {
        WireBuffer out = new WireBuffer(100);
        ResultColumn column = new ResultColumn("d", "a", "t", "n", isColumn ? "n" : "", type, 0, null);
        new ColumnDefinitions(charset, Collation.UTF8MB4_GENERAL_CI).write(column, false, out);
        Payload in = new Payload().set(out.array(), 0, out.size());
        for (String name : List.of("def", "d", "a", "t", "n", isColumn ? "n" : "")) {
            assertThat(new String(in.readLenencBytes(), StandardCharsets.UTF_8)).isEqualTo(name);
        }
        assertThat(in.readByte()).isEqualTo(12);
        Shown shown = new Shown(
                in.readShort(), Integer.toUnsignedLong(in.readInt()), in.readByte(), in.readShort(), in.readByte());
        assertThat(in.readShort()).isZero();
        assertThat(in.remaining()).isZero();
        return shown;
    }

    private static Arguments of(SqlType type, int charset, long length, int wire, int flags, int decimals) {
        return Arguments.of(type, new Shown(charset, length, wire, flags, decimals));
    }

    private static SqlType type(TypeKind kind, int length, int scale, boolean unsigned, boolean zerofill) {
        return new SqlType(kind, length, scale, unsigned, zerofill, Collation.BINARY, List.of());
    }

    static Stream<Arguments> columns() {
        int unsigned = ColumnFlags.UNSIGNED;
        int binary = ColumnFlags.BINARY;
        int blob = ColumnFlags.BLOB;
        return Stream.of(
                of(SqlType.integer(TypeKind.TINYINT, false), 63, 4, 1, 0, 0),
                of(SqlType.integer(TypeKind.TINYINT, true), 63, 3, 1, unsigned, 0),
                of(SqlType.BOOLEAN, 63, 1, 1, 0, 0),
                of(SqlType.integer(TypeKind.SMALLINT, false), 63, 6, 2, 0, 0),
                of(SqlType.integer(TypeKind.MEDIUMINT, true), 63, 8, 9, unsigned, 0),
                of(SqlType.INT, 63, 11, 3, 0, 0),
                of(SqlType.integer(TypeKind.INT, true), 63, 10, 3, unsigned, 0),
                of(SqlType.BIGINT, 63, 20, 8, 0, 0),
                of(SqlType.BIGINT_UNSIGNED, 63, 20, 8, unsigned, 0),
                of(type(TypeKind.INT, 6, 0, true, true), 63, 6, 3, unsigned | ColumnFlags.ZEROFILL, 0),
                of(SqlType.YEAR, 63, 4, 13, unsigned | ColumnFlags.ZEROFILL, 0),
                of(type(TypeKind.BIT, 9, 0, false, false), 63, 9, 16, unsigned, 0),
                of(type(TypeKind.FLOAT, -1, -1, false, false), 63, 12, 4, 0, 31),
                of(SqlType.DOUBLE, 63, 22, 5, 0, 31),
                of(type(TypeKind.DOUBLE, 10, 2, false, false), 63, 10, 5, 0, 2),
                of(SqlType.decimal(10, 2), 63, 12, 246, 0, 2),
                of(SqlType.decimal(10, 0), 63, 11, 246, 0, 0),
                of(type(TypeKind.DECIMAL, 10, 2, true, false), 63, 11, 246, unsigned, 2),
                of(SqlType.DATE, 63, 10, 10, binary, 0),
                of(SqlType.temporal(TypeKind.TIME, 0), 63, 10, 11, binary, 0),
                of(SqlType.temporal(TypeKind.TIME, 6), 63, 17, 11, binary, 6),
                of(SqlType.temporal(TypeKind.DATETIME, 0), 63, 19, 12, binary, 0),
                of(SqlType.temporal(TypeKind.DATETIME, 3), 63, 23, 12, binary, 3),
                of(SqlType.temporal(TypeKind.TIMESTAMP, 6), 63, 26, 7, binary, 6),
                of(SqlType.string(TypeKind.CHAR, 10, TEXT), 45, 40, 254, 0, 0),
                of(SqlType.varchar(20, TEXT), 45, 80, 253, 0, 0),
                of(SqlType.varchar(20, Collation.UTF8MB4_BIN), 45, 80, 253, binary, 0),
                of(SqlType.varchar(20, Collation.LATIN1_SWEDISH_CI), 45, 80, 253, 0, 0),
                of(SqlType.string(TypeKind.TINYTEXT, -1, TEXT), 45, 1020, 252, blob, 0),
                of(SqlType.string(TypeKind.TEXT, -1, TEXT), 45, 262_140, 252, blob, 0),
                of(SqlType.string(TypeKind.MEDIUMTEXT, -1, TEXT), 45, 67_108_860, 252, blob, 0),
                of(SqlType.string(TypeKind.LONGTEXT, -1, TEXT), 45, 4_294_967_295L, 252, blob, 0),
                of(SqlType.string(TypeKind.BINARY, 16, Collation.BINARY), 63, 16, 254, binary, 0),
                of(SqlType.varbinary(5), 63, 5, 253, binary, 0),
                of(SqlType.string(TypeKind.BLOB, -1, Collation.BINARY), 63, 65_535, 252, blob | binary, 0),
                of(SqlType.string(TypeKind.LONGBLOB, -1, Collation.BINARY), 63, 4_294_967_295L, 252, blob | binary, 0),
                of(SqlType.JSON, 63, 4_294_967_295L, 245, blob | binary, 0),
                of(
                        new SqlType(TypeKind.ENUM, -1, 0, false, false, TEXT, List.of("a", "grün")),
                        45,
                        16,
                        254,
                        ColumnFlags.ENUM,
                        0),
                of(
                        new SqlType(TypeKind.SET, -1, 0, false, false, TEXT, List.of("a", "bc", "d")),
                        45,
                        24,
                        254,
                        ColumnFlags.SET,
                        0));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void describesColumns(SqlType type, Shown expected) {
        assertThat(show(type, true, Charset.UTF8MB4)).isEqualTo(expected);
    }

    @Test
    void describesExpressions() {
        assertThat(show(SqlType.BIGINT, false, Charset.UTF8MB4)).isEqualTo(new Shown(63, 20, 8, ColumnFlags.BINARY, 0));
        assertThat(show(SqlType.varchar(3, TEXT), false, Charset.UTF8MB4)).isEqualTo(new Shown(45, 12, 253, 0, 31));
        assertThat(show(SqlType.NULL, false, Charset.UTF8MB4)).isEqualTo(new Shown(63, 0, 6, ColumnFlags.BINARY, 0));
    }

    @Test
    void countsInTheCharacterSetOfTheResult() {
        assertThat(show(SqlType.varchar(20, TEXT), true, Charset.LATIN1)).isEqualTo(new Shown(8, 20, 253, 0, 0));
        assertThat(show(SqlType.varchar(20, TEXT), true, Charset.UTF8MB3)).isEqualTo(new Shown(33, 60, 253, 0, 0));
        assertThat(show(SqlType.varchar(20, TEXT), true, Charset.GBK)).isEqualTo(new Shown(28, 40, 253, 0, 0));
        // no conversion: the column's own
        assertThat(show(SqlType.varchar(20, TEXT), true, null)).isEqualTo(new Shown(255, 80, 253, 0, 0));
        assertThat(show(SqlType.varchar(20, Collation.LATIN1_BIN), true, Charset.BINARY))
                .isEqualTo(new Shown(47, 20, 253, ColumnFlags.BINARY, 0));
    }

    @Test
    void writesNamesOfAllLengths() {
        for (String name : List.of("", "x", "größe", "n".repeat(250), "n".repeat(251), "ü".repeat(256))) {
            WireBuffer out = new WireBuffer(16);
            ResultColumn column = new ResultColumn("", "", "", name, "", SqlType.INT, 0, "dé");
            new ColumnDefinitions(Charset.UTF8MB4, TEXT).write(column, true, out);
            Payload in = new Payload().set(out.array(), 0, out.size());
            for (int i = 0; i < 4; i++) {
                in.readLenencBytes();
            }
            assertThat(new String(in.readLenencBytes(), StandardCharsets.UTF_8)).isEqualTo(name);
            in.skip(14);
            assertThat(new String(in.readLenencBytes(), StandardCharsets.UTF_8)).isEqualTo("dé");
        }
    }
}
