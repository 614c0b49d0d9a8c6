package io.qomo.query.function;

import org.junit.jupiter.api.Test;

class DateFunctionsTest {
    private final ExpressionTable table = new ExpressionTable();

    @Test
    void tellsTheTime() {
        table.check("""
                NOW() => 2024-02-29 13:14:15
                NOW(3) => 2024-02-29 13:14:15.678
                NOW(6) => 2024-02-29 13:14:15.678901
                CURRENT_TIMESTAMP => 2024-02-29 13:14:15
                NOW(7) => ERROR 1426
                CURDATE() => 2024-02-29
                CURRENT_DATE => 2024-02-29
                CURTIME() => 13:14:15
                CURTIME(2) => 13:14:15.67
                UTC_TIMESTAMP() => 2024-02-29 13:14:15
                UTC_DATE() => 2024-02-29
                UTC_TIME() => 13:14:15
                SYSDATE() => 2024-02-29 13:14:16
                UNIX_TIMESTAMP() => 1709212455
                NOW() + 0 => 20240229131415
                """);
    }

    @Test
    void takesParts() {
        table.check("""
                YEAR('1987-01-01') => 1987
                MONTH('2008-02-03') => 2
                DAY('2007-02-03') => 3
                DAYOFMONTH('2001-11-00') => 0
                MONTH('0000-00-00') => NULL !1292
                QUARTER('2008-04-01') => 2
                HOUR('10:05:03') => 10
                HOUR('272:59:59') => 272
                MINUTE('2008-02-03 10:05:03') => 5
                SECOND('10:05:03') => 3
                MICROSECOND('12:00:00.123456') => 123456
                MICROSECOND('2019-12-31 23:59:59.000010') => 10
                DAYOFWEEK('2007-02-03') => 7
                WEEKDAY('2008-02-03 22:23:00') => 6
                WEEKDAY('2007-11-06') => 1
                DAYOFYEAR('2007-02-03') => 34
                DAYNAME('2007-02-03') => Saturday
                MONTHNAME('2008-02-03') => February
                WEEK('2008-02-20') => 7
                WEEK('2008-02-20', 0) => 7
                WEEK('2008-02-20', 1) => 8
                WEEK('2008-12-31', 1) => 53
                WEEKOFYEAR('2008-02-20') => 8
                YEARWEEK('1987-01-01') => 198652
                YEARWEEK('2000-01-01', 1) => 199952
                LAST_DAY('2003-02-05') => 2003-02-28
                LAST_DAY('2004-02-05') => 2004-02-29
                LAST_DAY('2003-03-32') => NULL !1292
                TO_DAYS('2007-10-07') => 733321
                TO_DAYS(950501) => 728779
                TO_SECONDS('2009-11-29 13:43:32') => 63426721412
                FROM_DAYS(730669) => 2000-07-03
                FROM_DAYS(0) => 0000-00-00
                EXTRACT(YEAR FROM '2019-07-02') => 2019
                EXTRACT(YEAR_MONTH FROM '2019-07-02 01:02:03') => 201907
                EXTRACT(DAY_MINUTE FROM '2019-07-02 01:02:03') => 20102
                EXTRACT(MICROSECOND FROM '2003-01-02 10:30:00.000123') => 123
                EXTRACT(HOUR_SECOND FROM '10:11:12') => 101112
                EXTRACT(SECOND_MICROSECOND FROM '10:11:12.5') => 12500000
                EXTRACT(WEEK FROM '2008-02-20') => 7
                EXTRACT(HOUR FROM '-30:15:10') => -30
                YEAR(NULL) => NULL
                YEAR('x') => NULL !1292
                YEAR(20200102) => 2020
                """);
    }

