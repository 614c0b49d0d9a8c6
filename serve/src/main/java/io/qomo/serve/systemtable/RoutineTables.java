package io.qomo.serve.systemtable;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.sql.parser.SqlWords;
import java.util.List;

/// The words of the grammar, and tables of information_schema about things Qomo does not have yet: those are empty.
final class RoutineTables {
    List<SystemTableSpec> specs() {
        return List.of(
                routines(),
                parameters(),
                triggers(),
                events(),
                files(),
                keywords(),
                tablespaces(),
                allTablespaces(),
                geometryColumns(),
                resourceGroups(),
                optimizerTrace(),
                viewRoutine(),
                statistics());
    }

    private static SystemTableSpec routines() {
        return SystemTableSpec.schema("ROUTINES")
                .text(64, "SPECIFIC_NAME", "ROUTINE_CATALOG", "ROUTINE_SCHEMA", "ROUTINE_NAME", "ROUTINE_TYPE")
                .longText("DATA_TYPE")
                .signed("CHARACTER_MAXIMUM_LENGTH", "CHARACTER_OCTET_LENGTH")
                .integer("NUMERIC_PRECISION", "NUMERIC_SCALE", "DATETIME_PRECISION")
                .optionalText(64, "CHARACTER_SET_NAME", "COLLATION_NAME")
                .longText("DTD_IDENTIFIER")
                .text(8, "ROUTINE_BODY")
                .longText("ROUTINE_DEFINITION")
                .optionalText(64, "EXTERNAL_NAME")
                .text(64, "EXTERNAL_LANGUAGE", "PARAMETER_STYLE", "IS_DETERMINISTIC", "SQL_DATA_ACCESS")
                .optionalText(64, "SQL_PATH")
                .text(64, "SECURITY_TYPE")
                .datetime("CREATED", "LAST_ALTERED")
                .text(520, "SQL_MODE")
                .longText("ROUTINE_COMMENT")
                .text(288, "DEFINER")
                .text(64, "CHARACTER_SET_CLIENT", "COLLATION_CONNECTION", "DATABASE_COLLATION");
    }

    private static SystemTableSpec parameters() {
        return SystemTableSpec.schema("PARAMETERS")
                .text(64, "SPECIFIC_CATALOG", "SPECIFIC_SCHEMA", "SPECIFIC_NAME")
                .number("ORDINAL_POSITION")
                .optionalText(5, "PARAMETER_MODE")
                .optionalText(64, "PARAMETER_NAME")
                .longText("DATA_TYPE")
                .signed("CHARACTER_MAXIMUM_LENGTH", "CHARACTER_OCTET_LENGTH")
                .integer("NUMERIC_PRECISION")
                .signed("NUMERIC_SCALE")
                .integer("DATETIME_PRECISION")
                .optionalText(64, "CHARACTER_SET_NAME", "COLLATION_NAME")
                .longText("DTD_IDENTIFIER")
                .text(9, "ROUTINE_TYPE");
    }

    private static SystemTableSpec triggers() {
        return SystemTableSpec.schema("TRIGGERS")
                .text(64, "TRIGGER_CATALOG", "TRIGGER_SCHEMA", "TRIGGER_NAME", "EVENT_MANIPULATION")
                .text(64, "EVENT_OBJECT_CATALOG", "EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE")
                .integer("ACTION_ORDER")
                .longText("ACTION_CONDITION", "ACTION_STATEMENT")
                .text(64, "ACTION_ORIENTATION", "ACTION_TIMING")
                .optionalText(64, "ACTION_REFERENCE_OLD_TABLE", "ACTION_REFERENCE_NEW_TABLE")
                .text(64, "ACTION_REFERENCE_OLD_ROW", "ACTION_REFERENCE_NEW_ROW")
                .datetime("CREATED")
                .text(520, "SQL_MODE")
                .text(288, "DEFINER")
                .text(64, "CHARACTER_SET_CLIENT", "COLLATION_CONNECTION", "DATABASE_COLLATION");
    }

    private static SystemTableSpec events() {
        return SystemTableSpec.schema("EVENTS")
                .text(64, "EVENT_CATALOG", "EVENT_SCHEMA", "EVENT_NAME")
                .text(288, "DEFINER")
                .text(64, "TIME_ZONE", "EVENT_BODY")
                .longText("EVENT_DEFINITION")
                .text(9, "EVENT_TYPE")
                .datetime("EXECUTE_AT")
                .optionalText(256, "INTERVAL_VALUE")
                .optionalText(18, "INTERVAL_FIELD")
                .text(520, "SQL_MODE")
                .datetime("STARTS", "ENDS")
                .text(21, "STATUS")
                .text(12, "ON_COMPLETION")
                .datetime("CREATED", "LAST_ALTERED", "LAST_EXECUTED")
                .text(2048, "EVENT_COMMENT")
                .integer("ORIGINATOR")
                .text(64, "CHARACTER_SET_CLIENT", "COLLATION_CONNECTION", "DATABASE_COLLATION");
    }

