package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.TableElement;
import io.qomo.query.sql.ast.TableElement.AttributeOption;
import io.qomo.query.sql.ast.TableElement.CheckDefinition;
import io.qomo.query.sql.ast.TableElement.ColumnDefault;
import io.qomo.query.sql.ast.TableElement.ColumnDefinition;
import io.qomo.query.sql.ast.TableElement.ColumnKey;
import io.qomo.query.sql.ast.TableElement.ForeignKeyDefinition;
import io.qomo.query.sql.ast.TableElement.GeneratedColumn;
import io.qomo.query.sql.ast.TableElement.IndexDefinition;
import io.qomo.query.sql.ast.TableElement.IndexKind;
import io.qomo.query.sql.ast.TableElement.IndexOptions;
import io.qomo.query.sql.ast.TableElement.IndexPart;
import io.qomo.query.sql.ast.TableElement.ReferenceAction;
import io.qomo.query.sql.ast.TableElement.ReferenceDefinition;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Columns, indexes and constraints of CREATE and ALTER TABLE.
///
/// Source: MySQL 8.0 manual, "CREATE TABLE Statement".
final class TableElementParser {
    private final Parsers parsers;
    private final TokenStream in;

    TableElementParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// `(element, ...)`.
    List<TableElement> parseElements() {
        in.expect(Token.LEFT_PAREN);
        List<TableElement> elements = new ArrayList<>();
        do {
            TableElement constraint = parseConstraint();
            elements.add(constraint != null ? constraint : parseColumn());
        } while (in.accept(Token.COMMA));
        in.expect(Token.RIGHT_PAREN);
        return elements;
    }

    /// An index or constraint, null when something else is at hand.
    @Nullable TableElement parseConstraint() {
        int start = in.start;
        switch (in.kind) {
            case Token.INDEX, Token.KEY -> {
                in.advance();
                return parseIndex(start, IndexKind.PLAIN, null);
            }
            case Token.FULLTEXT, Token.SPATIAL -> {
                IndexKind kind = in.kind == Token.FULLTEXT ? IndexKind.FULLTEXT : IndexKind.SPATIAL;
                in.advance();
                acceptIndexWord();
                return parseIndex(start, kind, null);
            }
            case Token.CONSTRAINT -> {
                in.advance();
                String name = in.isIdentifier() ? in.identifier() : null;
                TableElement constraint = parseNamedConstraint(start, name);
                if (constraint == null) {
                    throw in.error();
                }
                return constraint;
            }
            default -> {
                return parseNamedConstraint(start, null);
            }
        }
    }

    private void acceptIndexWord() {
        if (!in.accept(Token.INDEX)) {
            in.accept(Token.KEY);
        }
    }

    private @Nullable TableElement parseNamedConstraint(int start, @Nullable String constraint) {
        switch (in.kind) {
            case Token.PRIMARY -> {
                in.advance();
                in.expect(Token.KEY);
                return parseIndex(start, IndexKind.PRIMARY, constraint);
            }
            case Token.UNIQUE -> {
                in.advance();
                acceptIndexWord();
                return parseIndex(start, IndexKind.UNIQUE, constraint);
            }
            case Token.FOREIGN -> {
                in.advance();
                in.expect(Token.KEY);
                String index = in.isIdentifier() ? in.identifier() : null;
                List<String> columns = parseReferenceColumns();
                ReferenceDefinition references = parseReferences();
                return new ForeignKeyDefinition(in.span(start), constraint, index, columns, references);
            }
            case Token.CHECK -> {
                return parseCheck(start, constraint);
            }
            default -> {
                return null;
            }
        }
    }

    private CheckDefinition parseCheck(int start, @Nullable String name) {
        in.expect(Token.CHECK, Token.LEFT_PAREN);
        Expression condition = parsers.expressions.parse();
        in.expect(Token.RIGHT_PAREN);
        boolean enforced = true;
        if (in.kind == Token.NOT && in.peek(1) == Token.ENFORCED) {
            in.advance();
            in.advance();
            enforced = false;
        } else {
            in.accept(Token.ENFORCED);
        }
        return new CheckDefinition(in.span(start), name, condition, enforced);
    }

