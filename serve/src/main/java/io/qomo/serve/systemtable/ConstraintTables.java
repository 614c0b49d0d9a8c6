package io.qomo.serve.systemtable;

import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import java.util.List;

/// KEY_COLUMN_USAGE, TABLE_CONSTRAINTS, REFERENTIAL_CONSTRAINTS and CHECK_CONSTRAINTS of information_schema.
final class ConstraintTables {
    List<SystemTableSpec> specs() {
        return List.of(keyColumns(), tableConstraints(), referential(), checks());
    }

    private static SystemTableSpec keyColumns() {
        return SystemTableSpec.schema("KEY_COLUMN_USAGE")
                .text(64, "CONSTRAINT_CATALOG", "CONSTRAINT_SCHEMA")
                .optionalText(64, "CONSTRAINT_NAME")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .optionalText(64, "COLUMN_NAME")
                .integer("ORDINAL_POSITION", "POSITION_IN_UNIQUE_CONSTRAINT")
                .optionalText(64, "REFERENCED_TABLE_SCHEMA", "REFERENCED_TABLE_NAME", "REFERENCED_COLUMN_NAME")
                .rows((session, filter, out) ->
                        SchemaTables.visibleTables(session, filter, "table_schema", "table_name", (_, table) -> {
                            for (IndexDef index : ColumnFacts.visibleIndexes(table)) {
                                if (index.unique() && filter.wants("constraint_name", index.name())) {
                                    addKey(table, index, out);
                                }
                            }
                            for (ForeignKeyDef key : table.foreignKeysByName()) {
                                if (filter.wants("constraint_name", key.name())) {
                                    addForeignKey(table, key, out);
                                }
                            }
                        }));
    }

    private static void addKey(TableDef table, IndexDef index, RowSink out) {
        for (int i = 0; i < index.parts().size(); i++) {
            ColumnDef column = table.columnById(index.parts().get(i).columnId());
            if (column.visibility() == ColumnDef.Visibility.HIDDEN) {
                continue;
            }
            out.text("def").text(table.database()).text(index.name());
            out.text("def").text(table.database()).text(table.name());
            out.text(column.name());
            out.number(i + 1L).nothing().nothing().nothing().nothing().end();
        }
    }

    private static void addForeignKey(TableDef table, ForeignKeyDef key, RowSink out) {
        for (int i = 0; i < key.columnIds().size(); i++) {
            out.text("def").text(table.database()).text(key.name());
            out.text("def").text(table.database()).text(table.name());
            out.text(table.columnById(key.columnIds().get(i)).name())
                    .number(i + 1L)
                    .number(i + 1L);
            out.text(key.parentDatabase()).text(key.parentTable());
            out.text(key.parentColumns().get(i)).end();
        }
    }

    private static SystemTableSpec tableConstraints() {
        return SystemTableSpec.schema("TABLE_CONSTRAINTS")
                .text(64, "CONSTRAINT_CATALOG", "CONSTRAINT_SCHEMA")
                .optionalText(64, "CONSTRAINT_NAME")
                .text(64, "TABLE_SCHEMA", "TABLE_NAME")
                .text(11, "CONSTRAINT_TYPE")
                .text(3, "ENFORCED")
                .rows((session, filter, out) ->
                        SchemaTables.visibleTables(session, filter, "table_schema", "table_name", (_, table) -> {
                            for (IndexDef index : ColumnFacts.visibleIndexes(table)) {
                                if (index.unique()) {
                                    String type = index.isPrimary() ? "PRIMARY KEY" : "UNIQUE";
                                    addConstraint(table, index.name(), type, true, out);
                                }
                            }
                            for (ForeignKeyDef key : table.foreignKeysByName()) {
                                addConstraint(table, key.name(), "FOREIGN KEY", true, out);
                            }
                            for (CheckDef check : table.checks()) {
                                addConstraint(table, check.name(), "CHECK", check.enforced(), out);
                            }
                        }));
    }

    private static void addConstraint(TableDef table, String name, String type, boolean enforced, RowSink out) {
        out.text("def").text(table.database()).text(name).text(table.database()).text(table.name());
        out.text(type).yesNo(enforced).end();
    }

    private static SystemTableSpec referential() {
        return SystemTableSpec.schema("REFERENTIAL_CONSTRAINTS")
                .text(64, "CONSTRAINT_CATALOG", "CONSTRAINT_SCHEMA")
                .optionalText(64, "CONSTRAINT_NAME")
                .text(64, "UNIQUE_CONSTRAINT_CATALOG", "UNIQUE_CONSTRAINT_SCHEMA")
                .optionalText(64, "UNIQUE_CONSTRAINT_NAME")
                .text(7, "MATCH_OPTION")
                .text(11, "UPDATE_RULE", "DELETE_RULE")
                .text(64, "TABLE_NAME", "REFERENCED_TABLE_NAME")
                .rows((session, filter, out) ->
                        SchemaTables.visibleTables(session, filter, "constraint_schema", "table_name", (_, table) -> {
                            for (ForeignKeyDef key : table.foreignKeysByName()) {
                                out.text("def").text(table.database()).text(key.name());
                                out.text("def").text(key.parentDatabase());
                                out.text(parentKey(session, key)).text("NONE");
                                out.text(rule(key.onUpdate())).text(rule(key.onDelete()));
                                out.text(table.name()).text(key.parentTable()).end();
                            }
                        }));
    }

    /// The name of the parent's unique key, or null if the parent or the key is not there.
    private static @org.jspecify.annotations.Nullable String parentKey(SystemSession session, ForeignKeyDef key) {
        TableDef parent =
                session.catalog().table(key.parentDatabase(), key.parentTable()).orElse(null);
        if (parent == null) {
            return null;
        }
        for (IndexDef index : parent.indexes()) {
            boolean fits = index.unique()
                    && index.parts().size() == key.parentColumns().size();
            for (int i = 0; fits && i < index.parts().size(); i++) {
                String column =
                        parent.columnById(index.parts().get(i).columnId()).name();
                fits = column.equalsIgnoreCase(key.parentColumns().get(i));
            }
            if (fits) {
                return index.name();
            }
        }
        return null;
    }

    private static String rule(ForeignKeyDef.Action action) {
        return action.name().replace('_', ' ');
    }

    private static SystemTableSpec checks() {
        return SystemTableSpec.schema("CHECK_CONSTRAINTS")
                .text(64, "CONSTRAINT_CATALOG", "CONSTRAINT_SCHEMA", "CONSTRAINT_NAME")
                .longText("CHECK_CLAUSE")
                .rows((session, filter, out) ->
                        SchemaTables.visibleTables(session, filter, "constraint_schema", "", (_, table) -> {
                            for (CheckDef check : table.checks()) {
                                out.text("def").text(table.database()).text(check.name());
                                out.text(check.sql()).end();
                            }
                        }));
    }
}
