package io.qomo.testing.robust;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Columns of every type with their extreme and ordinary values, and constants of every type to compare them with.
final class ComparisonOperands {
    /// A type and values of it as literals.
    ///
    /// @param name of the table that has such a column, `c`
    record Operand(String name, String type, List<String> values) {}

    private ComparisonOperands() {}

    private static Operand of(String name, String type, String... values) {
        return new Operand("t_" + name, type, List.of(values));
    }

    static List<Operand> columns() {
        List<Operand> all = new ArrayList<>();
        addNumbers(all);
        addMoments(all);
        addDates(all);
        addTexts(all);
        return all;
    }

    private static void addNumbers(List<Operand> all) {
        int[] bits = {8, 16, 24, 32, 64};
        String[] names = {"tinyint", "smallint", "mediumint", "int", "bigint"};
        for (int i = 0; i < bits.length; i++) {
            BigInteger half = BigInteger.ONE.shiftLeft(bits[i] - 1);
            BigInteger most = half.subtract(BigInteger.ONE);
            BigInteger all1 = half.shiftLeft(1).subtract(BigInteger.ONE);
            all.add(of(names[i], names[i], "-" + half, most.toString(), "0", "-1", "1", "2", "5", "25"));
            all.add(of(names[i] + "_u", names[i] + " unsigned", "0", "1", "2", "5", "25", most.toString(), "" + all1));
        }
        String nines = "9".repeat(65);
        all.add(of("decimal_10_2", "decimal(10,2)", "-99999999.99", "99999999.99", "0", "1.5", "2.5", "-1.5", "5"));
        all.add(of("decimal_65", "decimal(65,0)", "-" + nines, nines, "0", "5", "-1", "1" + "0".repeat(40)));
        all.add(of("decimal_30_30", "decimal(30,30)", "0", "0.5", "-0.5", "0.000000000000000000000000000001"));
        all.add(of("decimal_u", "decimal(5,2) unsigned", "0", "1.5", "999.99", "2.5"));
        all.add(of("float_c", "float", "0", "1.5", "-1.5", "3.4e38", "-3.4e38", "0.1", "5"));
        all.add(of("double_c", "double", "0", "2.5", "1.7976931348623157e308", "-1.7976931348623157e308", "1e19", "5"));
        all.add(of("year_c", "year", "0", "1901", "2155", "2000", "2024", "2025"));
        all.add(of("bit_1", "bit(1)", "0", "1"));
        all.add(of("bit_8", "bit(8)", "0", "1", "5", "255", "128"));
        all.add(of("bit_64", "bit(64)", "0", "1", "5", "18446744073709551615", "9223372036854775808"));
    }

    private static void addDates(List<Operand> all) {
        all.add(of(
                "date_c",
                "date",
                "'1000-01-01'",
                "'9999-12-31'",
                "'2024-01-01'",
                "'2024-02-29'",
                "'0000-00-00'",
                "'2024-00-00'",
                "'2024-02-00'"));
        all.add(of("time_0", "time", "'838:59:59'", "'-838:59:59'", "'00:00:00'", "'10:00:00'", "'-00:00:01'"));
        all.add(of(
                "time_6",
                "time(6)",
                "'838:59:59'",
                "'-838:59:59'",
                "'10:00:59.999999'",
                "'10:00:00.5'",
                "'-10:00:00.5'",
                "'10:00:00'"));
    }

    private static void addMoments(List<Operand> all) {
        all.add(of(
                "datetime_0",
                "datetime",
                "'1000-01-01'",
                "'9999-12-31 23:59:59'",
                "'2024-01-01 10:00:00'",
                "'2024-01-01'",
                "'0000-00-00'",
                "'2024-02-29 23:59:59'"));
        all.add(of(
                "datetime_6",
                "datetime(6)",
                "'9999-12-31 23:59:59.999999'",
                "'2024-01-01 10:00:00.5'",
                "'2024-01-01 10:00:59.999999'",
                "'2024-02-29 23:59:59.999999'",
                "'2024-01-01'"));
        all.add(of(
                "timestamp_0",
                "timestamp null",
                "'1970-01-01 00:00:01'",
                "'2038-01-19 03:14:07'",
                "'2024-01-01'",
                "'0000-00-00'",
                "'2024-02-29 23:59:59'"));
        all.add(of(
                "timestamp_6",
                "timestamp(6) null",
                "'1970-01-01 00:00:01.000001'",
                "'2038-01-19 03:14:07.999999'",
                "'2024-01-01 10:00:00.5'",
                "'2024-01-01 08:00:59.999999'",
                "'2024-01-01'"));
    }

