package io.qomo.query.function;

import org.junit.jupiter.api.Test;

class StringFunctionsTest {
    private final ExpressionTable table = new ExpressionTable();

    @Test
    void cutsAndJoins() {
        table.check("""
                CONCAT('a', 'b', 'c') => abc
                CONCAT('a', 1, 2.50, NULL) => NULL
                CONCAT(1, 2.50, 3e0) => 12.503
                CONCAT('') =>
                CONCAT('ä', '中') => ä中
                CONCAT_WS(',', 'a', NULL, 'b', '') => a,b,
                CONCAT_WS(NULL, 'a') => NULL
                CONCAT_WS('-', NULL, NULL) =>
                LEFT('foobar', 3) => foo
                LEFT('foobar', 0) =>
                LEFT('foobar', -1) =>
                LEFT('中文字', 2) => 中文
                LEFT(NULL, 2) => NULL
                RIGHT('foobar', 4) => obar
                RIGHT('中文字', 2) => 文字
                RIGHT('foobar', 100) => foobar
                SUBSTRING('Quadratically', 5) => ratically
                SUBSTRING('foobarbar' FROM 4) => barbar
                SUBSTRING('Quadratically', 5, 6) => ratica
                SUBSTRING('Sakila', -3) => ila
                SUBSTRING('Sakila', -5, 3) => aki
                SUBSTRING('Sakila' FROM -4 FOR 2) => ki
                SUBSTRING('Sakila', 0, 2) =>
                SUBSTRING('Sakila', -10, 2) =>
                SUBSTRING('Sakila', 3, -1) =>
                SUBSTRING('中文字', 2, 1) => 文
                MID('Sakila', 2, 3) => aki
                SUBSTR('abc', 2, NULL) => NULL
                SUBSTRING_INDEX('www.mysql.com', '.', 2) => www.mysql
                SUBSTRING_INDEX('www.mysql.com', '.', -2) => mysql.com
                SUBSTRING_INDEX('www.mysql.com', '.', 10) => www.mysql.com
                SUBSTRING_INDEX('www.mysql.com', '.', 0) =>
                SUBSTRING_INDEX('www.mysql.com', 'M', 1) => www.mysql.com
                INSERT('Quadratic', 3, 4, 'What') => QuWhattic
                INSERT('Quadratic', -1, 4, 'What') => Quadratic
                INSERT('Quadratic', 3, 100, 'What') => QuWhat
                INSERT('中文字', 2, 1, 'x') => 中x字
                REPEAT('MySQL', 3) => MySQLMySQLMySQL
                REPEAT('a', 0) =>
                REPEAT('a', -1) =>
                REPEAT(NULL, 2) => NULL
                CONCAT('[', SPACE(3), ']') => [   ]
                REVERSE('abc中') => 中cba
                REVERSE('') =>
                """);
    }

    @Test
    void padsAndTrims() {
        table.check("""
                LPAD('hi', 4, '??') => ??hi
                LPAD('hi', 1, '??') => h
                LPAD('hi', 7, 'abc') => abcabhi
                CONCAT('[', LPAD('hi', 5), ']') => [   hi]
                LPAD('hi', -1, '?') => NULL
                LPAD('hi', 5, '') =>
                LPAD('中', 3, '文x') => 文x中
                RPAD('hi', 5, '?') => hi???
                RPAD('hi', 1, '?') => h
                CONCAT('[', TRIM('  bar   '), ']') => [bar]
                CONCAT('[', LTRIM('  bar '), ']') => [bar ]
                CONCAT('[', RTRIM(' bar  '), ']') => [ bar]
                TRIM(LEADING 'x' FROM 'xxxbarxxx') => barxxx
                TRIM(BOTH 'x' FROM 'xxxbarxxx') => bar
                TRIM(TRAILING 'xyz' FROM 'barxxyz') => barx
                TRIM('' FROM 'bar') => bar
                TRIM(NULL FROM 'bar') => NULL
                """);
    }