    private static SystemTableSpec files() {
        return SystemTableSpec.schema("FILES")
                .signed("FILE_ID")
                .longText("FILE_NAME")
                .optionalText(256, "FILE_TYPE")
                .text(268, "TABLESPACE_NAME")
                .optionalText(0, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .optionalText(256, "LOGFILE_GROUP_NAME")
                .signed("LOGFILE_GROUP_NUMBER")
                .text(64, "ENGINE")
                .optionalText(0, "FULLTEXT_KEYS", "DELETED_ROWS", "UPDATE_COUNT")
                .signed("FREE_EXTENTS", "TOTAL_EXTENTS", "EXTENT_SIZE", "INITIAL_SIZE", "MAXIMUM_SIZE")
                .signed("AUTOEXTEND_SIZE")
                .optionalText(0, "CREATION_TIME", "LAST_UPDATE_TIME", "LAST_ACCESS_TIME", "RECOVER_TIME")
                .optionalText(0, "TRANSACTION_COUNTER")
                .signed("VERSION")
                .optionalText(256, "ROW_FORMAT")
                .optionalText(0, "TABLE_ROWS", "AVG_ROW_LENGTH", "DATA_LENGTH", "MAX_DATA_LENGTH", "INDEX_LENGTH")
                .signed("DATA_FREE")
                .optionalText(0, "CREATE_TIME", "UPDATE_TIME", "CHECK_TIME", "CHECKSUM")
                .optionalText(256, "STATUS", "EXTRA");
    }

    private static SystemTableSpec keywords() {
        return SystemTableSpec.schema("KEYWORDS")
                .optionalText(128, "WORD")
                .columns(SqlType.integer(TypeKind.INT, false), true, "RESERVED")
                .rows((_, _, out) -> SqlWords.all()
                        .forEach((word, isReserved) ->
                                out.text(word).number(isReserved ? 1 : 0).end()));
    }

    private static SystemTableSpec tablespaces() {
        return SystemTableSpec.schema("TABLESPACES_EXTENSIONS")
                .text(268, "TABLESPACE_NAME")
                .longText("ENGINE_ATTRIBUTE");
    }

    private static SystemTableSpec allTablespaces() {
        return SystemTableSpec.schema("TABLESPACES")
                .text(64, "TABLESPACE_NAME", "ENGINE")
                .optionalText(64, "TABLESPACE_TYPE", "LOGFILE_GROUP_NAME")
                .number("EXTENT_SIZE", "AUTOEXTEND_SIZE", "MAXIMUM_SIZE", "NODEGROUP_ID")
                .optionalText(2048, "TABLESPACE_COMMENT");
    }

    private static SystemTableSpec geometryColumns() {
        return SystemTableSpec.schema("ST_GEOMETRY_COLUMNS")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .optionalText(64, "COLUMN_NAME")
                .optionalText(80, "SRS_NAME")
                .integer("SRS_ID")
                .longText("GEOMETRY_TYPE_NAME");
    }

    private static SystemTableSpec resourceGroups() {
        return SystemTableSpec.schema("RESOURCE_GROUPS")
                .text(64, "RESOURCE_GROUP_NAME")
                .text(6, "RESOURCE_GROUP_TYPE")
                .columns(SqlType.integer(TypeKind.TINYINT, false), false, "RESOURCE_GROUP_ENABLED")
                .columns(SqlType.string(TypeKind.BLOB, -1, Collation.BINARY), true, "VCPU_IDS")
                .columns(SqlType.INT, false, "THREAD_PRIORITY");
    }

    private static SystemTableSpec optimizerTrace() {
        return SystemTableSpec.schema("OPTIMIZER_TRACE")
                .longText("QUERY", "TRACE")
                .columns(SqlType.INT, false, "MISSING_BYTES_BEYOND_MAX_MEM_SIZE")
                .columns(SqlType.integer(TypeKind.TINYINT, false), false, "INSUFFICIENT_PRIVILEGES");
    }

    private static SystemTableSpec viewRoutine() {
        return SystemTableSpec.schema("VIEW_ROUTINE_USAGE")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .text(64, "SPECIFIC_CATALOG", "SPECIFIC_SCHEMA", "SPECIFIC_NAME");
    }

    private static SystemTableSpec statistics() {
        return SystemTableSpec.schema("COLUMN_STATISTICS")
                .text(64, "SCHEMA_NAME", "TABLE_NAME", "COLUMN_NAME")
                .longText("HISTOGRAM");
    }
}
