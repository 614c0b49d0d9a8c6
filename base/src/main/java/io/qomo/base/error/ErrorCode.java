package io.qomo.base.error;

import java.util.Locale;

/// Every error a client can be told about, with MySQL's number, SQLSTATE and text.
///
/// Source: MySQL 8.0 Error Message Reference (server errors). A new code is added only if a caller can act on it.
/// Entries are grouped by SQLSTATE class; several may share a number where MySQL words one number in several ways.
public enum ErrorCode {
    // -- 00, 01: notes and warnings
    NOT_SUPPORTED_YET(1235, "42000", Kind.USER, "This version of Qomo doesn't yet support '%s'"),
    WARN_DATA_TRUNCATED(1265, "01000", Kind.USER, "Data truncated for column '%s' at row %d"),
    NOTE_DATA_TRUNCATED(1265, "01000", Kind.USER, "Data truncated for column '%s' at row %d"),
    WARN_DATA_OUT_OF_RANGE(1264, "22003", Kind.USER, "Out of range value for column '%s' at row %d"),
    TRUNCATED_WRONG_VALUE(1292, "22007", Kind.USER, "Truncated incorrect %s value: '%s'"),
    INCORRECT_VALUE(1292, "22007", Kind.USER, "Incorrect %s value: '%s'"),
    DATETIME_FUNCTION_OVERFLOW(1441, "22008", Kind.USER, "Datetime function: %s field overflow"),
    INCORRECT_DATETIME_LITERAL(1525, "HY000", Kind.USER, "Incorrect %s value: '%s'"),
    INCORRECT_VALUE_FOR_COLUMN(1292, "22007", Kind.USER, "Incorrect %s value: '%s' for column '%s' at row %d"),
    TRUNCATED_WRONG_VALUE_FOR_FIELD(1366, "HY000", Kind.USER, "Incorrect %s value: '%s' for column '%s' at row %d"),
    WARN_TOO_FEW_RECORDS(1261, "01000", Kind.USER, "Row %d doesn't contain data for all columns"),
    WARN_TOO_MANY_RECORDS(
            1262, "01000", Kind.USER, "Row %d was truncated; it contained more data than there were input columns"),
    WARN_NULL_TO_NOTNULL(
            1263, "22004", Kind.USER, "Column set to default value; NULL supplied to NOT NULL column '%s' at row %d"),
    AMBIGUOUS_FIELD_TERMINATOR(
            1475,
            "HY000",
            Kind.USER,
            "First character of the FIELDS TERMINATED string is ambiguous; please use non-optional and non-empty FIELDS"
                    + " ENCLOSED BY"),
    WARN_DEPRECATED_SYNTAX(
            1287,
            "HY000",
            Kind.USER,
            "'%s' is deprecated and will be removed in a future release. Please use %s instead"),
    WARN_NO_EFFECT(1478, "HY000", Kind.USER, "'%s' is accepted for compatibility and has no effect in Qomo"),
    LEGACY_SYNTAX_CONVERTED(3005, "HY000", Kind.USER, "%s is no longer supported. The statement was converted to %s."),
    CAST_COMPLEMENT(1105, "HY000", Kind.USER, "Cast to %s converted %s to it's %s complement"),
    DIVISION_BY_ZERO(1365, "22012", Kind.USER, "Division by 0"),
    CUT_VALUE_GROUP_CONCAT(1260, "HY000", Kind.USER, "Row %d was cut by GROUP_CONCAT()"),
    UNKNOWN_TABLE_NOTE(1051, "42S02", Kind.USER, "Unknown table '%s'"),
    SP_DOES_NOT_EXIST(1305, "42000", Kind.USER, "%s %s does not exist"),
    DUPLICATE_INDEX_NOTE(
            1831,
            "HY000",
            Kind.USER,
            "Duplicate index '%s' defined on the table '%s.%s'. This is deprecated and will be disallowed in a future release."),
    WARN_ALLOWED_PACKET_OVERFLOWED(
            1301, "HY000", Kind.USER, "Result of %s() was larger than max_allowed_packet (%d) - truncated"),
    INVALID_ARGUMENT_FOR_LOGARITHM(3020, "2201E", Kind.USER, "Invalid argument for logarithm"),
    /// The note of EXPLAIN: the statement as it was understood.
    EXPLAINED(1003, "HY000", Kind.USER, "%s"),
    UNKNOWN_EXPLAIN_FORMAT(1791, "HY000", Kind.USER, "Unknown EXPLAIN format name: '%s'"),
    /// The warning of a hint comment that cannot be read.
    OPTIMIZER_HINT_SYNTAX(1064, "42000", Kind.USER, "Optimizer hint syntax error near '%s' at line 1"),
    UNRESOLVED_HINT_NAME(3128, "HY000", Kind.USER, "Unresolved name %s for %s hint"),
    WARN_OPTIMIZER_HINT(3126, "HY000", Kind.USER, "Hint %s is ignored as conflicting/duplicated"),
    // -- 02
    NO_DATA(1329, "02000", Kind.USER, "No data - zero rows fetched, selected, or processed"),
    // -- 08: connection
    TOO_MANY_CONNECTIONS(1040, "08004", Kind.RESOURCE, "Too many connections"),
    BAD_HANDSHAKE(1043, "08S01", Kind.USER, "Bad handshake"),
    UNKNOWN_COMMAND(1047, "08S01", Kind.USER, "Unknown command"),
    SERVER_SHUTDOWN(1053, "08S01", Kind.UNAVAILABLE, "Server shutdown in progress"),
    PACKET_TOO_LARGE(1153, "08S01", Kind.USER, "Got a packet bigger than 'max_allowed_packet' bytes"),
    MALFORMED_PACKET(1835, "HY000", Kind.USER, "Malformed communication packet."),
    PACKETS_OUT_OF_ORDER(1156, "08S01", Kind.USER, "Got packets out of order"),
    UNCOMPRESS_ERROR(1157, "08S01", Kind.USER, "Couldn't uncompress communication packet"),
    HOST_NOT_PRIVILEGED(1130, "HY000", Kind.USER, "Host '%s' is not allowed to connect to this MySQL server"),
    AUTH_NOT_SUPPORTED(
            1251,
            "08004",
            Kind.USER,
            "Client does not support authentication protocol requested by server; consider upgrading MySQL client"),
    CLIENT_INTERACTION_TIMEOUT(
            4031,
            "HY000",
            Kind.USER,
            "The client was disconnected by the server because of inactivity. See wait_timeout and interactive_timeout for configuring this behavior."),
    // -- 21, 22: cardinality and data
    WRONG_VALUE_COUNT(1058, "21S01", Kind.USER, "Column count doesn't match value count"),
    WRONG_VALUE_COUNT_ON_ROW(1136, "21S01", Kind.USER, "Column count doesn't match value count at row %d"),
    OPERAND_COLUMNS(1241, "21000", Kind.USER, "Operand should contain %d column(s)"),
    WRONG_NUMBER_OF_COLUMNS_IN_SELECT(
            1222, "21000", Kind.USER, "The used SELECT statements have a different number of columns"),
    SUBQUERY_NO_1_ROW(1242, "21000", Kind.USER, "Subquery returns more than 1 row"),
    DATA_TOO_LONG(1406, "22001", Kind.USER, "Data too long for column '%s' at row %d"),
    DATA_OUT_OF_RANGE(1690, "22003", Kind.USER, "%s value is out of range in '%s'"),
    INVALID_JSON_TEXT(3140, "22032", Kind.USER, "Invalid JSON text: \"%s\" at position %d in value for column '%s'."),
    INVALID_JSON_TEXT_IN_PARAM(
            3141, "22032", Kind.USER, "Invalid JSON text in argument %d to function %s: \"%s\" at position %d."),
    INVALID_USER_ATTRIBUTE_JSON(3969, "HY000", Kind.USER, "The user attribute must be a valid JSON object"),
    INVALID_JSON_PATH(
            3143, "42000", Kind.USER, "Invalid JSON path expression. The error is around character position %d."),
    INVALID_JSON_CHARSET(3144, "22032", Kind.USER, "Cannot create a JSON value from a string with CHARACTER SET '%s'."),
    INVALID_JSON_TYPE(
            3146,
            "22032",
            Kind.USER,
            "Invalid data type for JSON data in argument %d to function %s; a JSON string or JSON type is required."),
    INVALID_JSON_ARGUMENT_TYPE(
            3853, "22032", Kind.USER, "Invalid JSON type in argument %d to function %s; an %s is required."),
    INVALID_CAST_TO_JSON(
            3147, "22032", Kind.USER, "Invalid data type for JSON data; a JSON string or JSON type is required."),
    INVALID_JSON_PATH_WILDCARD(
            3149,
            "42000",
            Kind.USER,
            "In this situation, path expressions may not contain the * and ** tokens or an array range."),
    JSON_NULL_KEY(3158, "22032", Kind.USER, "JSON documents may not contain NULL member names."),
    JSON_BAD_ONE_OR_ALL_ARG(
            3154, "42000", Kind.USER, "The oneOrAll argument to %s may take these values: 'one' or 'all'."),
    JSON_KEY_TOO_BIG(3151, "22032", Kind.USER, "The JSON object contains a key name that is too long."),
    JSON_VACUOUS_PATH(3153, "42000", Kind.USER, "The path expression '$' is not allowed in this context."),
    INVALID_JSON_PATH_ARRAY_CELL(3165, "42000", Kind.USER, "A path expression is not a path to a cell in an array."),
    JSON_DOCUMENT_TOO_DEEP(3157, "22032", Kind.USER, "The JSON document exceeds the maximum depth."),
    INVALID_JSON_VALUE_FOR_CAST(3156, "22018", Kind.USER, "Invalid JSON value for CAST to %s from column %s at row %d"),
    NUMERIC_JSON_VALUE_OUT_OF_RANGE(
            3169, "22003", Kind.USER, "Out of range JSON value for CAST to %s from column %s at row %d"),
    MISSING_JSON_VALUE(3966, "22035", Kind.USER, "No value was found by '%s' on the specified path."),
    MULTIPLE_JSON_VALUES(3967, "22034", Kind.USER, "More than one value was found by '%s' on the specified path."),
    MISSING_JSON_TABLE_VALUE(3665, "22035", Kind.USER, "Missing value for JSON_TABLE column '%s'"),
    WRONG_JSON_TABLE_VALUE(
            3666, "2203F", Kind.USER, "Can't store an array or an object in the scalar JSON_TABLE column '%s'"),
    JSON_TABLE_VALUE_OUT_OF_RANGE(3669, "22003", Kind.USER, "Value is out of range for JSON_TABLE's column '%s'"),
    JSON_USED_AS_KEY(
            3152,
            "42000",
            Kind.USER,
            "JSON column '%s' supports indexing only via generated columns on a specified JSON path."),
    ZLIB_DATA_ERROR(1259, "HY000", Kind.USER, "ZLIB: Input data corrupted"),
    AES_INVALID_IV(
            1882,
            "HY000",
            Kind.USER,
            "The initialization vector supplied to %s is too short. Must be at least %d bytes long"),
    WRONG_VALUE_FOR_TYPE(1411, "HY000", Kind.USER, "Incorrect %s value: '%s' for function %s"),
    INVALID_BITWISE_OPERANDS_SIZE(
            3513, "HY000", Kind.USER, "Binary operands of bitwise operators must be of equal length"),
    REGEXP_ILLEGAL_ARGUMENT(3685, "HY000", Kind.USER, "Illegal argument to a regular expression."),
    REGEXP_INDEX_OUTOFBOUNDS(3686, "HY000", Kind.USER, "Index out of bounds in regular expression search."),
    REGEXP_STACK_OVERFLOW(3698, "HY000", Kind.USER, "Overflow in the regular expression backtrack stack."),
    REGEXP_INVALID_CAPTURE_GROUP_NAME(3887, "HY000", Kind.USER, "A capture group has an invalid name."),
    CHARACTER_SET_MISMATCH(
            3995, "HY000", Kind.USER, "Character set '%s' cannot be used in conjunction with '%s' in call to %s."),
    REGEXP_INTERNAL_ERROR(3687, "HY000", Kind.USER, "Internal error in the regular expression library."),
    REGEXP_RULE_SYNTAX(3688, "HY000", Kind.USER, "Syntax error in regular expression on line %d, character %d."),
    REGEXP_BAD_ESCAPE_SEQUENCE(3689, "HY000", Kind.USER, "Unrecognized escape sequence in regular expression."),
    REGEXP_MISMATCHED_PAREN(3691, "HY000", Kind.USER, "Mismatched parenthesis in regular expression."),
    REGEXP_BAD_INTERVAL(3692, "HY000", Kind.USER, "Incorrect description of a {min,max} interval."),
    REGEXP_MAX_LT_MIN(3693, "HY000", Kind.USER, "The maximum is less than the minumum in a {min,max} interval."),
    REGEXP_INVALID_BACK_REF(3694, "HY000", Kind.USER, "Invalid back-reference in regular expression."),
    REGEXP_LOOK_BEHIND_LIMIT(
            3695, "HY000", Kind.USER, "The look-behind assertion exceeds the limit in regular expression."),
    REGEXP_MISSING_CLOSE_BRACKET(
            3696, "HY000", Kind.USER, "The regular expression contains an unclosed bracket expression."),
    REGEXP_INVALID_RANGE(
            3697,
            "HY000",
            Kind.USER,
            "The regular expression contains an [x-y] character range where x comes after y."),
    REGEXP_INVALID_FLAG(3900, "HY000", Kind.USER, "Invalid match mode flag in regular expression."),
    PARSE_ERROR_IN_DIGEST_FN(3676, "HY000", Kind.USER, "Could not parse argument to digest function: \"%s\"."),
    REGEXP_TIME_OUT(3699, "HY000", Kind.USER, "Timeout exceeded in regular expression match."),
    INVALID_CHARACTER_STRING(1300, "HY000", Kind.USER, "Invalid %s character string: '%s'"),
    CANNOT_CONVERT_CHARACTER(3854, "HY000", Kind.USER, "Cannot convert string '%s' from %s to %s"),
    // -- 23: integrity
    BAD_NULL(1048, "23000", Kind.USER, "Column '%s' cannot be null"),
    NON_UNIQUE_COLUMN(1052, "23000", Kind.USER, "Column '%s' in %s is ambiguous"),
    DUPLICATE_KEY(1022, "23000", Kind.USER, "Can't write; duplicate key in table '%s'"),
    DUPLICATE_ENTRY(1062, "23000", Kind.USER, "Duplicate entry '%s' for key '%s'"),
    ROW_IS_REFERENCED(
            1451, "23000", Kind.USER, "Cannot delete or update a parent row: a foreign key constraint fails (%s)"),
    NO_REFERENCED_ROW(
            1452, "23000", Kind.USER, "Cannot add or update a child row: a foreign key constraint fails (%s)"),
    FK_CANNOT_OPEN_PARENT(1824, "HY000", Kind.USER, "Failed to open the referenced table '%s'"),
    FK_NO_INDEX_PARENT(
            1822,
            "HY000",
            Kind.USER,
            "Failed to add the foreign key constraint. Missing index for constraint '%s' in the referenced table '%s'"),
    FK_INCOMPATIBLE_COLUMNS(
            3780,
            "HY000",
            Kind.USER,
            "Referencing column '%s' and referenced column '%s' in foreign key constraint '%s' are incompatible."),
    WRONG_FK_OPTION_FOR_GENERATED_COLUMN(
            3104, "HY000", Kind.USER, "Cannot define foreign key with %s clause on a generated column."),
    FOREIGN_KEY_ON_BASE_OF_STORED_COLUMN(
            3192, "HY000", Kind.USER, "Cannot add foreign key on the base column of stored column."),
    FK_COLUMN_CANNOT_DROP(1828, "HY000", Kind.USER, "Cannot drop column '%s': needed in a foreign key constraint '%s'"),
    FK_COLUMN_CANNOT_DROP_CHILD(
            1829, "HY000", Kind.USER, "Cannot drop column '%s': needed in a foreign key constraint '%s' of table '%s'"),
    FK_COLUMN_CANNOT_CHANGE(
            1832, "HY000", Kind.USER, "Cannot change column '%s': used in a foreign key constraint '%s'"),
    FK_COLUMN_CANNOT_CHANGE_CHILD(
            1833, "HY000", Kind.USER, "Cannot change column '%s': used in a foreign key constraint '%s' of table '%s'"),
    FK_CANNOT_DROP_PARENT(
            3730,
            "HY000",
            Kind.USER,
            "Cannot drop table '%s' referenced by a foreign key constraint '%s' on table '%s'."),
    FK_DUPLICATE_NAME(1826, "HY000", Kind.USER, "Duplicate foreign key constraint name '%s'"),
    FK_DEPTH_EXCEEDED(3008, "HY000", Kind.USER, "Foreign key cascade delete/update exceeds max depth of %d."),
    FK_INDEX_NEEDED(1553, "HY000", Kind.USER, "Cannot drop index '%s': needed in a foreign key constraint"),
    TRUNCATE_ILLEGAL_FK(
            1701, "42000", Kind.USER, "Cannot truncate a table referenced in a foreign key constraint (%s)"),
    WRONG_FK_DEF(1239, "42000", Kind.USER, "Incorrect foreign key definition for '%s': %s"),
    CHECK_CONSTRAINT_VIOLATED(3819, "HY000", Kind.USER, "Check constraint '%s' is violated."),
    CHECK_CONSTRAINT_DUPLICATE(3822, "HY000", Kind.USER, "Duplicate check constraint name '%s'."),
    CHECK_CONSTRAINT_NOT_FOUND(3821, "HY000", Kind.USER, "Check constraint '%s' is not found in the table."),
    CHECK_NOT_BOOLEAN(
            3812, "HY000", Kind.USER, "An expression of non-boolean type specified to a check constraint '%s'."),
    CHECK_FUNCTION_NOT_ALLOWED(
            3814, "HY000", Kind.USER, "An expression of a check constraint '%s' contains disallowed function: %s."),
    CHECK_REFERS_UNKNOWN_COLUMN(3820, "HY000", Kind.USER, "Check constraint '%s' refers to non-existing column '%s'."),
    CONSTRAINT_NOT_FOUND(3940, "HY000", Kind.USER, "Constraint '%s' does not exist."),
    VIEW_CHECK_FAILED(1369, "44000", Kind.USER, "CHECK OPTION failed '%s.%s'"),
    NO_DEFAULT_FOR_FIELD(1364, "HY000", Kind.USER, "Field '%s' doesn't have a default value"),
    AUTO_INCREMENT_EXHAUSTED(1467, "HY000", Kind.USER, "Failed to read auto-increment value from storage engine"),
    NON_DEFAULT_GENERATED_VALUE(
            3105, "HY000", Kind.USER, "The value specified for generated column '%s' in table '%s' is not allowed."),
    // -- 25: transaction state
    CANT_CHANGE_TX_CHARACTERISTICS(
            1568,
            "25001",
            Kind.USER,
            "Transaction characteristics can't be changed while a transaction is in progress"),
    READ_ONLY_TRANSACTION(1792, "25006", Kind.USER, "Cannot execute statement in a READ ONLY transaction."),
    // -- 28: authorization
    ACCESS_DENIED(1045, "28000", Kind.USER, "Access denied for user '%s'@'%s' (using password: %s)"),
    // -- 3D, 40, 41
    NO_DATABASE_SELECTED(1046, "3D000", Kind.USER, "No database selected"),
    DEADLOCK(1213, "40001", Kind.CONFLICT, "Deadlock found when trying to get lock; try restarting transaction"),
    /// The last argument: why no key was used, or empty.
    UPDATE_WITHOUT_KEY_IN_SAFE_MODE(
            1175,
            "HY000",
            Kind.USER,
            "You are using safe update mode and you tried to update a table without a WHERE that uses a KEY column. %s"),
    LOCK_WAIT_TIMEOUT(1205, "HY000", Kind.CONFLICT, "Lock wait timeout exceeded; try restarting transaction"),
    LOCK_NOWAIT(
            3572,
            "HY000",
            Kind.CONFLICT,
            "Statement aborted because lock(s) could not be acquired immediately and NOWAIT is set."),
    UNRESOLVED_TABLE_LOCK(3568, "HY000", Kind.USER, "Unresolved table name %s in locking clause."),
    SAVEPOINT_DOES_NOT_EXIST(1305, "42000", Kind.USER, "SAVEPOINT %s does not exist"),
    USER_LOCK_DEADLOCK(
            3058,
            "HY000",
            Kind.CONFLICT,
            "Deadlock found when trying to get user-level lock; try rolling back transaction/releasing locks and restarting lock acquisition."),
    USER_LOCK_WRONG_NAME(3057, "42000", Kind.USER, "Incorrect user-level lock name '%s'."),
    TRANSACTION_TOO_LARGE(
            1197,
            "HY000",
            Kind.RESOURCE,
            "Multi-statement transaction required more than '%s' bytes of storage; write less in one transaction, or start the server with more --memory"),
    UNKNOWN_OUTCOME(1180, "HY000", Kind.UNKNOWN_OUTCOME, "Got error %s during COMMIT: the outcome is unknown"),
    // -- 42: syntax and access
    PARSE_ERROR(
            1064,
            "42000",
            Kind.USER,
            "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '%s' at line %d"),
    EMPTY_QUERY(1065, "42000", Kind.USER, "Query was empty"),
    CANT_CREATE_USER_WITH_GRANT(1410, "42000", Kind.USER, "You are not allowed to create a user with GRANT"),
    ILLEGAL_GRANT_FOR_TABLE(
            1144,
            "42000",
            Kind.USER,
            "Illegal GRANT/REVOKE command; please consult the manual to see which privileges can be used"),
    ILLEGAL_PRIVILEGE_LEVEL(3619, "HY000", Kind.USER, "Illegal privilege level specified for %s"),
    UNKNOWN_DYNAMIC_PRIVILEGE(3929, "HY000", Kind.USER, "Dynamic privilege '%s' is not registered with the server."),
    USER_ALREADY_EXISTS_NOTE(3163, "HY000", Kind.USER, "Authorization ID %s already exists."),
    USER_DOES_NOT_EXIST_NOTE(3162, "HY000", Kind.USER, "Authorization ID %s does not exist."),
    ROLE_GRANTED_TO_ITSELF(
            3713,
            "HY000",
            Kind.USER,
            "User account %s is directly or indirectly granted to the role %s. The GRANT would create a loop"),
    PASSWORD_FORMAT(1827, "HY000", Kind.USER, "The password hash doesn't have the expected format."),
    USER_ACCESS_DENIED(1698, "28000", Kind.USER, "Access denied for user '%s'@'%s'"),
    TOO_MANY_USER_CONNECTIONS(
            1203, "42000", Kind.RESOURCE, "User %s already has more than 'max_user_connections' active connections"),
    USER_LIMIT_REACHED(1226, "42000", Kind.RESOURCE, "User '%s' has exceeded the '%s' resource (current value: %d)"),
    DB_ACCESS_DENIED(1044, "42000", Kind.USER, "Access denied for user '%s'@'%s' to database '%s'"),
    NO_SUCH_DEFINER(1449, "HY000", Kind.USER, "The user specified as a definer ('%s'@'%s') does not exist"),
    VIEW_NO_EXPLAIN(
            1345, "HY000", Kind.USER, "EXPLAIN/SHOW can not be issued; lacking privileges for underlying table"),
    TABLE_ACCESS_DENIED(1142, "42000", Kind.USER, "%s command denied to user '%s'@'%s' for table '%s'"),
    COLUMN_ACCESS_DENIED(1143, "42000", Kind.USER, "%s command denied to user '%s'@'%s' for column '%s' in table '%s'"),
    SPECIFIC_ACCESS_DENIED(
            1227,
            "42000",
            Kind.USER,
            "Access denied; you need (at least one of) the %s privilege(s) for this operation"),
    NONEXISTING_GRANT(1141, "42000", Kind.USER, "There is no such grant defined for user '%s' on host '%s'"),
    NONEXISTING_TABLE_GRANT(
            1147, "42000", Kind.USER, "There is no such grant defined for user '%s' on host '%s' on table '%s'"),
    CANNOT_USER(1396, "HY000", Kind.USER, "Operation %s failed for %s"),
    PASSWORD_NO_MATCH(1133, "42000", Kind.USER, "Can't find any matching row in the user table"),
    ROLE_NOT_GRANTED(3530, "HY000", Kind.USER, "%s is not granted to %s"),
    UNKNOWN_AUTH_ID(3523, "HY000", Kind.USER, "Unknown authorization ID %s"),
    MUST_CHANGE_PASSWORD(
            1820,
            "HY000",
            Kind.USER,
            "You must reset your password using ALTER USER statement before executing this statement."),
    MUST_CHANGE_PASSWORD_LOGIN(
            1862,
            "HY000",
            Kind.USER,
            "Your password has expired. To log in you must change it using a client that supports expired passwords."),
    ACCOUNT_LOCKED(3118, "HY000", Kind.USER, "Access denied for user '%s'@'%s'. Account is locked."),
    SECURE_TRANSPORT_REQUIRED(
            3159,
            "HY000",
            Kind.USER,
            "Connections using insecure transport are prohibited while --require_secure_transport=ON."),
    PLUGIN_NOT_LOADED(1524, "HY000", Kind.USER, "Plugin '%s' is not loaded"),
    UNKNOWN_DATABASE(1049, "42000", Kind.USER, "Unknown database '%s'"),
    DATABASE_EXISTS(1007, "HY000", Kind.USER, "Can't create database '%s'; database exists"),
    DATABASE_DROP_EXISTS(1008, "HY000", Kind.USER, "Can't drop database '%s'; database doesn't exist"),
    TABLE_EXISTS(1050, "42S01", Kind.USER, "Table '%s' already exists"),
    BAD_TABLE(1051, "42S02", Kind.USER, "Unknown table '%s'"),
    NO_SUCH_TABLE(1146, "42S02", Kind.USER, "Table '%s.%s' doesn't exist"),
    WRONG_OBJECT(1347, "HY000", Kind.USER, "'%s.%s' is not %s"),
    BAD_FIELD(1054, "42S22", Kind.USER, "Unknown column '%s' in '%s'"),
    TABLE_NAME_NOT_ALLOWED_HERE(1250, "42000", Kind.USER, "Table '%s' from one of the %ss cannot be used in %s"),
    WRONG_FIELD_WITH_GROUP(
            1055,
            "42000",
            Kind.USER,
            "Expression #%d of %s is not in GROUP BY clause and contains nonaggregated column '%s' which is not functionally dependent on columns in GROUP BY clause; this is incompatible with sql_mode=only_full_group_by"),
    MIX_OF_GROUP_FUNC_AND_FIELDS(
            1140,
            "42000",
            Kind.USER,
            "In aggregated query without GROUP BY, expression #%d of %s contains nonaggregated column '%s'; this is incompatible with sql_mode=only_full_group_by"),
    FIELD_IN_ORDER_NOT_SELECT(
            3065,
            "HY000",
            Kind.USER,
            "Expression #%d of ORDER BY clause is not in SELECT list, references column '%s' which is not in SELECT list; this is incompatible with DISTINCT"),
    WRONG_GROUP_FIELD(1056, "42000", Kind.USER, "Can't group on '%s'"),
    INVALID_GROUP_FUNC_USE(1111, "HY000", Kind.USER, "Invalid use of group function"),
    INVALID_WINDOW_FUNC_USE(3593, "HY000", Kind.USER, "You cannot use the window function '%s' in this context."),
    WINDOW_ALIAS_USE(
            3594,
            "HY000",
            Kind.USER,
            "You cannot use the alias '%s' of an expression containing a window function in this context.'"),
    UNKNOWN_WINDOW(3579, "HY000", Kind.USER, "Window name '%s' is not defined."),
    WINDOW_CIRCULARITY(3580, "HY000", Kind.USER, "There is a circularity in the window dependency graph."),
    WINDOW_NO_CHILD_PARTITIONING(
            3581, "HY000", Kind.USER, "A window which depends on another cannot define partitioning."),
    WINDOW_NO_INHERIT_FRAME(
            3582, "HY000", Kind.USER, "Window '%s' has a frame definition, so cannot be referenced by another window."),
    WINDOW_NO_REDEFINE_ORDER_BY(
            3583, "HY000", Kind.USER, "Window '%s' cannot inherit '%s' since both contain an ORDER BY clause."),
    WINDOW_FRAME_START_ILLEGAL(3584, "HY000", Kind.USER, "Window '%s': frame start cannot be UNBOUNDED FOLLOWING."),
    WINDOW_FRAME_END_ILLEGAL(3585, "HY000", Kind.USER, "Window '%s': frame end cannot be UNBOUNDED PRECEDING."),
    WINDOW_FRAME_ILLEGAL(3586, "HY000", Kind.USER, "Window '%s': frame start or end is negative, NULL or non-integral"),
    WINDOW_RANGE_FRAME_ORDER_TYPE(
            3587,
            "HY000",
            Kind.USER,
            "Window '%s' with RANGE N PRECEDING/FOLLOWING frame requires exactly one ORDER BY expression, of numeric or temporal type"),
    WINDOW_RANGE_FRAME_TEMPORAL_TYPE(
            3588,
            "HY000",
            Kind.USER,
            "Window '%s' with RANGE frame has ORDER BY expression of datetime type. Only INTERVAL bound value allowed."),
    WINDOW_RANGE_FRAME_NUMERIC_TYPE(
            3589,
            "HY000",
            Kind.USER,
            "Window '%s' with RANGE frame has ORDER BY expression of numeric type, INTERVAL bound value not allowed."),
    WINDOW_DUPLICATE_NAME(3591, "HY000", Kind.USER, "Window '%s' is defined twice."),
    WINDOW_ILLEGAL_ORDER_BY(
            3592,
            "HY000",
            Kind.USER,
            "Window '%s': ORDER BY or PARTITION BY uses legacy position indication which is not supported, use expression."),
    FIELD_IN_GROUPING_NOT_GROUP_BY(3602, "HY000", Kind.USER, "Argument #%d of GROUPING function is not in GROUP BY"),
    NO_TABLES_USED(1096, "HY000", Kind.USER, "No tables used"),
    NON_UNIQUE_TABLE(1066, "42000", Kind.USER, "Not unique table/alias: '%s'"),
    UNKNOWN_TABLE_IN(1109, "42S02", Kind.USER, "Unknown table '%s' in %s"),
    DUPLICATE_FIELD_NAME(1060, "42S21", Kind.USER, "Duplicate column name '%s'"),
    DUPLICATE_KEY_NAME(1061, "42000", Kind.USER, "Duplicate key name '%s'"),
    WRONG_FIELD_SPEC(1063, "42000", Kind.USER, "Incorrect column specifier for column '%s'"),
    MULTIPLE_PRIMARY_KEY(1068, "42000", Kind.USER, "Multiple primary key defined"),
    TOO_MANY_KEYS(1069, "42000", Kind.USER, "Too many keys specified; max %d keys allowed"),
    TOO_MANY_KEY_PARTS(1070, "42000", Kind.USER, "Too many key parts specified; max %d parts allowed"),
    TOO_LONG_KEY(1071, "42000", Kind.USER, "Specified key was too long; max key length is %d bytes"),
    KEY_COLUMN_DOES_NOT_EXIST(1072, "42000", Kind.USER, "Key column '%s' doesn't exist in table"),
    BLOB_KEY_WITHOUT_LENGTH(
            1170, "42000", Kind.USER, "BLOB/TEXT column '%s' used in key specification without a key length"),
    WRONG_SUB_KEY(
            1089,
            "HY000",
            Kind.USER,
            "Incorrect prefix key; the used key part isn't a string, the used length is longer than the key part, or the storage engine doesn't support unique prefix keys"),
    TOO_BIG_FIELD_LENGTH(
            1074, "42000", Kind.USER, "Column length too big for column '%s' (max = %d); use BLOB or TEXT instead"),
    WRONG_AUTO_KEY(
            1075,
            "42000",
            Kind.USER,
            "Incorrect table definition; there can be only one auto column and it must be defined as a key"),
    TOO_BIG_ROW_SIZE(
            1118,
            "42000",
            Kind.USER,
            "Row size too large. The maximum row size for the used table type, not counting BLOBs, is %d. This includes storage overhead, check the manual. You have to change some columns to TEXT or BLOBs"),
    TOO_MANY_FIELDS(1117, "HY000", Kind.USER, "Too many columns"),
    TABLE_MUST_HAVE_COLUMNS(1113, "42000", Kind.USER, "A table must have at least 1 column"),
    CANT_REMOVE_ALL_FIELDS(
            1090, "42000", Kind.USER, "You can't delete all columns with ALTER TABLE; use DROP TABLE instead"),
    CANT_DROP_FIELD_OR_KEY(1091, "42000", Kind.USER, "Can't DROP '%s'; check that column/key exists"),
    INVALID_DEFAULT(1067, "42000", Kind.USER, "Invalid default value for '%s'"),
    BLOB_CANT_HAVE_DEFAULT(
            1101, "42000", Kind.USER, "BLOB, TEXT, GEOMETRY or JSON column '%s' can't have a default value"),
    PRIMARY_CANT_HAVE_NULL(
            1171,
            "42000",
            Kind.USER,
            "All parts of a PRIMARY KEY must be NOT NULL; if you need NULL in a key, use UNIQUE instead"),
    KEY_DOES_NOT_EXIST(1176, "42000", Kind.USER, "Key '%s' doesn't exist in table '%s'"),
    TOO_BIG_SCALE(1425, "42000", Kind.USER, "Too big scale %d specified for column '%s'. Maximum is %d."),
    TOO_BIG_PRECISION(1426, "42000", Kind.USER, "Too-big precision %d specified for '%s'. Maximum is %d."),
    M_BIGGER_THAN_D(
            1427, "42000", Kind.USER, "For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column '%s')."),
    TOO_BIG_DISPLAY_WIDTH(1439, "42000", Kind.USER, "Display width out of range for column '%s' (max = %d)"),
    INVALID_ON_UPDATE(1294, "HY000", Kind.USER, "Invalid ON UPDATE clause for '%s' column"),
    DUPLICATED_VALUE_IN_TYPE(1291, "HY000", Kind.USER, "Column '%s' has duplicated value '%s' in %s"),
    FK_NO_COLUMN_PARENT(
            3734,
            "HY000",
            Kind.USER,
            "Failed to add the foreign key constraint. Missing column '%s' for constraint '%s' in the referenced table '%s'"),
    FORBID_SCHEMA_CHANGE(1450, "HY000", Kind.USER, "Changing schema from '%s' to '%s' is not allowed."),
    VIEW_NONUPD_CHECK(1368, "HY000", Kind.USER, "CHECK OPTION on non-updatable view '%s.%s'"),
    VIEW_SELECT_VARIABLE(1351, "HY000", Kind.USER, "View's SELECT contains a variable or parameter"),
    VARIABLE_IS_READONLY(1621, "HY000", Kind.USER, "%s variable '%s' is read-only. Use SET %s to assign the value"),
    UNKNOWN_LOCALE(1649, "HY000", Kind.USER, "Unknown locale: '%s'"),
    NO_BINARY_LOGGING(1381, "HY000", Kind.USER, "You are not using binary logging"),
    UNDECLARED_VARIABLE(1327, "42000", Kind.USER, "Undeclared variable: %s"),
    TOO_MANY_ROWS(1172, "42000", Kind.USER, "Result consisted of more than one row"),
    PARTITION_MANAGEMENT_ON_NONPARTITIONED(
            1505, "HY000", Kind.USER, "Partition management on a not partitioned table is not possible"),
    INVALID_USE_OF_NULL(1138, "22004", Kind.USER, "Invalid use of NULL value"),
    FK_COLUMN_NOT_NULL(
            1830,
            "HY000",
            Kind.USER,
            "Column '%s' cannot be NOT NULL: needed in a foreign key constraint '%s' SET NULL"),
    CANNOT_ADD_FOREIGN(1215, "HY000", Kind.USER, "Cannot add foreign key constraint"),
    CHECK_REFERS_OTHER_COLUMN(3813, "HY000", Kind.USER, "Column check constraint '%s' references other column."),
    CHECK_REFERS_AUTO_INCREMENT(
            3818, "HY000", Kind.USER, "Check constraint '%s' cannot refer to an auto-increment column."),
    GENERATED_COLUMN_REF_AUTO_INC(
            3109, "HY000", Kind.USER, "Generated column '%s' cannot refer to auto-increment column."),
    TABLE_WITHOUT_PRIMARY_KEY(
            3750,
            "HY000",
            Kind.USER,
            "Unable to create or change a table without a primary key, when the system variable 'sql_require_primary_key' is set. Add a primary key to the table or unset this variable to avoid this message. Note that tables without a primary key can cause performance problems in row-based replication, so please consult your DBA before changing this setting."),
    ILLEGAL_VALUE_FOR_TYPE(1367, "22007", Kind.USER, "Illegal %s '%s' value found during parsing"),
    TOO_BIG_SET(1097, "HY000", Kind.USER, "Too many strings for column %s and %s"),
    TABLE_DEF_CHANGED(1412, "HY000", Kind.CONFLICT, "Table definition has changed, please retry transaction"),
    WRONG_STRING_LENGTH(1470, "HY000", Kind.USER, "String '%s' is too long for %s (should be no longer than %d)"),
    TOO_LONG_TABLE_COMMENT(1628, "HY000", Kind.USER, "Comment for table '%s' is too long (max = %d)"),
    TOO_LONG_FIELD_COMMENT(1629, "HY000", Kind.USER, "Comment for field '%s' is too long (max = %d)"),
    TOO_LONG_INDEX_COMMENT(1688, "HY000", Kind.USER, "Comment for index '%s' is too long (max = %d)"),
    AUTO_CONVERT(1246, "HY000", Kind.USER, "Converting column '%s' from %s to %s"),
    FUNCTIONAL_INDEX_PRIMARY_KEY(3756, "HY000", Kind.USER, "The primary key cannot be a functional index"),
    FUNCTIONAL_INDEX_ON_LOB(
            3757,
            "HY000",
            Kind.USER,
            "Cannot create a functional index on an expression that returns a BLOB or TEXT. Please consider using CAST."),
    FUNCTIONAL_INDEX_ON_JSON(
            3753,
            "HY000",
            Kind.USER,
            "Cannot create a functional index on a function that returns a JSON or GEOMETRY value."),
    FUNCTIONAL_INDEX_FUNCTION_NOT_ALLOWED(
            3758, "HY000", Kind.USER, "Expression of functional index '%s' contains a disallowed function."),
    FUNCTIONAL_INDEX_ON_FIELD(
            3762,
            "HY000",
            Kind.USER,
            "Functional index on a column is not supported. Consider using a regular index instead."),
    DEPENDENT_BY_FUNCTIONAL_INDEX(
            3837,
            "HY000",
            Kind.USER,
            "Column '%s' has a functional index dependency and cannot be dropped or renamed."),
    DEPENDENT_BY_DEFAULT(
            3774,
            "HY000",
            Kind.USER,
            "Column '%s' of table '%s' has a default value expression dependency and cannot be dropped or renamed."),
    DEPENDENT_BY_CHECK_CONSTRAINT(
            3959,
            "HY000",
            Kind.USER,
            "Check constraint '%s' uses column '%s', hence column cannot be dropped or renamed."),
    TOO_LONG_IDENT(1059, "42000", Kind.USER, "Identifier name '%s' is too long"),
    WRONG_DB_NAME(1102, "42000", Kind.USER, "Incorrect database name '%s'"),
    WRONG_TABLE_NAME(1103, "42000", Kind.USER, "Incorrect table name '%s'"),
    WRONG_COLUMN_NAME(1166, "42000", Kind.USER, "Incorrect column name '%s'"),
    WRONG_INDEX_NAME(1280, "42000", Kind.USER, "Incorrect index name '%s'"),
    WRONG_ARGUMENTS(1210, "HY000", Kind.USER, "Incorrect arguments to %s"),
    WRONG_USAGE(1221, "HY000", Kind.USER, "Incorrect usage of %s and %s"),
    INCORRECT_ARGUMENT_TYPE(3064, "HY000", Kind.USER, "Incorrect type for argument %s in function %s."),
    WRONG_PARAMETER_COUNT_TO_FUNCTION(
            1582, "42000", Kind.USER, "Incorrect parameter count in the call to native function '%s'"),
    WRONG_PARAMETERS_TO_FUNCTION(1583, "42000", Kind.USER, "Incorrect parameters in the call to native function '%s'"),
    FUNCTION_DOES_NOT_EXIST(1305, "42000", Kind.USER, "FUNCTION %s does not exist"),
    UNKNOWN_CHARACTER_SET(1115, "42000", Kind.USER, "Unknown character set: '%s'"),
    UNKNOWN_COLLATION(1273, "HY000", Kind.USER, "Unknown collation: '%s'"),
    COLLATION_CHARSET_MISMATCH(1253, "42000", Kind.USER, "COLLATION '%s' is not valid for CHARACTER SET '%s'"),
    CANT_AGGREGATE_2COLLATIONS(
            1267, "HY000", Kind.USER, "Illegal mix of collations (%s,%s) and (%s,%s) for operation '%s'"),
    CANT_AGGREGATE_3COLLATIONS(
            1270, "HY000", Kind.USER, "Illegal mix of collations (%s,%s), (%s,%s), (%s,%s) for operation '%s'"),
    CANT_AGGREGATE_NCOLLATIONS(1271, "HY000", Kind.USER, "Illegal mix of collations for operation '%s'"),
    UNKNOWN_SYSTEM_VARIABLE(1193, "HY000", Kind.USER, "Unknown system variable '%s'"),
    LOCAL_VARIABLE(1228, "HY000", Kind.USER, "Variable '%s' is a SESSION variable and can't be used with SET GLOBAL"),
    GLOBAL_VARIABLE(1229, "HY000", Kind.USER, "Variable '%s' is a GLOBAL variable and should be set with SET GLOBAL"),
    WRONG_VALUE_FOR_VAR(1231, "42000", Kind.USER, "Variable '%s' can't be set to the value of '%s'"),
    WRONG_TYPE_FOR_VAR(1232, "42000", Kind.USER, "Incorrect argument type to variable '%s'"),
    INCORRECT_GLOBAL_LOCAL_VAR(1238, "HY000", Kind.USER, "Variable '%s' is a %s variable"),
    VARIABLE_NOT_SETTABLE_IN_TRANSACTION(
            1766, "HY000", Kind.USER, "The system variable %s cannot be set when there is an ongoing transaction."),
    UNKNOWN_TIME_ZONE(1298, "HY000", Kind.USER, "Unknown or incorrect time zone: '%s'"),
    UNKNOWN_ALTER_ALGORITHM(1800, "HY000", Kind.USER, "Unknown ALGORITHM '%s'"),
    UNKNOWN_ALTER_LOCK(1801, "HY000", Kind.USER, "Unknown LOCK type '%s'"),
    WARN_USING_OTHER_HANDLER(1266, "HY000", Kind.USER, "Using storage engine %s for table '%s'"),
    UNKNOWN_STORAGE_ENGINE(1286, "42000", Kind.USER, "Unknown storage engine '%s'"),
    DERIVED_MUST_HAVE_ALIAS(1248, "42000", Kind.USER, "Every derived table must have its own alias"),
    VIEW_WRONG_LIST(
            1353,
            "HY000",
            Kind.USER,
            "In definition of view, derived table or common table expression, SELECT list and column names list have different column counts"),
    VIEW_INVALID(
            1356,
            "HY000",
            Kind.USER,
            "View '%s.%s' references invalid table(s) or column(s) or function(s) or definer/invoker of view lack rights to use them"),
    VIEW_SELECT_TMPTABLE(1352, "HY000", Kind.USER, "View's SELECT refers to a temporary table '%s'"),
    NON_UPDATABLE_TABLE(1288, "HY000", Kind.USER, "The target table %s of the %s is not updatable"),
    NON_INSERTABLE_TABLE(1471, "HY000", Kind.USER, "The target table %s of the %s is not insertable-into"),
    VIEW_RECURSIVE(1462, "HY000", Kind.USER, "`%s`.`%s` contains view recursion"),
    VIEW_MULTIUPDATE(1393, "HY000", Kind.USER, "Can not modify more than one base table through a join view '%s.%s'"),
    VIEW_NO_INSERT_FIELD_LIST(1394, "HY000", Kind.USER, "Can not insert into join view '%s.%s' without fields list"),
    VIEW_DELETE_MERGE_VIEW(1395, "HY000", Kind.USER, "Can not delete from join view '%s.%s'"),
    NO_DEFAULT_FOR_VIEW_FIELD(
            1423, "HY000", Kind.USER, "Field of view '%s.%s' underlying table doesn't have a default value"),
    NON_UPDATABLE_COLUMN(1348, "HY000", Kind.USER, "Column '%s' is not updatable"),
    UPDATE_TABLE_USED(1093, "HY000", Kind.USER, "You can't specify target table '%s' for update in FROM clause"),
    FIELD_SPECIFIED_TWICE(1110, "42000", Kind.USER, "Column '%s' specified twice"),
    CTE_RECURSIVE_REQUIRES_UNION(
            3573, "HY000", Kind.USER, "Recursive Common Table Expression '%s' should contain a UNION"),
    CTE_RECURSIVE_REQUIRES_NONRECURSIVE_FIRST(
            3574,
            "HY000",
            Kind.USER,
            "Recursive Common Table Expression '%s' should have one or more non-recursive query blocks followed by one or more recursive ones"),
    CTE_RECURSIVE_FORBIDS_AGGREGATION(
            3575,
            "HY000",
            Kind.USER,
            "Recursive Common Table Expression '%s' can contain neither aggregation nor window functions in recursive query block"),
    CTE_RECURSIVE_REFERENCE(
            3577,
            "HY000",
            Kind.USER,
            "In recursive query block of Recursive Common Table Expression '%s', the recursive table must be referenced only once, and not in any subquery"),
    CTE_MAX_RECURSION_DEPTH(
            3636,
            "HY000",
            Kind.RESOURCE,
            "Recursive query aborted after %d iterations. Try increasing @@cte_max_recursion_depth to a larger value."),
    CYCLIC_REFERENCE(1247, "42S22", Kind.USER, "Reference '%s' not supported (%s)"),
    GENERATED_COLUMN_FUNCTION_NOT_ALLOWED(
            3102, "HY000", Kind.USER, "Expression of generated column '%s' contains a disallowed function."),
    GENERATED_COLUMN_NAMED_FUNCTION_NOT_ALLOWED(
            3763, "HY000", Kind.USER, "Expression of generated column '%s' contains a disallowed function: %s."),
    GENERATED_COLUMN_VARIABLES(
            3765, "HY000", Kind.USER, "Expression of generated column '%s' cannot refer user or system variables."),
    FUNCTIONAL_INDEX_REF_AUTO_INC(
            3754, "HY000", Kind.USER, "Functional index '%s' cannot refer to an auto-increment column."),
    DEFAULT_VAL_NON_PRIOR(
            3767,
            "HY000",
            Kind.USER,
            "Default value expression of column '%s' cannot refer to a column defined after it if that column is a"
                    + " generated column or has an expression as default value."),
    DEFAULT_VAL_REF_AUTO_INC(
            3768,
            "HY000",
            Kind.USER,
            "Default value expression of column '%s' cannot refer to an auto-increment column."),
    DEFAULT_VAL_VARIABLES(
            3772, "HY000", Kind.USER, "Default value expression of column '%s' cannot refer user or system variables."),
    DEFAULT_AS_VAL_GENERATED(
            3773, "HY000", Kind.USER, "DEFAULT function cannot be used with default value expressions"),
    CHECK_UNNAMED_FUNCTION_NOT_ALLOWED(
            3815, "HY000", Kind.USER, "An expression of a check constraint '%s' contains disallowed function."),
    CHECK_VARIABLES(
            3816,
            "HY000",
            Kind.USER,
            "An expression of a check constraint '%s' cannot refer to a user or system variable."),
    GENERATED_COLUMN_NON_PRIOR(
            3107, "HY000", Kind.USER, "Generated column can refer only to generated columns defined prior to it."),
    DEPENDENT_BY_GENERATED_COLUMN(3108, "HY000", Kind.USER, "Column '%s' has a generated column dependency."),
    UNSUPPORTED_ACTION_ON_GENERATED_COLUMN(3106, "HY000", Kind.USER, "'%s' is not supported for generated columns."),
    DEFAULT_VAL_FUNCTION_NOT_ALLOWED(
            3769, "HY000", Kind.USER, "Default value expression of column '%s' contains a disallowed function."),
    ALTER_OPERATION_NOT_SUPPORTED(1845, "0A000", Kind.USER, "%s is not supported for this operation. Try %s."),
    ALTER_OPERATION_NOT_SUPPORTED_REASON(1846, "0A000", Kind.USER, "%s is not supported. Reason: %s. Try %s."),
    UNKNOWN_STATEMENT_HANDLER(1243, "HY000", Kind.USER, "Unknown prepared statement handler (%s) given to %s"),
    UNSUPPORTED_PREPARED_STATEMENT(
            1295, "HY000", Kind.USER, "This command is not supported in the prepared statement protocol yet"),
    TOO_MANY_PREPARED_STATEMENTS(
            1461,
            "42000",
            Kind.RESOURCE,
            "Can't create more than max_prepared_stmt_count statements (current value: %d)"),
    TOO_MANY_PLACEHOLDERS(1390, "HY000", Kind.USER, "Prepared statement contains too many placeholders"),
    STATEMENT_HAS_NO_OPEN_CURSOR(1421, "HY000", Kind.USER, "The statement (%d) has no open cursor."),
    TOO_MANY_TABLES(1116, "HY000", Kind.USER, "Too many tables; MySQL can only use %d tables in a join"),
    STACK_OVERRUN(
            1436, "HY000", Kind.RESOURCE, "Thread stack overrun: the expression or statement is nested too deeply"),
    TABLE_NOT_LOCKED(1100, "HY000", Kind.USER, "Table '%s' was not locked with LOCK TABLES"),
    TABLE_NOT_LOCKED_FOR_WRITE(1099, "HY000", Kind.USER, "Table '%s' was locked with a READ lock and can't be updated"),
    LOCK_OR_ACTIVE_TRANSACTION(
            1192,
            "HY000",
            Kind.USER,
            "Can't execute the given command because you have active locked tables or an active transaction"),
    NO_SUCH_THREAD(1094, "HY000", Kind.USER, "Unknown thread id: %d"),
    KILL_DENIED(1095, "HY000", Kind.USER, "You are not owner of thread %d"),
    NO_SUCH_INDEX_HINT(1176, "42000", Kind.USER, "Key '%s' doesn't exist in table '%s'"),
    UNKNOWN_PARTITION(1735, "HY000", Kind.USER, "Unknown partition '%s' in table '%s'"),
    PARTITION_CLAUSE_ON_NONPARTITIONED(1747, "HY000", Kind.USER, "PARTITION () clause on non partitioned table"),
    SYSTEM_SCHEMA_CHANGE(3554, "HY000", Kind.USER, "Access to system schema '%s' is rejected."),
    LOCAL_INFILE_DISABLED(
            3948,
            "42000",
            Kind.USER,
            "Loading local data is disabled; this must be enabled on both the client and server sides"),
    FILE_NOT_FOUND(1017, "HY000", Kind.USER, "Can't find file: '%s' (errno: %d - %s)"),
    RESTART_SERVER_FAILED(3707, "HY000", Kind.USER, "Restart server failed (%s)."),
    VARIABLE_NOT_PERSISTED(3615, "HY000", Kind.USER, "Variable %s does not exist in persisted config file"),
    CANT_CREATE_FILE(1, "HY000", Kind.USER, "Can't create/write to file '%s' (OS errno %d - %s)"),
    ERROR_ON_WRITE(1026, "HY000", Kind.RESOURCE, "Error writing file '%s' (errno: %d - %s)"),
    WRONG_FIELD_TERMINATORS(
            1083, "42000", Kind.USER, "Field separator argument is not what is expected; check the manual"),
    BLOBS_AND_NO_TERMINATED(
            1084, "42000", Kind.USER, "You can't use fixed rowlength with BLOBs; please use 'fields terminated by'"),
    FILE_EXISTS(1086, "HY000", Kind.USER, "File '%s' already exists"),
    OPTION_PREVENTS_STATEMENT(
            1290,
            "HY000",
            Kind.USER,
            "The MySQL server is running with the %s option so it cannot execute this statement"),
    SIGNAL_WARN(1642, "01000", Kind.USER, "Unhandled user-defined warning condition"),
    SIGNAL_NOT_FOUND(1643, "02000", Kind.USER, "Unhandled user-defined not found condition"),
    RESIGNAL_WITHOUT_ACTIVE_HANDLER(1645, "0K000", Kind.USER, "RESIGNAL when handler not active"),
    GET_STACKED_DA_WITHOUT_ACTIVE_HANDLER(1887, "0Z002", Kind.USER, "GET STACKED DIAGNOSTICS when handler not active"),
    DA_INVALID_CONDITION_NUMBER(1758, "35000", Kind.USER, "Invalid condition number"),
    SP_COND_MISMATCH(1319, "42000", Kind.USER, "Undefined CONDITION: %s"),
    SP_BAD_SQLSTATE(1407, "42000", Kind.USER, "Bad SQLSTATE: '%s'"),
    SIGNAL_EXCEPTION(1644, "HY000", Kind.USER, "Unhandled user-defined exception condition"),
    UNSUPPORTED_EXTENSION(
            1112, "42000", Kind.USER, "Table '%s' uses an extension that doesn't exist in this MySQL version"),
    RENAME_CROSS(1025, "HY000", Kind.USER, "Error on rename of '%s' to '%s'"),
    SELECT_REDUCED(1249, "01000", Kind.USER, "Select %d was reduced during optimization"),
    NULL_IN_VALUES_LESS_THAN(1566, "HY000", Kind.USER, "Not allowed to use NULL value in VALUES LESS THAN"),
    INVISIBLE_PRIMARY_INDEX(3522, "HY000", Kind.USER, "A primary key index cannot be invisible"),
    ALL_COLUMNS_INVISIBLE(4028, "HY000", Kind.USER, "A table must have at least one visible column."),
    // -- 53, 57, HY: resources and the rest
    OUT_OF_MEMORY(
            1037,
            "HY001",
            Kind.RESOURCE,
            "Out of memory (needed %s bytes); the statement was stopped, a server with more --memory can run it"),
    QUERY_MEMORY_EXCEEDED(
            3170, "HY000", Kind.RESOURCE, "Memory capacity of %d bytes for '%s' exceeded. The query was stopped"),
    DISK_FULL(
            1021,
            "HY000",
            Kind.RESOURCE,
            "Disk full (%s); waiting for someone to free some space... (errno: 28 \"No space left on device\")"),
    QUERY_INTERRUPTED(1317, "70100", Kind.USER, "Query execution was interrupted"),
    QUERY_TIMEOUT(
            3024, "HY000", Kind.RESOURCE, "Query execution was interrupted, maximum statement execution time exceeded"),
    CORRUPT_DATA(1712, "HY000", Kind.INTERNAL, "Data file '%s' is corrupted"),
    READ_ONLY_SERVER(1836, "HY000", Kind.UNAVAILABLE, "Running in read-only mode"),
    /// The nodes that hold some data cannot agree for now, or cannot be reached; the number is TiDB's.
    GROUP_UNAVAILABLE(9005, "HY000", Kind.UNAVAILABLE, "Data is unavailable: %s"),
    INTERNAL_ERROR(1815, "HY000", Kind.INTERNAL, "Internal error: %s");

    /// What a caller can do about an error.
    public enum Kind {
        /// The statement is wrong or refused: correct it.
        USER,
        /// Retry the transaction.
        CONFLICT,
        /// A limit was reached: retry later, or raise the limit.
        RESOURCE,
        /// The service is not there now.
        UNAVAILABLE,
        /// Whether the transaction committed is not known.
        UNKNOWN_OUTCOME,
        /// A defect of ours.
        INTERNAL
    }

    private final int errno;
    private final String sqlState;
    private final Kind kind;
    private final String template;

    ErrorCode(int errno, String sqlState, Kind kind, String template) {
        this.errno = errno;
        this.sqlState = sqlState;
        this.kind = kind;
        this.template = template;
    }

    /// MySQL's error number.
    public int errno() {
        return errno;
    }

    /// Five characters.
    public String sqlState() {
        return sqlState;
    }

    /// What a caller can do.
    public Kind kind() {
        return kind;
    }

    /// The message with its arguments filled in.
    public String format(Object... args) {
        return args.length == 0 ? template : String.format(Locale.ROOT, template, args);
    }
}
