/// The schema as it is stored and changed: the persistent catalog, CREATE/ALTER/DROP of databases, tables, indexes and
/// views, and the jobs that change tables while they are in use.
///
/// Entry types: [io.qomo.serve.schema.CatalogStore] and the executors of DDL statements. Privileges, transactions and
/// locks are the callers' business.
@NullMarked
package io.qomo.serve.schema;

import org.jspecify.annotations.NullMarked;
