/// SQL golden files: the users' documentation of behaviour, run against Qomo and, for comparison, against MariaDB.
///
/// A file (`dev/testing/sql/**/*.test`) is a list of blocks separated by empty lines:
///
/// ```
/// # name: what the file shows           comment lines; name, description and manual come first
///
/// connection other                      the blocks below run on another connection (`default` is the first)
///
/// connection other as USER PASSWORD     the same as another account; its name is the whole line
///
/// statement ok                          must succeed; an optional expected info follows ----
/// CREATE TABLE t (a INT)
///
/// statement error 1062                  must fail with this number; the message follows ----
/// INSERT INTO t VALUES (1)
/// ----
/// Duplicate entry '1' for key 't.PRIMARY'
///
/// query [sorted]                        rows, values separated by a tab; NULL for NULL; sorted: order is free
/// SELECT a FROM t
/// ----
/// a
/// 1
///
/// start                                 sent without waiting for the answer, which must not come at once: it waits
/// UPDATE t SET a = 2                    for a lock. The connection is used again by its `finish` only
///
/// finish ok | error 1213 | query        the answer of the statement started on this connection
///
/// only qomo REASON                      what follows is not run elsewhere
///
/// skip mariadb REASON                   the next block is not run there (differs, with its reason)
/// ```
///
/// With `-Dsql.rewrite=true` the expected parts are written anew; the reviewer reads the diff.
@NullMarked
package io.qomo.testing.sqlfile;

import org.jspecify.annotations.NullMarked;
