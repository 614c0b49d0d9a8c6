package io.qomo.serve.systemtable;

import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.serve.schema.TypeText;
import java.util.List;

/// COLUMNS and STATISTICS of information_schema.
final class ColumnTables {
    List<SystemTableSpec> specs() {
        return List.of(columns(), extensions(), statistics());
    }

    private static SystemTableSpec columns() {
        return SystemTableSpec.schema("COLUMNS")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .optionalText(64, "COLUMN_NAME")
                .integer("ORDINAL_POSITION")
                .longText("COLUMN_DEFAULT")
                .text(3, "IS_NULLABLE")
                .longText("DATA_TYPE")
                .signed("CHARACTER_MAXIMUM_LENGTH", "CHARACTER_OCTET_LENGTH")
                .number("NUMERIC_PRECISION", "NUMERIC_SCALE")
                .integer("DATETIME_PRECISION")
                .optionalText(64, "CHARACTER_SET_NAME", "COLLATION_NAME")
                .longText("COLUMN_TYPE")
                .text(3, "COLUMN_KEY")
                .optionalText(256, "EXTRA")
                .optionalText(154, "PRIVILEGES")
                .longText("COLUMN_COMMENT", "GENERATION_EXPRESSION")
                .integer("SRS_ID")
                .rows((session, filter, out) ->
                        SchemaTables.visibleTables(session, filter, "table_schema", "table_name", (_, table) -> {
                            int position = 0;
                            for (ColumnDef column : table.columns()) {
                                if (column.visibility() == ColumnDef.Visibility.HIDDEN) {
                                    continue;
                                }
                                position++;
                                String privileges = ColumnFacts.privileges(session.access(), table, column);
                                if (filter.wants("column_name", column.name()) && !privileges.isEmpty()) {
                                    add(table, column, position, privileges, out);
                                }
                            }
                        }));
    }

    private static void add(TableDef table, ColumnDef column, int position, String privileges, RowSink out) {
        SqlType type = column.type();
        out.text("def")
                .text(table.database())
                .text(table.name())
                .text(column.name())
                .number(position);
        out.text(ColumnFacts.defaultText(column)).yesNo(column.nullable()).text(TypeText.name(type));
        out.notNegative(ColumnFacts.maxCharacters(type)).notNegative(ColumnFacts.maxBytes(type));
        out.notNegative(ColumnFacts.precision(type)).notNegative(ColumnFacts.scale(type));
        out.notNegative(ColumnFacts.fractionDigits(type));
        if (ColumnFacts.hasCharset(type)) {
            out.text(type.collation().charset().sqlName()).text(type.collation().sqlName());
        } else {
            out.nothing().nothing();
        }
        out.text(ColumnFacts.columnType(column)).text(ColumnFacts.key(table, column));
        out.text(ColumnFacts.extra(column)).text(privileges).text(column.comment());
        out.text(column.generatedSql() == null ? "" : column.generatedSql())
                .nothing()
                .end();
    }

    private static SystemTableSpec extensions() {
        return SystemTableSpec.schema("COLUMNS_EXTENSIONS")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "COLUMN_NAME")
                .longText("ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE");
    }

    private static SystemTableSpec statistics() {
        return SystemTableSpec.schema("STATISTICS")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .columns(SqlType.INT, false, "NON_UNIQUE")
                .text(64, "INDEX_SCHEMA")
                .optionalText(64, "INDEX_NAME")
                .integer("SEQ_IN_INDEX")
                .optionalText(64, "COLUMN_NAME")
                .optionalText(1, "COLLATION")
                .signed("CARDINALITY", "SUB_PART")
                .optionalText(0, "PACKED")
                .text(3, "NULLABLE")
                .text(11, "INDEX_TYPE")
                .text(8, "COMMENT")
                .text(2048, "INDEX_COMMENT")
                .text(3, "IS_VISIBLE")
                .longText("EXPRESSION")
                .rows((session, filter, out) ->
                        SchemaTables.visibleTables(session, filter, "table_schema", "table_name", (_, table) -> {
                            for (IndexDef index : ColumnFacts.visibleIndexes(table)) {
                                if (filter.wants("index_name", index.name())) {
                                    addIndex(session, table, index, out);
                                }
                            }
                        }));
    }

    private static void addIndex(SystemSession session, TableDef table, IndexDef index, RowSink out) {
        TableStatistics statistics = session.catalog().statistics(table);
        for (int i = 0; i < index.parts().size(); i++) {
            IndexDef.Part part = index.parts().get(i);
            ColumnDef column = table.columnById(part.columnId());
            boolean isExpression = column.visibility() == ColumnDef.Visibility.HIDDEN;
            out.text("def").text(table.database()).text(table.name()).number(index.unique() ? 0 : 1);
            out.text(table.database()).text(index.name()).number(i + 1L);
            out.text(isExpression ? null : column.name()).text(part.descending() ? "D" : "A");
            out.number(ColumnFacts.cardinality(statistics, index, i))
                    .optional(part.prefixLength() > 0 ? (long) part.prefixLength() : null);
            out.nothing().text(column.nullable() ? "YES" : "");
            out.text(index.kind().name()).text("").text(index.comment()).yesNo(index.visible());
            out.text(isExpression ? column.generatedSql() : null).end();
        }
    }
}