    @Test
    void searches() {
        table.check("""
                LOCATE('bar', 'foobarbar') => 4
                LOCATE('xbar', 'foobar') => 0
                LOCATE('bar', 'foobarbar', 5) => 7
                LOCATE('BAR', 'foobar') => 4
                LOCATE(BINARY 'BAR', 'foobar') => 0
                LOCATE('', 'abc') => 1
                LOCATE('', 'abc', 4) => 4
                LOCATE('', 'abc', 5) => 0
                LOCATE('a', 'abc', 0) => 0
                LOCATE('文', '中文') => 2
                INSTR('foobarbar', 'bar') => 4
                INSTR(NULL, 'a') => NULL
                POSITION('bar' IN 'foobarbar') => 4
                REPLACE('www.mysql.com', 'w', 'Ww') => WwWwWw.mysql.com
                REPLACE('abcABC', 'b', 'x') => axcABC
                REPLACE('abc', '', 'x') => abc
                REPLACE('abc', 'b', NULL) => NULL
                FIND_IN_SET('b', 'a,b,c,d') => 2
                FIND_IN_SET('B', 'a,b,c,d') => 2
                FIND_IN_SET('x', 'a,b') => 0
                FIND_IN_SET('', 'a,,b') => 2
                FIND_IN_SET('', 'a,b,') => 3
                FIND_IN_SET('a', '') => 0
                FIND_IN_SET(NULL, 'a') => NULL
                FIELD('Bb', 'Aa', 'Bb', 'Cc') => 2
                FIELD('x', 'Aa') => 0
                FIELD(NULL, 'Aa', NULL) => 0
                FIELD(2, 1, 2.0, 3) => 2
                FIELD('2', 1, 2) => 2
                ELT(2, 'Aa', 'Bb', 'Cc') => Bb
                ELT(4, 'Aa') => NULL
                ELT(0, 'Aa') => NULL
                ELT(1, NULL, 'x') => NULL
                MAKE_SET(1, 'a', 'b', 'c') => a
                MAKE_SET(1 | 4, 'hello', 'nice', 'world') => hello,world
                MAKE_SET(1 | 4, 'hello', 'nice', NULL, 'world') => hello
                MAKE_SET(0, 'a', 'b') =>
                EXPORT_SET(5, 'Y', 'N', ',', 4) => Y,N,Y,N
                EXPORT_SET(6, '1', '0', ',', 10) => 0,1,1,0,0,0,0,0,0,0
                EXPORT_SET(3, 'a', 'b', '', 3) => aab
                STRCMP('text', 'text2') => -1
                STRCMP('text2', 'text') => 1
                STRCMP('text', 'TEXT') => 0
                STRCMP('a', NULL) => NULL
                """);
    }

    @Test
    void tellsLengthsAndCodes() {
        table.check("""
                LENGTH('text') => 4
                LENGTH('中') => 3
                LENGTH(CONVERT('é' USING latin1)) => 1
                LENGTH(123.40) => 6
                LENGTH('') => 0
                OCTET_LENGTH('中') => 3
                CHAR_LENGTH('中文') => 2
                CHARACTER_LENGTH(BINARY '中文') => 6
                BIT_LENGTH('text') => 32
                ASCII('2') => 50
                ASCII('dx') => 100
                ASCII('') => 0
                ASCII(2) => 50
                ORD('2') => 50
                ORD('中') => 14989485
                CHAR(77, 121, 83, 81, '76') => MySQL
                CHAR(77, 77.3, '77.3') => MMM !1292
                CHAR(NULL, 65) => A
                CHAR(256) => 0x0100
                CHAR(0x65 USING utf8mb4) => e
                CHAR(195, 169 USING utf8mb4) => é
                CHAR(255 USING utf8mb4) => NULL !1300
                HEX(255) => FF
                HEX('abc') => 616263
                HEX(-1) => FFFFFFFFFFFFFFFF
                HEX(1.5) => 2
                HEX('中') => E4B8AD
                HEX(CONVERT('é' USING latin1)) => E9
                HEX(NULL) => NULL
                HEX(0x4D79) => 4D79
                UNHEX('4D7953514C') => MySQL
                UNHEX('F') => 0x0F
                UNHEX('GG') => NULL !1411
                HEX(UNHEX('abc')) => 0ABC
                BIN(12) => 1100
                BIN(-1) => 1111111111111111111111111111111111111111111111111111111111111111
                OCT(12) => 14
                CONV('a', 16, 2) => 1010
                CONV('6E', 18, 8) => 172
                CONV(-17, 10, -18) => -H
                CONV(10 + '10' + 10 + 0xa, 10, 10) => 40
                CONV('ffffffffffffffffff', 16, 10) => 18446744073709551615
                CONV('x', 10, 2) => 0
                CONV('1', 1, 2) => NULL
                TO_BASE64('abc') => YWJj
                TO_BASE64('ab') => YWI=
                FROM_BASE64('YWJj') => abc
                FROM_BASE64('YW Jj') => abc
                FROM_BASE64('YWJ') => NULL
                FROM_BASE64('!!!!') => NULL
                CHAR_LENGTH(TO_BASE64(REPEAT('a', 60))) => 81
                QUOTE('Don\\'t!') => 'Don\\'t!'
                QUOTE(NULL) => NULL
                SOUNDEX('Hello') => H400
                SOUNDEX('Quadratically') => Q36324
                SOUNDEX('') =>
                'hello' SOUNDS LIKE 'hallo' => 1
                UPPER('abcä') => ABCÄ
                LOWER('ABCÄ') => abcä
                UCASE('ß') => ß
                LCASE(NULL) => NULL
                UPPER(BINARY 'a') => a
                CONCAT(UPPER(CAST('é' AS CHAR CHARACTER SET latin1)), '') => É
                """);
    }