    /// Behind the words that say what kind of index it is.
    private IndexDefinition parseIndex(int start, IndexKind kind, @Nullable String constraint) {
        boolean typeNext = in.kind == Token.TYPE && isIndexType(in.peek(1));
        String name = in.isIdentifier() && !typeNext ? in.identifier() : null;
        String type = parseIndexType();
        List<IndexPart> parts = parseIndexParts();
        IndexOptions options = parseIndexOptions(type);
        return new IndexDefinition(in.span(start), kind, constraint, name, parts, options);
    }

    /// `[USING|TYPE BTREE|HASH|RTREE]`, in upper case.
    @Nullable String parseIndexType() {
        if (!in.accept(Token.USING) && !in.accept(Token.TYPE)) {
            return null;
        }
        if (!isIndexType(in.kind)) {
            throw in.error();
        }
        return in.upperWord();
    }

    private static boolean isIndexType(int kind) {
        return kind == Token.BTREE || kind == Token.HASH || kind == Token.RTREE;
    }

    /// `(part, ...)`.
    List<IndexPart> parseIndexParts() {
        in.expect(Token.LEFT_PAREN);
        List<IndexPart> parts = new ArrayList<>();
        do {
            parts.add(parseIndexPart());
        } while (in.accept(Token.COMMA));
        in.expect(Token.RIGHT_PAREN);
        return parts;
    }

    private IndexPart parseIndexPart() {
        String column = null;
        Expression expression = null;
        int prefixLength = -1;
        if (in.accept(Token.LEFT_PAREN)) {
            expression = parsers.expressions.parse();
            in.expect(Token.RIGHT_PAREN);
        } else {
            column = in.identifier();
            if (in.accept(Token.LEFT_PAREN)) {
                prefixLength = in.smallInteger();
                in.expect(Token.RIGHT_PAREN);
            }
        }
        boolean descending = in.accept(Token.DESC);
        if (!descending) {
            in.accept(Token.ASC);
        }
        return new IndexPart(column, expression, prefixLength, descending);
    }

    /// What follows an index's columns.
    IndexOptions parseIndexOptions(@Nullable String typeInFront) {
        String type = typeInFront;
        String comment = null;
        Boolean visible = null;
        String parser = null;
        long keyBlockSize = -1;
        List<AttributeOption> others = new ArrayList<>();
        while (true) {
            switch (in.kind) {
                case Token.USING, Token.TYPE -> type = parseIndexType();
                case Token.COMMENT -> {
                    in.advance();
                    comment = in.string();
                }
                case Token.VISIBLE, Token.INVISIBLE -> {
                    visible = in.kind == Token.VISIBLE;
                    in.advance();
                }
                case Token.WITH -> {
                    in.advance();
                    in.expect(Token.PARSER);
                    parser = in.identifier();
                }
                case Token.KEY_BLOCK_SIZE -> {
                    in.advance();
                    in.accept(Token.EQUAL);
                    keyBlockSize = in.integer();
                }
                case Token.ENGINE_ATTRIBUTE, Token.SECONDARY_ENGINE_ATTRIBUTE -> {
                    String name = in.upperWord();
                    in.accept(Token.EQUAL);
                    others.add(new AttributeOption(name, in.string()));
                }
                default -> {
                    return new IndexOptions(type, comment, visible, parser, keyBlockSize, others);
                }
            }
        }
    }

    private List<String> parseReferenceColumns() {
        in.expect(Token.LEFT_PAREN);
        List<String> columns = parsers.names.parseIdentifiers();
        in.expect(Token.RIGHT_PAREN);
        return columns;
    }

    private ReferenceDefinition parseReferences() {
        in.expect(Token.REFERENCES);
        TableName table = parsers.names.parseTableName();
        List<String> columns = in.kind == Token.LEFT_PAREN ? parseReferenceColumns() : List.of();
        String match = null;
        if (in.accept(Token.MATCH)) {
            if (in.kind != Token.FULL && in.kind != Token.PARTIAL && in.kind != Token.SIMPLE) {
                throw in.error();
            }
            match = in.upperWord();
        }
        ReferenceAction onDelete = null;
        ReferenceAction onUpdate = null;
        while (in.kind == Token.ON) {
            int event = in.peek(1);
            if (event == Token.DELETE && onDelete == null) {
                in.advance();
                in.advance();
                onDelete = parseReferenceAction();
            } else if (event == Token.UPDATE && onUpdate == null) {
                in.advance();
                in.advance();
                onUpdate = parseReferenceAction();
            } else {
                in.advance();
                throw in.error();
            }
        }
        return new ReferenceDefinition(table, columns, match, onDelete, onUpdate);
    }

