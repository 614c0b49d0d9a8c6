package io.qomo.serve.session;

import io.qomo.query.sql.ast.AdminStatement;
import io.qomo.query.sql.ast.CompoundStatement;
import io.qomo.query.sql.ast.RoutineStatement;

/// The names of statements that parse but are not built yet, for error 1235.
final class Unsupported {
    private Unsupported() {}

    static String name(AdminStatement statement) {
        return switch (statement) {
            case AdminStatement.TablespaceStatement s -> s.verb() + " " + s.type();
            case AdminStatement.ServerStatement s -> s.verb() + " SERVER";
            case AdminStatement.SpatialReferenceSystemStatement s -> s.verb() + " SPATIAL REFERENCE SYSTEM";
            case AdminStatement.ResourceGroupStatement s -> s.verb() + " RESOURCE GROUP";
            case AdminStatement.SetResourceGroup _ -> "SET RESOURCE GROUP";
            case AdminStatement.CreateLoadableFunction _ -> "CREATE FUNCTION ... SONAME";
            case AdminStatement.PluginStatement s ->
                (s.uninstall() ? "UNINSTALL " : "INSTALL ") + (s.component() ? "COMPONENT" : "PLUGIN");
            case AdminStatement.CloneStatement _ -> "CLONE";
            case AdminStatement.ReplicationStatement s -> s.command();
            case AdminStatement.AlterInstance s -> "ALTER INSTANCE " + s.action();
            case AdminStatement.KeyCacheStatement s -> s.load() ? "LOAD INDEX INTO CACHE" : "CACHE INDEX";
        };
    }

    static String name(RoutineStatement statement) {
        return switch (statement) {
            case RoutineStatement.CreateProcedure _ -> "CREATE PROCEDURE";
            case RoutineStatement.CreateFunction _ -> "CREATE FUNCTION";
            case RoutineStatement.AlterRoutine s -> s.function() ? "ALTER FUNCTION" : "ALTER PROCEDURE";
            case RoutineStatement.DropRoutine s -> s.function() ? "DROP FUNCTION" : "DROP PROCEDURE";
            case RoutineStatement.CreateTrigger _ -> "CREATE TRIGGER";
            case RoutineStatement.DropTrigger _ -> "DROP TRIGGER";
            case RoutineStatement.CreateEvent s -> s.alter() ? "ALTER EVENT" : "CREATE EVENT";
            case RoutineStatement.DropEvent _ -> "DROP EVENT";
            case CompoundStatement _ -> "statements of stored programs";
        };
    }
}
