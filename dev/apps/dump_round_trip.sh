#!/usr/bin/env bash
# Fills a database at HOST PORT with every kind of object, dumps it with mariadb-dump, loads the dump into a second database,
# dumps that, and compares the dumps and the tables' contents. Exit status 77: the client programs are missing.
set -euo pipefail
host=$1
port=$2
command -v mariadb-dump >/dev/null || { echo "SKIPPING: mariadb-client is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
client() { mariadb --no-defaults -h"$host" -P"$port" -uroot --default-character-set=utf8mb4 "$@"; }
dump() { mariadb-dump --no-defaults -h"$host" -P"$port" -uroot --default-character-set=utf8mb4 --skip-comments "$@"; }
client -e 'DROP DATABASE IF EXISTS dump_one; DROP DATABASE IF EXISTS dump_two; CREATE DATABASE dump_one; CREATE DATABASE dump_two'
client dump_one <<'SQL'
CREATE TABLE parent (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  code CHAR(8) CHARACTER SET latin1 NOT NULL DEFAULT 'x''y',
  name VARCHAR(100) COLLATE utf8mb4_bin DEFAULT NULL COMMENT 'the name; with ''quotes''',
  made TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  kind ENUM('a','b,c','d''e') NOT NULL DEFAULT 'a',
  tags SET('x','y','z') DEFAULT NULL,
  bits BIT(9) DEFAULT b'101',
  price DECIMAL(20,6) UNSIGNED DEFAULT '0.000000',
  ratio DOUBLE DEFAULT NULL,
  small TINYINT(1) NOT NULL DEFAULT 1,
  doc JSON DEFAULT NULL,
  raw LONGBLOB,
  txt MEDIUMTEXT,
  yr YEAR DEFAULT NULL,
  tm TIME(6) DEFAULT NULL,
  twice DECIMAL(21,6) GENERATED ALWAYS AS (price * 2) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY by_code (code),
  KEY by_name (name(20), made),
  CONSTRAINT price_positive CHECK (price >= 0)
) ENGINE=InnoDB AUTO_INCREMENT=100 DEFAULT CHARSET=utf8mb4 COMMENT='a table';
CREATE TABLE child (
  a INT NOT NULL, b INT NOT NULL, parent_id INT UNSIGNED DEFAULT NULL, PRIMARY KEY (a, b), KEY by_parent (parent_id),
  CONSTRAINT child_parent FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE no_key (v VARCHAR(10), n INT);
INSERT INTO parent (code, name, kind, tags, bits, price, ratio, small, doc, raw, txt, yr, tm, made) VALUES
  ('one', 'Zoë \\ 漢字 😀', 'b,c', 'x,z', b'111', 12.345678, 1e100, 0, '{"k": [1, 2.5, null, "s"]}', x'00FF2700', 'line\nline\ttab', 2024, '-12:30:15.123456', '2024-01-02 03:04:05.678'),
  ('two', NULL, 'd''e', NULL, NULL, NULL, -0.1, 1, NULL, NULL, NULL, NULL, NULL, '2024-06-07 08:09:10.111');
INSERT INTO parent (code, price, made) SELECT CONCAT('g', n), n * 1.5, '2024-01-01 00:00:00' FROM (WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 500) SELECT n FROM s) AS numbers;
INSERT INTO child SELECT id % 10, id, id FROM parent;
INSERT INTO no_key VALUES ('a', 1), ('a', 1), (NULL, NULL);
CREATE VIEW expensive AS SELECT p.id, p.code, p.price, COUNT(c.a) AS children FROM parent p LEFT JOIN child c ON c.parent_id = p.id WHERE p.price > 100 GROUP BY p.id, p.code, p.price;
SQL
# Each set of options must give back what it took: binary strings as they are or in hexadecimal, one row per INSERT or many.
round_trip() {
  local name=$1
  shift
  client -e 'DROP DATABASE dump_two; CREATE DATABASE dump_two'
  dump "$@" dump_one >"$folder/one.sql"
  client --binary-mode dump_two <"$folder/one.sql"
  dump "$@" dump_two >"$folder/two.sql"
  if ! diff "$folder/one.sql" "$folder/two.sql" >"$folder/diff"; then
    echo "FAILED: the dumps differ ($name)"
    head -n 40 "$folder/diff"
    exit 1
  fi
  for table in parent child no_key expensive; do
    for database in dump_one dump_two; do
      client -N -B "$database" -e "SELECT * FROM $table" | sort | md5sum >"$folder/$database.$table"
    done
    cmp -s "$folder/dump_one.$table" "$folder/dump_two.$table" || { echo "FAILED: table $table differs ($name)"; exit 1; }
  done
  echo "ok  $name: $(wc -l <"$folder/one.sql") lines dumped, loaded and dumped again without a difference"
}
round_trip 'all objects' --hex-blob --single-transaction --routines --triggers --events
round_trip 'defaults, binary strings as they are'
round_trip 'one INSERT per row, with columns' --skip-extended-insert --complete-insert --skip-lock-tables
round_trip 'locked, unquoted, REPLACE' --lock-all-tables --skip-quote-names --replace --skip-disable-keys --no-autocommit
round_trip 'in the order of the key' --order-by-primary --skip-opt --create-options --add-drop-table --quick
rows=$(client -N -B dump_two -e 'SELECT COUNT(*) FROM parent')
[ "$rows" = 502 ] || { echo "FAILED: $rows rows instead of 502"; exit 1; }
# Databases by name and all of them: the script makes what it loads into.
dump --databases dump_two >"$folder/named.sql"
client -e 'DROP DATABASE dump_two'
client --binary-mode <"$folder/named.sql"
client -N -B dump_two -e 'SELECT * FROM parent' | sort | md5sum | cmp -s - "$folder/dump_one.parent" || { echo "FAILED: --databases"; exit 1; }
dump --all-databases --routines --events >"$folder/all.sql"
grep -q 'CREATE DATABASE .*`dump_two`' "$folder/all.sql" || { echo "FAILED: --all-databases lacks a database"; exit 1; }
echo "ok  databases by name, and all of them"
client -e 'DROP DATABASE dump_one; DROP DATABASE dump_two'
