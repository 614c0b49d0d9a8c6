package io.qomo.query.function;

import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final ExpressionTable table = new ExpressionTable();

    @Test
    void comparesNumbersAndStrings() {
        table.check("""
                1 = 0 => 0
                '0' = 0 => 1
                '0.0' = 0 => 1
                '0.01' = 0 => 0
                '.01' = 0.01 => 1
                'a' = 'A' => 1
                'a' = 'a ' => 0
                'a' = 'b' => 0
                'a' = 'ä' => 1
                'a' COLLATE utf8mb4_bin = 'A' => 0
                'a' COLLATE utf8mb4_general_ci = 'a ' => 1
                BINARY 'a' = 'A' => 0
                NULL = NULL => NULL
                NULL <=> NULL => 1
                1 <=> NULL => 0
                1 <=> 1 => 1
                '.01' <> '0.01' => 1
                .01 <> '0.01' => 0
                2 >= 2 => 1
                2 > 2 => 0
                'zapp' <> 'zappp' => 1
                18446744073709551615 > -1 => 1
                18446744073709551615 = -1 => 0
                -1 < 18446744073709551615 => 1
                9223372036854775808 > 9223372036854775807 => 1
                '18446744073709551615' = 18446744073709551615 => 1
                1.0 = 1 => 1
                1.10 = 1.1 => 1
                1e0 = 1.0 => 1
                'abc' = 0 => 1 !1292
                '1abc' = 1 => 1 !1292
                0x41 = 'A' => 1
                0x41 = 65 => 1
                (1, 2) = (1, 2) => 1
                (1, 2) = (1, NULL) => NULL
                (1, 2) = (2, NULL) => 0
                (1, 2) < (1, 3) => 1
                (1, 2) <= (1, 2) => 1
                (2, 1) > (1, NULL) => 1
                (1, 2) <> (1, 2) => 0
                """);
    }

    @Test
    void comparesDates() {
        table.check("""
                DATE '2020-01-01' = '2020-01-01' => 1
                DATE '2020-01-01' = '2020-1-1' => 1
                DATE '2020-01-01' = 20200101 => 1
                DATE '2020-01-01' < TIMESTAMP '2020-01-01 00:00:01' => 1
                DATE '2020-01-01' = TIMESTAMP '2020-01-01 00:00:00' => 1
                DATE '2020-01-01' = 'x' => ERROR 1525
                '2020-01-01' > DATE '2019-12-31' => 1
                TIME '10:00:00' > '9:00:00' => 1
                TIME '10:00:00' = 100000 => 1
                TIMESTAMP '2020-01-01 10:00:00' > '2020-01-01' => 1
                DATE '2020-01-01' BETWEEN '2019-01-01' AND '2021-01-01' => 1
                DATE '2020-01-01' IN ('2020-01-01', '2020-01-02') => 1
                NOW() > '2000-01-01' => 1
                CAST('2020-01-01' AS DATE) = CONCAT('2020', '-01-01') => 1
                """);
    }

    @Test
    void tests() {
        table.check("""
                1 IS TRUE => 1
                0 IS FALSE => 1
                NULL IS UNKNOWN => 1
                NULL IS NOT UNKNOWN => 0
                NULL IS TRUE => 0
                NULL IS NOT TRUE => 1
                0 IS NOT FALSE => 0
                1 IS NULL => 0
                NULL IS NULL => 1
                ISNULL(1 + 1) => 0
                ISNULL(1 / 0) => 1 !1365
                1 BETWEEN 2 AND 3 => 0
                2 BETWEEN 1 AND 3 => 1
                2 BETWEEN 3 AND 1 => 0
                'b' BETWEEN 'a' AND 'c' => 1
                2 BETWEEN 2 AND '3' => 1
                2 NOT BETWEEN 1 AND 3 => 0
                NULL BETWEEN 1 AND 2 => NULL
                1 BETWEEN 2 AND NULL => 0
                1 BETWEEN 0 AND NULL => NULL
                2 IN (0, 3, 5, 7) => 0
                'wefwf' IN ('wee', 'wefwf', 'weg') => 1
                2 IN (1, NULL) => NULL
                1 IN (1, NULL) => 1
                2 NOT IN (1, NULL) => NULL
                2 NOT IN (1, 3) => 1
                NULL IN (1) => NULL
                1 IN ('1', 'x') => 1
                1 IN (0, 1, 2, 3, 4, 5, 6, 7) => 1
                'B' IN ('a', 'b', 'c', 'd', 'e', 'f') => 1
                'z' IN ('a', 'b', 'c', 'd', 'e', 'f') => 0
                18446744073709551615 IN (-1, 2, 3, 4, 5, 6) => 0
                1.5 IN (1, 1.50, 2) => 1
                """);
    }

    @Test
    void knowsThreeValues() {
        table.check("""
                NOT 10 => 0
                NOT 0 => 1
                NOT NULL => NULL
                ! (1 + 1) => 0
                1 AND 1 => 1
                1 AND 0 => 0
                1 AND NULL => NULL
                0 AND NULL => 0
                NULL AND 0 => 0
                1 OR NULL => 1
                NULL OR 0 => NULL
                NULL OR NULL => NULL
                0 OR 0 => 0
                1 XOR 1 => 0
                1 XOR 0 => 1
                1 XOR NULL => NULL
                'a' AND 1 => 0 !1292
                '1' AND 1 => 1
                0.1 AND 1 => 1
                0 AND (1 / 0) => 0
                1 OR (1 / 0) => 1
                """);
    }

    @Test
    void controlsFlow() {
        table.check("""
                IF(1 > 2, 2, 3) => 3
                IF(1 < 2, 'yes', 'no') => yes
                IF(NULL, 1, 2) => 2
                IF(1, 1, 1.5) => 1.0
                IF(1, 1, 'x') => 1
                IFNULL(1, 0) => 1
                IFNULL(NULL, 10) => 10
                IFNULL(1 / 0, 'yes') => yes !1365
                NULLIF(1, 1) => NULL
                NULLIF(1, 2) => 1
                NULLIF('a', 'A') => NULL
                COALESCE(NULL, 1) => 1
                COALESCE(NULL, NULL, NULL) => NULL
                COALESCE(NULL, 2.5, 1) => 2.5
                CASE 1 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'more' END => one
                CASE WHEN 1 > 0 THEN 'true' ELSE 'false' END => true
                CASE BINARY 'B' WHEN 'a' THEN 1 WHEN 'b' THEN 2 END => NULL
                CASE NULL WHEN NULL THEN 1 ELSE 2 END => 2
                CASE WHEN 0 THEN 1 / 0 ELSE 5 END => 5.0000
                GREATEST(2, 0) => 2
                GREATEST(34.0, 3.0, 5.0, 767.0) => 767.0
                GREATEST('B', 'A', 'C') => C
                GREATEST(1, NULL) => NULL
                GREATEST(1, 2.5) => 2.5
                LEAST(2, 0) => 0
                LEAST('B', 'A', 'C') => A
                LEAST(DATE '2020-01-02', DATE '2020-01-01') => 2020-01-01
                INTERVAL(23, 1, 15, 17, 30, 44, 200) => 3
                INTERVAL(10, 1, 10, 100, 1000) => 2
                INTERVAL(22, 23, 30, 44, 200) => 0
                INTERVAL(NULL, 1) => -1
                """);
    }
}
