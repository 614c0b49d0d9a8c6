package io.qomo.base.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypesTest {
    private static final Collation AI = Collation.UTF8MB4_0900_AI_CI;

    @Test
    void typesAsShowCreateTableWritesThem() {
        assertThat(Types.display(SqlType.INT)).isEqualTo("int");
        assertThat(Types.display(SqlType.BIGINT_UNSIGNED)).isEqualTo("bigint unsigned");
        assertThat(Types.display(SqlType.BOOLEAN)).isEqualTo("tinyint(1)");
        assertThat(Types.display(new SqlType(TypeKind.INT, -1, 0, true, true, Collation.BINARY, List.of())))
                .isEqualTo("int(10) unsigned zerofill");
        assertThat(Types.display(new SqlType(TypeKind.INT, 5, 0, true, true, Collation.BINARY, List.of())))
                .isEqualTo("int(5) unsigned zerofill");
        assertThat(Types.display(SqlType.decimal(10, 2))).isEqualTo("decimal(10,2)");
        assertThat(Types.display(SqlType.DOUBLE)).isEqualTo("double");
        assertThat(Types.display(new SqlType(TypeKind.FLOAT, 7, 3, false, false, Collation.BINARY, List.of())))
                .isEqualTo("float(7,3)");
        assertThat(Types.display(SqlType.temporal(TypeKind.DATETIME, 6))).isEqualTo("datetime(6)");
        assertThat(Types.display(SqlType.temporal(TypeKind.TIMESTAMP, 0))).isEqualTo("timestamp");
        assertThat(Types.display(SqlType.varchar(255, AI))).isEqualTo("varchar(255)");
        assertThat(Types.display(SqlType.varbinary(16))).isEqualTo("varbinary(16)");
        assertThat(Types.display(SqlType.string(TypeKind.LONGTEXT, -1, AI))).isEqualTo("longtext");
        assertThat(Types.display(members(TypeKind.ENUM, "a", "it's"))).isEqualTo("enum('a','it''s')");
        assertThat(Types.display(members(TypeKind.SET, "x"))).isEqualTo("set('x')");
        assertThat(Types.display(SqlType.JSON)).isEqualTo("json");
        assertThat(Types.display(SqlType.YEAR)).isEqualTo("year");
    }

    private static SqlType members(TypeKind kind, String... members) {
        return new SqlType(kind, -1, 0, false, false, AI, List.of(members));
    }

    @Test
    void lengthsInColumnDefinitions() {
        assertThat(length(SqlType.integer(TypeKind.TINYINT, false))).isEqualTo(4);
        assertThat(length(SqlType.integer(TypeKind.TINYINT, true))).isEqualTo(3);
        assertThat(length(SqlType.BOOLEAN)).isEqualTo(1);
        assertThat(length(SqlType.integer(TypeKind.SMALLINT, false))).isEqualTo(6);
        assertThat(length(SqlType.integer(TypeKind.MEDIUMINT, false))).isEqualTo(9);
        assertThat(length(SqlType.integer(TypeKind.MEDIUMINT, true))).isEqualTo(8);
        assertThat(length(SqlType.INT)).isEqualTo(11);
        assertThat(length(SqlType.BIGINT)).isEqualTo(20);
        assertThat(length(SqlType.decimal(10, 2))).isEqualTo(12);
        assertThat(length(SqlType.decimal(10, 0))).isEqualTo(11);
        assertThat(length(SqlType.DOUBLE)).isEqualTo(22);
        assertThat(length(SqlType.DATE)).isEqualTo(10);
        assertThat(length(SqlType.temporal(TypeKind.DATETIME, 6))).isEqualTo(26);
        assertThat(length(SqlType.temporal(TypeKind.TIME, 0))).isEqualTo(10);
        assertThat(length(SqlType.varchar(255, AI))).isEqualTo(1020);
        assertThat(length(SqlType.varbinary(16))).isEqualTo(16);
        assertThat(length(SqlType.string(TypeKind.TEXT, -1, AI))).isEqualTo(262140);
        assertThat(length(SqlType.string(TypeKind.LONGTEXT, -1, AI))).isEqualTo(4294967295L);
        assertThat(length(SqlType.string(TypeKind.BLOB, -1, Collation.BINARY))).isEqualTo(65535);
        assertThat(length(members(TypeKind.ENUM, "a", "abc"))).isEqualTo(12);
        assertThat(length(members(TypeKind.SET, "a", "abc"))).isEqualTo(20);
        assertThat(Types.columnLength(SqlType.varchar(255, AI), Charset.LATIN1)).isEqualTo(255);
        assertThat(Types.columnDecimals(SqlType.DOUBLE)).isEqualTo(31);
        assertThat(Types.columnDecimals(SqlType.decimal(9, 3))).isEqualTo(3);
        assertThat(Types.columnDecimals(SqlType.INT)).isZero();
    }

    private static long length(SqlType type) {
        return Types.columnLength(type, Charset.UTF8MB4);
    }

    @Test
    void rangesOfIntegers() {
        assertThat(Types.minValue(TypeKind.TINYINT, false)).isEqualTo(-128);
        assertThat(Types.maxValue(TypeKind.TINYINT, false)).isEqualTo(127);
        assertThat(Types.maxValue(TypeKind.MEDIUMINT, true)).isEqualTo(16777215);
        assertThat(Types.minValue(TypeKind.MEDIUMINT, false)).isEqualTo(-8388608);
        assertThat(Types.maxValue(TypeKind.INT, true)).isEqualTo(4294967295L);
        assertThat(Types.minValue(TypeKind.BIGINT, false)).isEqualTo(Long.MIN_VALUE);
        assertThat(Types.maxValue(TypeKind.BIGINT, false)).isEqualTo(Long.MAX_VALUE);
        assertThat(Types.maxValue(TypeKind.BIGINT, true)).isEqualTo(-1);
        assertThat(Types.minValue(TypeKind.BIGINT, true)).isZero();
    }

    @Test
    void whatInformationSchemaTells() {
        SqlType name = SqlType.varchar(20, AI);
        assertThat(Types.characterLength(name)).hasValue(20);
        assertThat(Types.octetLength(name)).hasValue(80);
        assertThat(Types.octetLength(SqlType.string(TypeKind.TEXT, -1, AI))).hasValue(65535);
        assertThat(Types.numericPrecision(SqlType.INT)).hasValue(10);
        assertThat(Types.numericPrecision(SqlType.BIGINT)).hasValue(19);
        assertThat(Types.numericPrecision(SqlType.BIGINT_UNSIGNED)).hasValue(20);
        assertThat(Types.numericScale(SqlType.INT)).hasValue(0);
        assertThat(Types.numericScale(SqlType.DOUBLE)).isEmpty();
        assertThat(Types.numericPrecision(name)).isEmpty();
        assertThat(Types.datetimePrecision(SqlType.temporal(TypeKind.DATETIME, 3)))
                .hasValue(3);
        assertThat(Types.datetimePrecision(SqlType.DATE)).isEmpty();
    }

    @Test
    void keyLengths() {
        assertThat(Types.keyLength(SqlType.INT, -1)).isEqualTo(4);
        assertThat(Types.keyLength(SqlType.varchar(255, AI), -1)).isEqualTo(1022);
        assertThat(Types.keyLength(SqlType.string(TypeKind.TEXT, -1, AI), 10)).isEqualTo(42);
        assertThat(Types.keyLength(SqlType.decimal(10, 2), -1)).isEqualTo(5);
        assertThat(Types.keyLength(SqlType.temporal(TypeKind.DATETIME, 6), -1)).isEqualTo(8);
        assertThat(Types.keyLength(members(TypeKind.SET, "a", "b"), -1)).isEqualTo(1);
    }
}
