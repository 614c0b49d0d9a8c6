package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.DdlStatement.AlterTable;
import io.qomo.serve.schema.SchemaStatements.Result;
import io.qomo.store.Store;

/// ALTER TABLE.
final class AlterTableStatement {
    AlterTableStatement(
            CatalogStore catalog, Store store, TemporaryIds temporaryIds, TableRemover remover, DdlSession session) {}

    Result run(AlterTable statement) {
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "ALTER TABLE");
    }
}