    private ReferenceAction parseReferenceAction() {
        switch (in.kind) {
            case Token.RESTRICT -> {
                in.advance();
                return ReferenceAction.RESTRICT;
            }
            case Token.CASCADE -> {
                in.advance();
                return ReferenceAction.CASCADE;
            }
            case Token.NO -> {
                in.advance();
                in.expect(Token.ACTION);
                return ReferenceAction.NO_ACTION;
            }
            default -> {
                in.expect(Token.SET);
                if (in.accept(Token.NULL)) {
                    return ReferenceAction.SET_NULL;
                }
                in.expect(Token.DEFAULT);
                return ReferenceAction.SET_DEFAULT;
            }
        }
    }

    /// `name type attributes`.
    ColumnDefinition parseColumn() {
        int start = in.start;
        String name = in.identifier();
        return parseColumnBehindName(start, name);
    }

    /// The definition behind the column's name.
    ColumnDefinition parseColumnBehindName(int start, String name) {
        boolean serial = in.kind == Token.SERIAL;
        DataType type = parsers.types().parse();
        return new ColumnAttributes(parsers, serial).parse(start, name, type);
    }

    /// `DEFAULT` value, the word read.
    ColumnDefault parseDefault() {
        if (in.accept(Token.LEFT_PAREN)) {
            Expression value = parsers.expressions.parse();
            in.expect(Token.RIGHT_PAREN);
            return new ColumnDefault(value, true);
        }
        int start = in.start;
        switch (in.kind) {
            case Token.CURRENT_TIMESTAMP, Token.LOCALTIME, Token.LOCALTIMESTAMP, Token.NOW -> {
                return new ColumnDefault(parsers.functions().parse(start), false);
            }
            case Token.PLUS, Token.MINUS -> {
                int next = in.peek(1);
                if (next != Token.INTEGER && next != Token.DECIMAL && next != Token.FLOAT) {
                    in.advance();
                    throw in.error();
                }
                return new ColumnDefault(parsers.expressions.parseSimple(), false);
            }
            default -> {
                Expression introduced =
                        in.kind == Token.IDENT && in.sql.charAt(start) == '_' ? Literals.parseIntroduced(in) : null;
                if (introduced != null) {
                    return new ColumnDefault(introduced, false);
                }
                boolean temporal = (in.kind == Token.DATE || in.kind == Token.TIME || in.kind == Token.TIMESTAMP)
                        && in.peek(1) == Token.STRING;
                if (temporal) {
                    return new ColumnDefault(parsers.functions().parse(start), false);
                }
                if (!Literals.isLiteral(in.kind)) {
                    throw in.error();
                }
                return new ColumnDefault(Literals.parse(in), false);
            }
        }
    }

    /// The attributes of one column while they are read.
    private static final class ColumnAttributes {
        private final Parsers parsers;
        private final TokenStream in;
        private @Nullable Boolean nullable;
        private @Nullable ColumnDefault defaultValue;
        private int onUpdate = -1;
        private boolean autoIncrement;
        private ColumnKey key = ColumnKey.NONE;
        private @Nullable String comment;
        private @Nullable Boolean visible;
        private @Nullable GeneratedColumn generated;
        private final List<CheckDefinition> checks = new ArrayList<>(0);
        private @Nullable ReferenceDefinition references;
        private long srid = -1;
        private @Nullable String collation;
        private final List<AttributeOption> options = new ArrayList<>(0);

        ColumnAttributes(Parsers parsers, boolean serial) {
            this.parsers = parsers;
            this.in = parsers.in;
            if (serial) {
                serial();
            }
        }

        private void serial() {
            nullable = false;
            autoIncrement = true;
            key = ColumnKey.UNIQUE;
        }

        ColumnDefinition parse(int start, String name, DataType type) {
            while (in.kind != Token.COMMA && in.kind != Token.RIGHT_PAREN && attribute()) {
                continue;
            }
            DataType whole = collation == null
                    ? type
                    : new DataType(
                            type.name(),
                            type.length(),
                            type.scale(),
                            type.unsigned(),
                            type.zerofill(),
                            type.binary(),
                            type.charset(),
                            collation,
                            type.members());
            return new ColumnDefinition(
                    in.span(start),
                    name,
                    whole,
                    nullable,
                    defaultValue,
                    onUpdate,
                    autoIncrement,
                    key,
                    comment,
                    visible,
                    generated,
                    checks,
                    references,
                    srid,
                    options);
        }

