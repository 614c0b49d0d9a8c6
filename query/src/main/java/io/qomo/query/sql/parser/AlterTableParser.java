package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AlterAction;
import io.qomo.query.sql.ast.AlterAction.AddCheck;
import io.qomo.query.sql.ast.AlterAction.AddColumn;
import io.qomo.query.sql.ast.AlterAction.AddForeignKey;
import io.qomo.query.sql.ast.AlterAction.AddIndex;
import io.qomo.query.sql.ast.AlterAction.AlterCheck;
import io.qomo.query.sql.ast.AlterAction.AlterColumnDefault;
import io.qomo.query.sql.ast.AlterAction.AlterColumnVisibility;
import io.qomo.query.sql.ast.AlterAction.AlterIndexVisibility;
import io.qomo.query.sql.ast.AlterAction.ChangeColumn;
import io.qomo.query.sql.ast.AlterAction.ColumnPosition;
import io.qomo.query.sql.ast.AlterAction.ConvertCharset;
import io.qomo.query.sql.ast.AlterAction.DropCheck;
import io.qomo.query.sql.ast.AlterAction.DropColumn;
import io.qomo.query.sql.ast.AlterAction.DropConstraint;
import io.qomo.query.sql.ast.AlterAction.DropForeignKey;
import io.qomo.query.sql.ast.AlterAction.DropIndex;
import io.qomo.query.sql.ast.AlterAction.Force;
import io.qomo.query.sql.ast.AlterAction.OrderRows;
import io.qomo.query.sql.ast.AlterAction.RemovePartitioning;
import io.qomo.query.sql.ast.AlterAction.RenameColumn;
import io.qomo.query.sql.ast.AlterAction.RenameIndex;
import io.qomo.query.sql.ast.AlterAction.RenameTo;
import io.qomo.query.sql.ast.AlterAction.SetAlgorithm;
import io.qomo.query.sql.ast.AlterAction.SetKeysEnabled;
import io.qomo.query.sql.ast.AlterAction.SetLock;
import io.qomo.query.sql.ast.AlterAction.SetOption;
import io.qomo.query.sql.ast.AlterAction.SetPartitioning;
import io.qomo.query.sql.ast.AlterAction.SetSecondaryLoad;
import io.qomo.query.sql.ast.AlterAction.SetTablespace;
import io.qomo.query.sql.ast.AlterAction.SetValidation;
import io.qomo.query.sql.ast.DdlStatement.AlterTable;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.TableElement;
import io.qomo.query.sql.ast.TableElement.CheckDefinition;
import io.qomo.query.sql.ast.TableElement.ColumnDefault;
import io.qomo.query.sql.ast.TableElement.ColumnDefinition;
import io.qomo.query.sql.ast.TableElement.ForeignKeyDefinition;
import io.qomo.query.sql.ast.TableElement.IndexDefinition;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableOption;
import java.util.ArrayList;
import java.util.List;

/// ALTER TABLE.
///
/// Source: MySQL 8.0 manual, "ALTER TABLE Statement".
final class AlterTableParser {
    private final Parsers parsers;
    private final TokenStream in;
    private final AlterPartitionParser partitions;
    private final List<AlterAction> actions = new ArrayList<>();

    AlterTableParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
        this.partitions = new AlterPartitionParser(parsers);
    }

    /// Behind ALTER TABLE.
    Statement parse() {
        TableName name = parsers.names.parseTableName();
        if (in.isAtEnd()) {
            return new AlterTable(name, actions);
        }
        if (in.kind != Token.PARTITION && in.kind != Token.REMOVE) {
            do {
                if (in.kind == Token.PARTITION || in.kind == Token.REMOVE) {
                    throw in.error();
                }
                action();
            } while (in.accept(Token.COMMA));
        }
        if (in.kind == Token.PARTITION) {
            actions.add(new SetPartitioning(new PartitionParser(parsers).parse()));
        } else if (in.accept(Token.REMOVE)) {
            in.expect(Token.PARTITIONING);
            actions.add(new RemovePartitioning());
        }
        return new AlterTable(name, actions);
    }

    private void action() {
        AlterAction partitionAction = partitions.parse();
        if (partitionAction != null) {
            actions.add(partitionAction);
            return;
        }
        switch (in.kind) {
            case Token.ADD -> {
                in.advance();
                add();
            }
            case Token.DROP -> {
                in.advance();
                actions.add(drop());
            }
            case Token.MODIFY -> {
                in.advance();
                in.accept(Token.COLUMN);
                ColumnDefinition column = parsers.elements().parseColumn();
                actions.add(new ChangeColumn(column.name(), column, position()));
            }
            case Token.CHANGE -> {
                in.advance();
                in.accept(Token.COLUMN);
                String oldName = in.identifier();
                ColumnDefinition column = parsers.elements().parseColumn();
                actions.add(new ChangeColumn(oldName, column, position()));
            }
            case Token.ALTER -> {
                in.advance();
                actions.add(alter());
            }
            case Token.RENAME -> {
                in.advance();
                actions.add(rename());
            }
            default -> actions.add(wholeTable());
        }
    }

    private void add() {
        boolean column = in.accept(Token.COLUMN);
        TableElement constraint = column ? null : parsers.elements().parseConstraint();
        if (constraint != null) {
            actions.add(addition(constraint));
            return;
        }
        if (in.kind == Token.LEFT_PAREN) {
            for (TableElement element : parsers.elements().parseElements()) {
                actions.add(addition(element));
            }
            return;
        }
        ColumnDefinition definition = parsers.elements().parseColumn();
        actions.add(new AddColumn(definition, position()));
    }

    private static AlterAction addition(TableElement element) {
        return switch (element) {
            case IndexDefinition index -> new AddIndex(index);
            case ForeignKeyDefinition foreignKey -> new AddForeignKey(foreignKey);
            case CheckDefinition check -> new AddCheck(check);
            case ColumnDefinition column -> new AddColumn(column, ColumnPosition.UNCHANGED);
        };
    }

    private ColumnPosition position() {
        if (in.accept(Token.FIRST)) {
            return new ColumnPosition(true, null);
        }
        return in.accept(Token.AFTER) ? new ColumnPosition(false, in.identifier()) : ColumnPosition.UNCHANGED;
    }

    private AlterAction drop() {
        switch (in.kind) {
            case Token.INDEX, Token.KEY -> {
                in.advance();
                return new DropIndex(in.accept(Token.PRIMARY) ? "PRIMARY" : in.identifier());
            }
            case Token.PRIMARY -> {
                in.advance();
                in.expect(Token.KEY);
                return new DropIndex("PRIMARY");
            }
            case Token.FOREIGN -> {
                in.advance();
                in.expect(Token.KEY);
                return new DropForeignKey(in.identifier());
            }
            case Token.CHECK -> {
                in.advance();
                return new DropCheck(in.identifier());
            }
            case Token.CONSTRAINT -> {
                in.advance();
                return new DropConstraint(in.accept(Token.PRIMARY) ? "PRIMARY" : in.identifier());
            }
            default -> {
                in.accept(Token.COLUMN);
                DropColumn column = new DropColumn(in.identifier());
                if (!in.accept(Token.RESTRICT)) {
                    in.accept(Token.CASCADE);
                }
                return column;
            }
        }
    }

    private AlterAction alter() {
        switch (in.kind) {
            case Token.INDEX -> {
                in.advance();
                String name = in.identifier();
                return new AlterIndexVisibility(name, visibility());
            }
            case Token.CHECK, Token.CONSTRAINT -> {
                in.advance();
                String name = in.identifier();
                boolean enforced = !in.accept(Token.NOT);
                in.expect(Token.ENFORCED);
                return new AlterCheck(name, enforced);
            }
            default -> {
                in.accept(Token.COLUMN);
                return alterColumn(in.identifier());
            }
        }
    }

    private AlterAction alterColumn(String name) {
        if (in.accept(Token.DROP)) {
            in.expect(Token.DEFAULT);
            return new AlterColumnDefault(name, null);
        }
        in.expect(Token.SET);
        if (in.accept(Token.DEFAULT)) {
            ColumnDefault value = parsers.elements().parseDefault();
            return new AlterColumnDefault(name, value);
        }
        return new AlterColumnVisibility(name, visibility());
    }

    private boolean visibility() {
        if (in.accept(Token.VISIBLE)) {
            return true;
        }
        in.expect(Token.INVISIBLE);
        return false;
    }

    private AlterAction rename() {
        switch (in.kind) {
            case Token.COLUMN -> {
                in.advance();
                String from = in.identifier();
                in.expect(Token.TO);
                return new RenameColumn(from, in.identifier());
            }
            case Token.INDEX, Token.KEY -> {
                in.advance();
                String from = in.identifier();
                in.expect(Token.TO);
                return new RenameIndex(from, in.identifier());
            }
            default -> {
                if (!in.accept(Token.TO) && !in.accept(Token.AS)) {
                    in.accept(Token.EQUAL);
                }
                return new RenameTo(parsers.names.parseTableName());
            }
        }
    }

    private AlterAction wholeTable() {
        switch (in.kind) {
            case Token.CONVERT -> {
                return convert();
            }
            case Token.ORDER -> {
                return orderRows();
            }
            case Token.ENABLE, Token.DISABLE -> {
                boolean enabled = in.kind == Token.ENABLE;
                in.advance();
                in.expect(Token.KEYS);
                return new SetKeysEnabled(enabled);
            }
            case Token.FORCE -> {
                in.advance();
                return new Force();
            }
            case Token.ALGORITHM -> {
                return new SetAlgorithm(new DdlParser(parsers).algorithm());
            }
            case Token.LOCK -> {
                return new SetLock(new DdlParser(parsers).lock());
            }
            case Token.WITH, Token.WITHOUT -> {
                boolean enabled = in.kind == Token.WITH;
                in.advance();
                in.expect(Token.VALIDATION);
                return new SetValidation(enabled);
            }
            case Token.DISCARD, Token.IMPORT -> {
                boolean discard = in.kind == Token.DISCARD;
                in.advance();
                in.expect(Token.TABLESPACE);
                return new SetTablespace(discard);
            }
            case Token.SECONDARY_LOAD, Token.SECONDARY_UNLOAD -> {
                boolean load = in.kind == Token.SECONDARY_LOAD;
                in.advance();
                return new SetSecondaryLoad(load);
            }
            default -> {
                return lastOption();
            }
        }
    }

    /// Options may follow each other without commas: all but the last are added here.
    private AlterAction lastOption() {
        TableOptionParser options = new TableOptionParser(parsers);
        TableOption last = options.parse();
        if (last == null) {
            throw in.error();
        }
        TableOption next = options.parse();
        while (next != null) {
            actions.add(new SetOption(last));
            last = next;
            next = options.parse();
        }
        return new SetOption(last);
    }

    private AlterAction orderRows() {
        in.expect(Token.ORDER, Token.BY);
        List<OrderItem> items = new ArrayList<>();
        do {
            ColumnReference column = parsers.names.parseColumn();
            boolean descending = in.accept(Token.DESC);
            if (!descending) {
                in.accept(Token.ASC);
            }
            items.add(new OrderItem(column, descending));
        } while (in.accept(Token.COMMA));
        return new OrderRows(items);
    }

    private AlterAction convert() {
        in.advance();
        in.expect(Token.TO);
        if (!in.accept(Token.CHARSET)) {
            if (!in.accept(Token.CHARACTER)) {
                in.expect(Token.CHAR);
            }
            in.expect(Token.SET);
        }
        in.accept(Token.EQUAL);
        String charset = in.accept(Token.DEFAULT) ? "default" : parsers.types().charsetName();
        String collation = null;
        if (in.accept(Token.COLLATE)) {
            in.accept(Token.EQUAL);
            collation = parsers.types().collationName();
        }
        return new ConvertCharset(charset, collation);
    }
}
