package io.qomo.serve.systemtable;

import io.qomo.query.catalog.TableDef;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.systemtable.ServerFacts.TransactionRow;
import java.util.List;

/// The few INNODB_… tables of information_schema that tools read; those about InnoDB's insides are empty.
final class InnodbTables {
    private final ServerFacts facts;

    InnodbTables(ServerFacts facts) {
        this.facts = facts;
    }

    List<SystemTableSpec> specs() {
        return List.of(tables(), tablespaces(), transactions(), metrics(), statistics());
    }

    private static SystemTableSpec tables() {
        return SystemTableSpec.schema("INNODB_TABLES")
                .number("TABLE_ID")
                .text(655, "NAME")
                .signed("FLAG", "N_COLS", "SPACE")
                .optionalText(12, "ROW_FORMAT")
                .integer("ZIP_PAGE_SIZE")
                .optionalText(10, "SPACE_TYPE")
                .signed("INSTANT_COLS", "TOTAL_ROW_VERSIONS")
                .rows((session, filter, out) ->
                        SchemaTables.visibleTables(session, filter, "", "", (database, table) -> {
                            if (table.kind() == TableDef.Kind.BASE) {
                                out.number(table.id())
                                        .text(database.name() + "/" + table.name())
                                        .number(33);
                                out.number(table.columns().size()).number(table.id());
                                out.text(SchemaTables.rowFormat(table))
                                        .number(0)
                                        .text("Single");
                                out.number(0).number(0).end();
                            }
                        }));
    }

    private static SystemTableSpec tablespaces() {
        return SystemTableSpec.schema("INNODB_TABLESPACES")
                .integer("SPACE")
                .text(655, "NAME")
                .integer("FLAG")
                .optionalText(22, "ROW_FORMAT")
                .integer("PAGE_SIZE", "ZIP_PAGE_SIZE")
                .optionalText(10, "SPACE_TYPE")
                .integer("FS_BLOCK_SIZE")
                .number("FILE_SIZE", "ALLOCATED_SIZE", "AUTOEXTEND_SIZE")
                .optionalText(15, "SERVER_VERSION")
                .integer("SPACE_VERSION")
                .optionalText(1, "ENCRYPTION")
                .optionalText(10, "STATE");
    }

    private SystemTableSpec transactions() {
        return SystemTableSpec.schema("INNODB_TRX")
                .number("trx_id")
                .text(13, "trx_state")
                .datetime("trx_started")
                .optionalText(126, "trx_requested_lock_id")
                .datetime("trx_wait_started")
                .number("trx_weight", "trx_mysql_thread_id")
                .optionalText(1024, "trx_query")
                .optionalText(64, "trx_operation_state")
                .number("trx_tables_in_use", "trx_tables_locked", "trx_lock_structs", "trx_lock_memory_bytes")
                .number("trx_rows_locked", "trx_rows_modified", "trx_concurrency_tickets")
                .text(16, "trx_isolation_level")
                .signed("trx_unique_checks", "trx_foreign_key_checks")
                .optionalText(256, "trx_last_foreign_key_error")
                .signed("trx_adaptive_hash_latched")
                .number("trx_adaptive_hash_timeout")
                .signed("trx_is_read_only", "trx_autocommit_non_locking")
                .number("trx_schedule_weight")
                .rows((session, _, out) -> {
                    session.access().require(Privilege.PROCESS);
                    facts.transactions().forEach(t -> addTransaction(t, out));
                });
    }

    private static void addTransaction(TransactionRow t, RowSink out) {
        out.number(t.id()).text("RUNNING").datetime(t.startedMicros()).nothing().nothing();
        out.number(t.modifiedRows()).number(t.connectionId()).text(t.query()).nothing();
        out.number(t.query() == null ? 0 : 1).number(t.modifiedRows() == 0 ? 0 : 1);
        out.number(0)
                .number(0)
                .number(t.modifiedRows())
                .number(t.modifiedRows())
                .number(0);
        out.text(t.isolation()).number(1).number(1).nothing().number(0).number(0);
        out.number(t.isReadOnly() ? 1 : 0);
        out.number(t.isAutocommit() && t.modifiedRows() == 0 ? 1 : 0).nothing().end();
    }

    private static SystemTableSpec metrics() {
        return SystemTableSpec.schema("INNODB_METRICS")
                .text(193, "NAME", "SUBSYSTEM")
                .signed("COUNT", "MAX_COUNT", "MIN_COUNT")
                .optionalText(32, "AVG_COUNT")
                .signed("COUNT_RESET", "MAX_COUNT_RESET", "MIN_COUNT_RESET")
                .optionalText(32, "AVG_COUNT_RESET")
                .datetime("TIME_ENABLED", "TIME_DISABLED")
                .signed("TIME_ELAPSED")
                .datetime("TIME_RESET")
                .text(193, "STATUS", "TYPE", "COMMENT");
    }

    private static SystemTableSpec statistics() {
        return SystemTableSpec.schema("INNODB_TABLESTATS")
                .number("TABLE_ID")
                .text(193, "NAME", "STATS_INITIALIZED")
                .number("NUM_ROWS", "CLUST_INDEX_SIZE", "OTHER_INDEX_SIZE", "MODIFIED_COUNTER", "AUTOINC")
                .signed("REF_COUNT")
                .rows((session, filter, out) ->
                        SchemaTables.visibleTables(session, filter, "", "", (database, table) -> {
                            if (table.kind() == TableDef.Kind.BASE) {
                                out.number(table.id())
                                        .text(database.name() + "/" + table.name())
                                        .text("Initialized");
                                out.number(session.catalog().statistics(table).rows());
                                out.number(0)
                                        .number(0)
                                        .number(0)
                                        .number(0)
                                        .number(0)
                                        .end();
                            }
                        }));
    }
}
