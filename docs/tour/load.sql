-- The tour's tables, filled with what docs/tour/data.sh wrote into tour-data.
CREATE DATABASE tour;
USE tour;

CREATE TABLE commits (
  id      CHAR(12) CHARACTER SET ascii PRIMARY KEY,
  at      DATETIME NOT NULL,
  subject VARCHAR(200) NOT NULL,
  KEY (at)
);
CREATE TABLE changes (
  commit_id CHAR(12) CHARACTER SET ascii NOT NULL,
  file      VARCHAR(200) NOT NULL,
  added     INT UNSIGNED NOT NULL,
  removed   INT UNSIGNED NOT NULL,
  module    VARCHAR(40) AS (SUBSTRING_INDEX(file, '/', 1)) STORED,
  PRIMARY KEY (commit_id, file),
  KEY (module),
  FOREIGN KEY (commit_id) REFERENCES commits (id)
);
CREATE TABLE countries (
  code      CHAR(2) CHARACTER SET ascii PRIMARY KEY,
  name      VARCHAR(60) NOT NULL,
  currency  CHAR(3) CHARACTER SET ascii,
  digits    TINYINT,
  languages JSON NOT NULL
);
CREATE TABLE zones (
  name    VARCHAR(60) PRIMARY KEY,
  area    VARCHAR(20) NOT NULL,
  january SMALLINT NOT NULL COMMENT 'minutes east of UTC',
  july    SMALLINT NOT NULL COMMENT 'minutes east of UTC'
);

SET GLOBAL local_infile = ON;  -- off by default, as in MySQL
LOAD DATA LOCAL INFILE 'tour-data/commits.tsv'   INTO TABLE commits;
LOAD DATA LOCAL INFILE 'tour-data/changes.tsv'   INTO TABLE changes (commit_id, file, added, removed);
LOAD DATA LOCAL INFILE 'tour-data/countries.tsv' INTO TABLE countries;
LOAD DATA LOCAL INFILE 'tour-data/zones.tsv'     INTO TABLE zones;
