package io.qomo.query.function;

import org.junit.jupiter.api.Test;

class CastTest {
    private final ExpressionTable table = new ExpressionTable();

    @Test
    void castsToNumbers() {
        table.check("""
                CAST('123' AS SIGNED) => 123
                CAST('123abc' AS SIGNED) => 123 !1292
                CAST('abc' AS SIGNED) => 0 !1292
                CAST('1.9' AS SIGNED) => 1 !1292
                CAST(1.5 AS SIGNED) => 2
                CAST(-1.5 AS SIGNED) => -2
                CAST(2.5e0 AS SIGNED) => 2
                CAST('99999999999999999999' AS SIGNED) => -1 !1292
                CAST(-1 AS UNSIGNED) => 18446744073709551615
                CAST(18446744073709551615 AS SIGNED) => -1
                CAST('18446744073709551615' AS UNSIGNED) => 18446744073709551615
                CAST(DATE '2020-01-02' AS SIGNED) => 20200102
                CAST(NULL AS SIGNED) => NULL
                CAST(TIMESTAMP '2020-01-02 03:04:05.6' AS SIGNED) => 20200102030406
                CAST('1.239' AS DECIMAL(10, 2)) => 1.24
                CAST(1 AS DECIMAL(5, 2)) => 1.00
                CAST(1000 AS DECIMAL(4, 2)) => 99.99 !1264
                CAST('abc' AS DECIMAL(4, 2)) => 0.00 !1292
                CAST('1e3' AS DECIMAL(10, 1)) => 1000.0
                CAST(1.5 AS DECIMAL) => 2
                CAST('1.5' AS DOUBLE) => 1.5
                CAST(0x41 AS SIGNED) => 65
                CAST('2020' AS YEAR) => 2020
                CAST(70 AS YEAR) => 1970
                CAST(1900 AS YEAR) => NULL !1292
                """);
    }

    @Test
    void castsToStrings() {
        table.check("""
                CAST(123 AS CHAR) => 123
                CAST('abcdef' AS CHAR(3)) => abc !1292
                CAST(1.50 AS CHAR) => 1.50
                CAST(DATE '2020-01-02' AS CHAR) => 2020-01-02
                CAST(1e20 AS CHAR) => 1e20
                CAST(0.1e0 AS CHAR) => 0.1
                HEX(CAST('a' AS BINARY(3))) => 610000
                CAST('abc' AS BINARY) => abc
                CONVERT('abc' USING utf8mb4) => abc
                HEX(CONVERT('é' USING latin1)) => E9
                CONVERT(X'C3A9' USING utf8mb4) => é
                CONVERT(X'FF' USING utf8mb4) => NULL !1300
                CONVERT('中' USING latin1) => ?
                CHARSET('a') => utf8mb4
                CHARSET(CONVERT('a' USING latin1)) => latin1
                CHARSET(BINARY 'a') => binary
                CHARSET(1) => binary
                COLLATION('a') => utf8mb4_0900_ai_ci
                COLLATION('a' COLLATE utf8mb4_bin) => utf8mb4_bin
                COERCIBILITY('abc' COLLATE utf8mb4_bin) => 0
                COERCIBILITY(USER()) => 3
                COERCIBILITY('abc') => 4
                COERCIBILITY(1000) => 5
                COERCIBILITY(NULL) => 6
                'a' COLLATE latin1_bin => ERROR 1253
                'a' COLLATE utf8mb4_bin = 'a' COLLATE utf8mb4_general_ci => ERROR 1267
                """);
    }

    @Test
    void castsToTimes() {
        table.check("""
                CAST('2020-01-02 03:04:05' AS DATE) => 2020-01-02
                CAST('2020-01-02 03:04:05.6789' AS DATETIME) => 2020-01-02 03:04:06
                CAST('2020-01-02 03:04:05.6789' AS DATETIME(2)) => 2020-01-02 03:04:05.68
                CAST('2020-02-30' AS DATE) => NULL !1292
                CAST('abc' AS DATE) => NULL !1292
                CAST('0000-00-00' AS DATE) => NULL !1292
                CAST(20200102 AS DATE) => 2020-01-02
                CAST(20200102030405 AS DATETIME) => 2020-01-02 03:04:05
                CAST('10:11:12.5' AS TIME) => 10:11:13
                CAST('10:11:12.5' AS TIME(1)) => 10:11:12.5
                CAST('100:00:00' AS TIME) => 100:00:00
                CAST('900:00:00' AS TIME) => 838:59:59 !1292
                CAST('-10:00' AS TIME) => -10:00:00
                CAST(101112 AS TIME) => 10:11:12
                CAST(TIMESTAMP '2020-01-02 03:04:05' AS TIME) => 03:04:05
                CAST(TIMESTAMP '2020-01-02 03:04:05' AS DATE) => 2020-01-02
                CAST(DATE '2020-01-02' AS DATETIME) => 2020-01-02 00:00:00
                CAST(TIME '10:11:12' AS DATETIME) => 2024-02-29 10:11:12
                CAST(NULL AS DATE) => NULL
                DATE '2020-13-01' => ERROR 1525
                """);
    }
}