    @Test
    void addsIntervals() {
        table.check("""
                DATE_ADD('2018-05-01', INTERVAL 1 DAY) => 2018-05-02
                DATE_SUB('2018-05-01', INTERVAL 1 YEAR) => 2017-05-01
                DATE_ADD('2020-12-31 23:59:59', INTERVAL 1 SECOND) => 2021-01-01 00:00:00
                DATE_ADD('2018-12-31 23:59:59', INTERVAL 1 DAY) => 2019-01-01 23:59:59
                DATE_ADD('2100-12-31 23:59:59', INTERVAL '1:1' MINUTE_SECOND) => 2101-01-01 00:01:00
                DATE_SUB('2025-01-01 00:00:00', INTERVAL '1 1:1:1' DAY_SECOND) => 2024-12-30 22:58:59
                DATE_ADD('1900-01-01 00:00:00', INTERVAL '-1 10' DAY_HOUR) => 1899-12-30 14:00:00
                DATE_SUB('1998-01-02', INTERVAL 31 DAY) => 1997-12-02
                DATE_ADD('1992-12-31 23:59:59.000002', INTERVAL '1.999999' SECOND_MICROSECOND) => 1993-01-01 00:00:01.000001
                DATE_ADD('2024-03-30', INTERVAL 1 MONTH) => 2024-04-30
                DATE_ADD('2024-01-31', INTERVAL 1 MONTH) => 2024-02-29
                DATE '2024-02-29' + INTERVAL 1 YEAR => 2025-02-28
                DATE '2020-01-01' + INTERVAL 1 HOUR => 2020-01-01 01:00:00
                INTERVAL 1 DAY + '2018-12-31' => 2019-01-01
                '2018-12-31 23:59:59' + INTERVAL 1 SECOND => 2019-01-01 00:00:00
                DATE_ADD('2020-01-01', INTERVAL 1.5 SECOND) => 2020-01-01 00:00:01.500000
                TIMESTAMP '2020-01-01 00:00:00' + INTERVAL 1.5 SECOND => 2020-01-01 00:00:01.5
                DATE_ADD('9999-12-31', INTERVAL 1 DAY) => NULL !1441
                DATE_ADD(NULL, INTERVAL 1 DAY) => NULL
                DATE_ADD('2020-01-01', INTERVAL NULL DAY) => NULL
                DATE_ADD('x', INTERVAL 1 DAY) => NULL !1292
                DATE_ADD('2020-01-01', INTERVAL 1 QUARTER) => 2020-04-01
                DATE_ADD('2020-01-01', INTERVAL '1-2' YEAR_MONTH) => 2021-03-01
                DATE_ADD(20200101, INTERVAL 1 WEEK) => 2020-01-08
                TIME '10:00:00' + INTERVAL 30 MINUTE => 10:30:00
                ADDDATE('2008-01-02', 31) => 2008-02-02
                SUBDATE('2008-01-02 12:00:00', 31) => 2007-12-02 12:00:00
                TIMESTAMPADD(MINUTE, 1, '2003-01-02') => 2003-01-02 00:01:00
                TIMESTAMPADD(WEEK, 1, '2003-01-02') => 2003-01-09
                ADDTIME('2007-12-31 23:59:59.999999', '1 1:1:1.000002') => 2008-01-02 01:01:01.000001
                ADDTIME('01:00:00.999999', '02:00:00.999998') => 03:00:01.999997
                SUBTIME('2007-12-31 23:59:59.999999', '1 1:1:1.000002') => 2007-12-30 22:58:58.999997
                ADDTIME(TIME '10:00:00', '01:00') => 11:00:00.000000
                """);
    }

    @Test
    void subtracts() {
        table.check("""
                DATEDIFF('2007-12-31 23:59:59', '2007-12-30') => 1
                DATEDIFF('2010-11-30 23:59:59', '2010-12-31') => -31
                DATEDIFF(NULL, '2010-12-31') => NULL
                TIMEDIFF('2000-01-01 00:00:00', '2000-01-01 00:00:00.000001') => -00:00:00.000001
                TIMEDIFF('2008-12-31 23:59:59.000001', '2008-12-30 01:01:01.000002') => 46:58:57.999999
                TIMEDIFF('10:00:00', '2020-01-01 00:00:00') => NULL
                TIMEDIFF(TIME '10:00:00', TIME '11:30:00') => -01:30:00
                TIMESTAMPDIFF(MONTH, '2003-02-01', '2003-05-01') => 3
                TIMESTAMPDIFF(YEAR, '2002-05-01', '2001-01-01') => -1
                TIMESTAMPDIFF(MINUTE, '2003-02-01', '2003-05-01 12:05:55') => 128885
                TIMESTAMPDIFF(DAY, '2020-01-31', '2020-03-01') => 30
                TIMESTAMPDIFF(MONTH, '2020-01-31', '2020-02-29') => 0
                TIMESTAMPDIFF(SECOND, '2020-01-01', NULL) => NULL
                PERIOD_ADD(200801, 2) => 200803
                PERIOD_DIFF(200802, 200703) => 11
                PERIOD_ADD(0, 1) => ERROR 1210
                """);
    }

