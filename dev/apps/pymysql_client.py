#!/usr/bin/env python3
"""PyMySQL against a MySQL server at HOST PORT. Exit status 77: the package python3-pymysql is missing."""

import datetime
import decimal
import sys
import threading

try:
    import pymysql
    import pymysql.cursors
except ImportError:
    print("SKIPPING: the package python3-pymysql is not installed")
    sys.exit(77)

HOST, PORT = sys.argv[1], int(sys.argv[2])
DATABASE = "pymysql_test"


def connect(**options):
    return pymysql.connect(host=HOST, port=PORT, user="root", password="", charset="utf8mb4", **options)


def check(condition, what):
    if not condition:
        raise AssertionError(what)
    print("ok ", what, flush=True)


def expect_error(errno, run):
    try:
        run()
    except pymysql.MySQLError as error:
        check(error.args[0] == errno, f"error {errno}: {error.args[1][:80]}")
        return
    raise AssertionError(f"error {errno} expected")


def types(connection):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE types (id INT PRIMARY KEY, de DECIMAL(20,5), da DATE, tm TIME, dt DATETIME(6), st VARCHAR(50),"
                       " bi VARBINARY(10), fl DOUBLE, bo BOOL, js JSON, bu BIGINT UNSIGNED)")
        row = (1, decimal.Decimal("123456789.12345"), datetime.date(2024, 2, 29), datetime.timedelta(hours=30, minutes=5),
               datetime.datetime(2024, 1, 2, 3, 4, 5, 678901), "naïve 漢字 😀 ' \" \\ \n", b"\x00\xff\x27", 0.1, 1,
               '{"a": [1, null, true]}', 2 ** 64 - 1)
        cursor.execute("INSERT INTO types VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)", row)
        connection.commit()
        cursor.execute("SELECT * FROM types")
        back = cursor.fetchone()
        check(back == row, "values come back as they went" if back == row else f"{back} instead of {row}")
        check([d[0] for d in cursor.description][:3] == ["id", "de", "da"], "descriptions name the columns")
        cursor.execute("SELECT * FROM types WHERE dt > %s AND de > %s", (datetime.datetime(2020, 1, 1), decimal.Decimal("1.5")))
        check(len(cursor.fetchall()) == 1, "values compare in conditions")
        for introducer in (b"", b"_binary "):
            connection.query(b"UPDATE types SET bi = " + introducer + b"'\xff\\0\xe4\xc3'")
            cursor.execute("SELECT bi FROM types")
            check(cursor.fetchone() == (b"\xff\0\xe4\xc3",), "bytes that are no text are kept in a quoted string")
        expect_error(1366, lambda: connection.query(b"UPDATE types SET st = 'a\xff'"))


def transactions(connection):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL, CHECK (balance >= 0))")
        cursor.executemany("INSERT INTO account VALUES (%s, %s)", [(i, 100) for i in range(50)])
        check(cursor.rowcount == 50, "executemany counts rows")
    connection.commit()
    failures = []

    def transfer(seed):
        own = connect(database=DATABASE)
        try:
            for i in range(40):
                source, target = (seed * 7 + i) % 50, (seed * 3 + i * 5 + 1) % 50
                try:
                    with own.cursor() as cursor:
                        cursor.execute("SELECT balance FROM account WHERE id = %s FOR UPDATE", (source,))
                        cursor.execute("UPDATE account SET balance = balance - 1 WHERE id = %s", (source,))
                        cursor.execute("UPDATE account SET balance = balance + 1 WHERE id = %s", (target,))
                    own.commit()
                except pymysql.MySQLError as error:
                    own.rollback()
                    if error.args[0] not in (1205, 1213):
                        failures.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=transfer, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(balance), COUNT(*) FROM account")
        check(cursor.fetchone() == (decimal.Decimal(5000), 50), "concurrent transfers conserve money")
    check(not failures, f"no unexpected error {failures[:3]}" if failures else "no unexpected error")


def errors(connection):
    with connection.cursor() as cursor:
        expect_error(1062, lambda: cursor.execute("INSERT INTO account VALUES (1, 1)"))
        expect_error(1064, lambda: cursor.execute("SELEC 1"))
        expect_error(1146, lambda: cursor.execute("SELECT * FROM nowhere"))
        expect_error(1054, lambda: cursor.execute("SELECT nope FROM account"))
        expect_error(1049, lambda: connection.select_db("nowhere"))
        cursor.execute("SELECT 1")
        check(cursor.fetchone() == (1,), "the connection lives on after errors")


def cursors(connection):
    with connection.cursor(pymysql.cursors.SSDictCursor) as cursor:
        cursor.execute("SELECT a.id AS a, b.id AS b FROM account a CROSS JOIN account b ORDER BY 1, 2")
        rows = sum(1 for _ in cursor)
        check(rows == 2500, "unbuffered results stream")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE seq (id INT AUTO_INCREMENT PRIMARY KEY, v LONGTEXT)")
        cursor.execute("INSERT INTO seq (v) VALUES (%s)", ("x" * 1_000_000,))
        check(cursor.lastrowid == 1, "lastrowid is the generated key")
        cursor.execute("SELECT LENGTH(v) FROM seq")
        check(cursor.fetchone() == (1_000_000,), "a megabyte of text passes")
    connection.ping()
    check(connection.get_server_info() != "", "the server says its version")


def main():
    connection = connect()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.select_db(DATABASE)
    try:
        types(connection)
        transactions(connection)
        errors(connection)
        cursors(connection)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {DATABASE}")
    connection.close()


main()
