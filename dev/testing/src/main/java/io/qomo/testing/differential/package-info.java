/// Random queries for a comparison of two servers.
///
/// A seed decides tables, rows and queries, so that a difference can be seen again. Queries are made so that their
/// results are fixed by SQL: LIMIT stands only over an order of all columns, windows have an order without ties, and
/// rows are compared as a multiset unless the query sorts. Types and collations are those in which MySQL and MariaDB
/// agree.
///
/// Entry types: [io.qomo.testing.differential.QueryGenerator] and [io.qomo.testing.differential.Comparison].
@NullMarked
package io.qomo.testing.differential;

import org.jspecify.annotations.NullMarked;