    @Test
    void formatsAndParses() {
        table.check("""
                DATE_FORMAT('2009-10-04 22:23:00', '%W %M %Y') => Sunday October 2009
                DATE_FORMAT('2007-10-04 22:23:00', '%H:%i:%s') => 22:23:00
                DATE_FORMAT('1900-10-04 22:23:00', '%D %y %a %d %m %b %j') => 4th 00 Thu 04 10 Oct 277
                DATE_FORMAT('1997-10-04 22:23:00', '%H %k %I %r %T %S %w') => 22 22 10 10:23:00 PM 22:23:00 00 6
                DATE_FORMAT('1999-01-01', '%X %V') => 1998 52
                DATE_FORMAT('2006-06-00', '%d') => 00
                DATE_FORMAT('2020-01-02', '%%%c/%e %q') => %1/2 q
                DATE_FORMAT('2020-01-01 00:05:00', '%l %p %f') => 12 AM 000000
                DATE_FORMAT('2020-01-02', NULL) => NULL
                TIME_FORMAT('100:00:00', '%H %k %h %I %l') => 100 100 04 04 4
                TIME_FORMAT('10:11:12.5', '%s.%f') => 12.500000
                STR_TO_DATE('01,5,2013', '%d,%m,%Y') => 2013-05-01
                STR_TO_DATE('May 1, 2013', '%M %d,%Y') => 2013-05-01
                STR_TO_DATE('a09:30:17', 'a%h:%i:%s') => 09:30:17
                STR_TO_DATE('a09:30:17', '%h:%i:%s') => NULL !1411
                STR_TO_DATE('09:30:17a', '%h:%i:%s') => 09:30:17 !1292
                STR_TO_DATE('2013-02-30', '%Y-%m-%d') => 2013-02-30
                STR_TO_DATE('2013-02-32', '%Y-%m-%d') => NULL !1411
                STR_TO_DATE('2013-02-11 10:11:12.5', '%Y-%m-%d %H:%i:%s.%f') => 2013-02-11 10:11:12.500000
                STR_TO_DATE('200442 Monday', '%X%V %W') => 2004-10-18
                STR_TO_DATE('12:30 PM', '%h:%i %p') => 12:30:00
                STR_TO_DATE(NULL, '%Y') => NULL
                GET_FORMAT(DATE, 'EUR') => %d.%m.%Y
                DATE_FORMAT('2003-10-03', GET_FORMAT(DATE, 'EUR')) => 03.10.2003
                GET_FORMAT(DATETIME, 'x') => NULL
                """);
    }

    @Test
    void makes() {
        table.check("""
                MAKEDATE(2011, 31) => 2011-01-31
                MAKEDATE(2011, 365) => 2011-12-31
                MAKEDATE(2011, 0) => NULL
                MAKEDATE(70, 1) => 1970-01-01
                MAKETIME(12, 15, 30) => 12:15:30
                MAKETIME(12, 60, 30) => NULL
                MAKETIME(-1, 2, 3.5) => -01:02:03.5
                SEC_TO_TIME(2378) => 00:39:38
                SEC_TO_TIME(-1.5) => -00:00:01.5
                SEC_TO_TIME(99999999) => 838:59:59 !1292
                TIME_TO_SEC('22:23:00') => 80580
                TIME_TO_SEC('-00:39:38') => -2378
                DATE('2003-12-31 01:02:03') => 2003-12-31
                DATE('x') => NULL !1292
                TIME('2003-12-31 01:02:03') => 01:02:03
                TIME('2003-12-31 01:02:03.000123') => 01:02:03.000123
                TIMESTAMP('2003-12-31') => 2003-12-31 00:00:00
                TIMESTAMP('2003-12-31 12:00:00', '12:00:00') => 2004-01-01 00:00:00
                FROM_UNIXTIME(1447430881) => 2015-11-13 16:08:01
                FROM_UNIXTIME(1447430881.5) => 2015-11-13 16:08:01.5
                FROM_UNIXTIME(0) => 1970-01-01 00:00:00
                FROM_UNIXTIME(-1) => NULL
                FROM_UNIXTIME(1447430881, '%Y %D %M') => 2015 13th November
                UNIX_TIMESTAMP('2015-11-13 16:08:01') => 1447430881
                UNIX_TIMESTAMP('2015-11-13 16:08:01.012') => 1447430881.012
                UNIX_TIMESTAMP('1960-01-01') => 0
                UNIX_TIMESTAMP(NULL) => NULL
                CONVERT_TZ('2004-01-01 12:00:00', '+00:00', '+10:00') => 2004-01-01 22:00:00
                CONVERT_TZ('2004-01-01 12:00:00', 'GMT', 'Mars') => NULL
                CONVERT_TZ(TIMESTAMP '2024-07-01 12:00:00', 'UTC', 'Europe/Berlin') => 2024-07-01 14:00:00
                """);
    }
}