    @Test
    void formatsNumbers() {
        table.check("""
                FORMAT(12332.123456, 4) => 12,332.1235
                FORMAT(12332.1, 4) => 12,332.1000
                FORMAT(12332.2, 0) => 12,332
                FORMAT(12332.2, 2, 'de_DE') => 12.332,20
                FORMAT(-1234567.891, 2) => -1,234,567.89
                FORMAT('1234.5', 1) => 1,234.5
                FORMAT(999.999, 2) => 1,000.00
                FORMAT(NULL, 2) => NULL
                FORMAT(0.5, -3) => 1
                FORMAT(1e15, 2) => 1,000,000,000,000,000.00
                """);
    }

    @Test
    void matchesPatterns() {
        table.check("""
                'David!' LIKE 'David_' => 1
                'David!' LIKE '%D%v%' => 1
                'David_' LIKE 'David\\_' => 1
                'David!' LIKE 'David\\_' => 0
                'David_' LIKE 'David|_' ESCAPE '|' => 1
                'abc' LIKE 'ABC' => 1
                'abc' LIKE BINARY 'ABC' => 0
                'abc' LIKE 'a' => 0
                '' LIKE '%' => 1
                '' LIKE '' => 1
                'a' LIKE 'a ' => 0
                'ä' LIKE 'a' => 1
                'ä' LIKE 'ä' => 1
                '中文' LIKE '_文' => 1
                '中文' LIKE '__' => 1
                10 LIKE '1%' => 1
                NULL LIKE 'a' => NULL
                'a' LIKE NULL => NULL
                'a' NOT LIKE 'b' => 1
                'abcabc' LIKE '%bc' => 1
                'xGreeny' LIKE '%gREEN%' => 1
                'aaa' LIKE '%a_a%' => 1
                'ab' LIKE 'ab%%' => 1
                'a%' LIKE 'a\\%' => 1
                'a' LIKE 'a\\\\' => 0
                'a\\\\' LIKE 'a\\\\\\\\' => 1
                """);
    }

    @Test
    void matchesRegularExpressions() {
        table.check("""
                'Michael!' REGEXP '.*' => 1
                'a' REGEXP '^[a-d]' => 1
                'abc' REGEXP 'ABC' => 1
                'abc' REGEXP BINARY 'ABC' => 0
                'new\\nline' REGEXP 'new.line' => 0
                'a1b' RLIKE '[[:digit:]]' => 1
                'abc' NOT REGEXP 'x' => 1
                NULL REGEXP 'a' => NULL
                'a' REGEXP '(' => ERROR 3691
                'a' REGEXP '' => ERROR 3685
                REGEXP_LIKE('CamelCase', 'CAMELCASE') => 1
                REGEXP_LIKE('CamelCase', 'CAMELCASE', 'c') => 0
                REGEXP_INSTR('dog cat dog', 'dog') => 1
                REGEXP_INSTR('dog cat dog', 'dog', 2) => 9
                REGEXP_INSTR('aa aaa aaaa', 'a{2}', 1, 2) => 4
                REGEXP_INSTR('aa aaa aaaa', 'a{4}', 1, 1, 1) => 12
                REGEXP_INSTR('aa', 'b') => 0
                REGEXP_REPLACE('a b c', 'b', 'X') => a X c
                REGEXP_REPLACE('abc def ghi', '[a-z]+', 'X', 1, 3) => abc def X
                REGEXP_REPLACE('abc', '(a)(b)', '$2$1') => bac
                REGEXP_SUBSTR('abc def ghi', '[a-z]+') => abc
                REGEXP_SUBSTR('abc def ghi', '[a-z]+', 1, 3) => ghi
                REGEXP_SUBSTR('abc', 'x') => NULL
                """);
    }
}