    private static void addTexts(List<Operand> all) {
        String[] texts = {
            "''",
            "'a'",
            "'A'",
            "'5'",
            "'2.5abc'",
            "'-1'",
            "'2024-01-01'",
            "'10:00:00'",
            "' 5'",
            "'5 '",
            "'18446744073709551615'"
        };
        all.add(of("text_ai", "varchar(30) collate utf8mb4_0900_ai_ci", texts));
        all.add(of("text_general", "varchar(30) collate utf8mb4_general_ci", texts));
        all.add(of("text_bin", "varchar(30) collate utf8mb4_bin", texts));
        all.add(of("text_latin", "varchar(30) character set latin1", texts));
        all.add(of("bytes_c", "varbinary(30)", texts));
        all.add(of("enum_c", "enum('b','5','a','2024-01-01','')", "'a'", "'b'", "'5'", "''", "'2024-01-01'"));
        all.add(of("set_c", "set('b','5','a')", "'a'", "'b'", "'5,a'", "''"));
    }

    /// Constants as SQL.
    static List<String> constants() {
        List<String> all = new ArrayList<>();
        all.addAll(List.of("0", "1", "-1", "5", "25", "70", "127", "128", "-128", "-129", "255", "256", "32767"));
        all.addAll(List.of("-32769", "65535", "65536", "8388608", "16777215", "16777216", "2147483647", "2147483648"));
        all.addAll(List.of("-2147483649", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808"));
        all.addAll(List.of("-9223372036854775808", "-9223372036854775809", "18446744073709551615"));
        all.addAll(List.of("18446744073709551616", "20240101", "20240101100000", "20240231", "20240200", "20241301"));
        all.addAll(List.of("101", "99991231235959", "99991231", "8385959", "8390000", "-8390000", "100000", "100075"));
        all.addAll(List.of("20240101100075", "20240229236000", "19691231235959", "2000", "1900", "2156", "2024"));
        all.addAll(List.of("0.5", "-0.5", "1.5", "2.5", "-1.5", "24.5", "9223372036854775807.5"));
        all.addAll(List.of("-9223372036854775808.5", "18446744073709551615.5", "100000.5", "-100000.5", "-1.0"));
        all.addAll(List.of("20240101.5", "20240101100000.5", "20380119031408.5", "20240231000000.5", "5.0"));
        all.addAll(List.of("99999999.994", "99999999.995", "0.000000000000000000000000000005", "9".repeat(65)));
        all.addAll(List.of("2.5e0", "-1e0", "-0.5e0", "1e19", "1e20", "-1e20", "1e300", "-1e300", "1e-10", "5e0"));
        all.addAll(List.of("2.02401e7", "'0'", "'5'", "'-1'", "'2.5'", "'-0.5'", "'1e19'", "'1e20'", "'-1e20'"));
        all.addAll(List.of("'1e400'", "'-1e400'", "'1e40'", "'abc'", "'5abc'", "''", "' 5'", "'5 '", "'a'", "'A'"));
        all.addAll(List.of("'2024-01-01'", "'2024-01-01 10:00:00.5'", "'10:00:00'", "'10:00:00.5'", "'838:59:59'"));
        all.addAll(List.of("'839:00:00'", "'-838:59:59'", "'-900:00:00'", "'0000-00-00'", "'2024-02-00'"));
        all.addAll(List.of("'9999-12-31 23:59:59.999999'", "'1969-12-31 23:59:59'", "'2038-01-19 05:14:07.9999999'"));
        all.addAll(List.of("'2038-01-20'", "'1000-01-01'", "'20240101'", "'18446744073709551616'", "'25'"));
        all.addAll(List.of("date'2024-01-01'", "date'1000-01-01'", "date'9999-12-31'", "time'10:00:00.5'"));
        all.addAll(List.of("time'10:00:00'", "time'-00:00:01'", "time'838:59:59'", "timestamp'2024-01-01 10:00:00'"));
        all.addAll(List.of("timestamp'2024-01-01 00:00:00.5'", "timestamp'9999-12-31 23:59:59.999999'"));
        all.addAll(List.of("timestamp'1000-01-01 00:00:00'", "cast(1.5 as decimal(5,2))", "cast(5 as unsigned)"));
        all.addAll(List.of("cast(-1 as signed)", "cast('10:00:00.5' as time(1))", "x'35'", "true", "null"));
        all.addAll(List.of("cast(2.5 as double)", "cast('2.5' as char)", "b'101'"));
        return all;
    }
}