        /// Reads one attribute; false when none is at hand.
        private boolean attribute() {
            switch (in.kind) {
                case Token.NULL -> {
                    in.advance();
                    nullable = true;
                }
                case Token.NOT -> {
                    in.advance();
                    if (in.accept(Token.SECONDARY)) {
                        options.add(new AttributeOption("NOT SECONDARY", ""));
                    } else {
                        in.expect(Token.NULL);
                        nullable = false;
                    }
                }
                case Token.DEFAULT -> {
                    in.advance();
                    defaultValue = parsers.elements().parseDefault();
                }
                case Token.ON -> onUpdate();
                case Token.AUTO_INCREMENT -> {
                    in.advance();
                    autoIncrement = true;
                }
                case Token.SERIAL -> {
                    in.advance();
                    in.expect(Token.DEFAULT);
                    in.expect(Token.VALUE);
                    serial();
                }
                case Token.UNIQUE -> {
                    in.advance();
                    in.accept(Token.KEY);
                    key = key == ColumnKey.PRIMARY ? key : ColumnKey.UNIQUE;
                }
                case Token.PRIMARY, Token.KEY -> {
                    if (in.accept(Token.PRIMARY) && in.kind != Token.KEY) {
                        throw in.error();
                    }
                    in.expect(Token.KEY);
                    key = ColumnKey.PRIMARY;
                }
                case Token.COMMENT -> {
                    in.advance();
                    comment = in.string();
                }
                case Token.COLLATE -> {
                    in.advance();
                    collation = parsers.types().collationName();
                }
                case Token.VISIBLE, Token.INVISIBLE -> {
                    visible = in.kind == Token.VISIBLE;
                    in.advance();
                }
                case Token.GENERATED, Token.AS -> generated();
                case Token.REFERENCES -> references = parsers.elements().parseReferences();
                case Token.CONSTRAINT -> {
                    int start = in.start;
                    in.advance();
                    String name = in.isIdentifier() ? in.identifier() : null;
                    checks.add(parsers.elements().parseCheck(start, name));
                }
                case Token.CHECK -> checks.add(parsers.elements().parseCheck(in.start, null));
                default -> {
                    return rareAttribute();
                }
            }
            return true;
        }

        private boolean rareAttribute() {
            switch (in.kind) {
                case Token.SRID -> {
                    in.advance();
                    srid = in.integer();
                }
                case Token.COLUMN_FORMAT, Token.STORAGE -> {
                    boolean storage = in.kind == Token.STORAGE;
                    String name = in.upperWord();
                    boolean known = in.kind == Token.DEFAULT
                            || (storage
                                    ? in.kind == Token.DISK || in.kind == Token.MEMORY
                                    : in.kind == Token.FIXED || in.kind == Token.DYNAMIC);
                    if (!known) {
                        throw in.error();
                    }
                    options.add(new AttributeOption(name, in.upperWord()));
                }
                case Token.ENGINE_ATTRIBUTE, Token.SECONDARY_ENGINE_ATTRIBUTE -> {
                    String name = in.upperWord();
                    in.accept(Token.EQUAL);
                    options.add(new AttributeOption(name, in.string()));
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void onUpdate() {
            in.advance();
            in.expect(Token.UPDATE);
            int start = in.start;
            switch (in.kind) {
                case Token.CURRENT_TIMESTAMP, Token.LOCALTIME, Token.LOCALTIMESTAMP, Token.NOW -> {}
                default -> throw in.error();
            }
            onUpdate = 0;
            if (parsers.functions().parse(start) instanceof Expression.FunctionCall now
                    && !now.arguments().isEmpty()
                    && now.arguments().getFirst() instanceof io.qomo.query.sql.ast.Literal.IntegerLiteral digits) {
                onUpdate = (int) Math.min(digits.value(), Integer.MAX_VALUE);
            }
        }

        private void generated() {
            if (in.accept(Token.GENERATED)) {
                in.expectText("ALWAYS");
            }
            in.expect(Token.AS, Token.LEFT_PAREN);
            int start = in.start;
            Expression expression = parsers.expressions.parse();
            Span span = in.span(start);
            in.expect(Token.RIGHT_PAREN);
            boolean stored = in.accept(Token.STORED);
            if (!stored) {
                in.accept(Token.VIRTUAL);
            }
            generated = new GeneratedColumn(span, expression, stored);
        }
    }
}
