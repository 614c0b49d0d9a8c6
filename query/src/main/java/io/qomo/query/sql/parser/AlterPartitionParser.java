package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AlterAction;
import io.qomo.query.sql.ast.AlterAction.AddPartitions;
import io.qomo.query.sql.ast.AlterAction.CoalescePartitions;
import io.qomo.query.sql.ast.AlterAction.ExchangePartition;
import io.qomo.query.sql.ast.AlterAction.PartitionMaintenance;
import io.qomo.query.sql.ast.AlterAction.PartitionMaintenance.Operation;
import io.qomo.query.sql.ast.AlterAction.ReorganizePartitions;
import io.qomo.query.sql.ast.Partitioning.PartitionDefinition;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What ALTER TABLE does to partitions: `verb PARTITION ...`.
final class AlterPartitionParser {
    private final Parsers parsers;
    private final TokenStream in;

    AlterPartitionParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// The action, null when what is at hand has nothing to do with partitions.
    @Nullable AlterAction parse() {
        if (in.peek(1) != Token.PARTITION) {
            return null;
        }
        int verb = in.kind;
        Operation operation = switch (verb) {
            case Token.DROP -> Operation.DROP;
            case Token.TRUNCATE -> Operation.TRUNCATE;
            case Token.REBUILD -> Operation.REBUILD;
            case Token.OPTIMIZE -> Operation.OPTIMIZE;
            case Token.ANALYZE -> Operation.ANALYZE;
            case Token.CHECK -> Operation.CHECK;
            case Token.REPAIR -> Operation.REPAIR;
            case Token.DISCARD -> Operation.DISCARD_TABLESPACE;
            case Token.IMPORT -> Operation.IMPORT_TABLESPACE;
            case Token.SECONDARY_LOAD -> Operation.SECONDARY_LOAD;
            case Token.SECONDARY_UNLOAD -> Operation.SECONDARY_UNLOAD;
            default -> null;
        };
        boolean other = switch (verb) {
            case Token.ADD, Token.COALESCE, Token.REORGANIZE, Token.EXCHANGE -> true;
            default -> false;
        };
        if (operation == null && !other) {
            return null;
        }
        in.advance();
        in.advance();
        if (operation != null) {
            return maintain(operation);
        }
        return switch (verb) {
            case Token.ADD -> add();
            case Token.COALESCE -> {
                acceptLocal();
                yield new CoalescePartitions(in.smallInteger());
            }
            case Token.REORGANIZE -> reorganize();
            default -> exchange();
        };
    }

    private void acceptLocal() {
        if (!in.accept(Token.NO_WRITE_TO_BINLOG)) {
            in.accept(Token.LOCAL);
        }
    }

    private AlterAction add() {
        acceptLocal();
        if (in.accept(Token.PARTITIONS)) {
            return new AddPartitions(in.smallInteger(), List.of());
        }
        return new AddPartitions(-1, new PartitionParser(parsers).parseDefinitions());
    }

    private AlterAction reorganize() {
        acceptLocal();
        if (!in.isIdentifier()) {
            return new ReorganizePartitions(List.of(), List.of());
        }
        List<String> names = parsers.names.parseIdentifiers();
        in.expect(Token.INTO);
        List<PartitionDefinition> definitions = new PartitionParser(parsers).parseDefinitions();
        return new ReorganizePartitions(names, definitions);
    }

    private AlterAction exchange() {
        String name = in.identifier();
        in.expect(Token.WITH);
        in.expect(Token.TABLE);
        TableName table = parsers.names.parseTableName();
        boolean validate = true;
        if (in.kind == Token.WITH || in.kind == Token.WITHOUT) {
            validate = in.kind == Token.WITH;
            in.advance();
            in.expect(Token.VALIDATION);
        }
        return new ExchangePartition(name, table, validate);
    }

    private AlterAction maintain(Operation operation) {
        acceptLocal();
        List<String> names = List.of();
        if (operation == Operation.DROP || !in.accept(Token.ALL)) {
            names = parsers.names.parseIdentifiers();
        }
        if (operation == Operation.DISCARD_TABLESPACE || operation == Operation.IMPORT_TABLESPACE) {
            in.expect(Token.TABLESPACE);
        }
        List<String> options = new ArrayList<>(0);
        if (operation == Operation.CHECK || operation == Operation.REPAIR) {
            MaintenanceOptions.parse(in, options);
        }
        return new PartitionMaintenance(operation, names, options);
    }
}
