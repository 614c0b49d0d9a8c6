package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.TableReference;
import io.qomo.query.sql.ast.TableReference.JoinKind;
import io.qomo.query.sql.ast.TableReference.JoinedTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chain of joins.
///
/// An ON or USING belongs to the nearest join to its left that has none yet: `a JOIN b JOIN c ON x ON y` is
/// `a JOIN (b JOIN c ON x) ON y`. An inner join that never gets a condition is a cross join, and chains of those lean
/// to the left, as the standard says: `a JOIN b LEFT JOIN c ON x` is `(a JOIN b) LEFT JOIN c ON x`.
final class JoinParser {
    /// A finished operand and how many joins, made outside parentheses, lie on its left spine.
    private record Operand(TableReference reference, int spine, int start) {}

    private final Parsers parsers;
    private final TokenStream in;
    private final List<Operand> operands = new ArrayList<>();
    /// The joins between the operands that have no condition yet.
    private final List<JoinKind> pending = new ArrayList<>();

    JoinParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    TableReference parse(TableReference first, int start) {
        operands.add(new Operand(first, 0, start));
        while (TableReferenceParser.isJoin(in.kind)) {
            if (in.kind == Token.NATURAL) {
                natural();
            } else {
                pending.add(joinKind());
                int from = in.start;
                operands.add(new Operand(parsers.tables.parseFactor(), 0, from));
            }
            conditions();
        }
        while (!pending.isEmpty()) {
            crossJoin();
        }
        return operands.getFirst().reference();
    }

    private JoinKind joinKind() {
        switch (in.kind) {
            case Token.JOIN -> {
                in.advance();
                return JoinKind.INNER;
            }
            case Token.INNER -> {
                in.advance();
                in.expect(Token.JOIN);
                return JoinKind.INNER;
            }
            case Token.CROSS -> {
                in.advance();
                in.expect(Token.JOIN);
                return JoinKind.CROSS;
            }
            case Token.STRAIGHT_JOIN -> {
                in.advance();
                return JoinKind.STRAIGHT;
            }
            default -> {
                return outer();
            }
        }
    }

    private JoinKind outer() {
        JoinKind kind = in.kind == Token.LEFT ? JoinKind.LEFT : JoinKind.RIGHT;
        in.advance();
        in.accept(Token.OUTER);
        in.expect(Token.JOIN);
        return kind;
    }

    private void natural() {
        in.advance();
        JoinKind kind = JoinKind.INNER;
        if (in.kind == Token.LEFT || in.kind == Token.RIGHT) {
            kind = outer();
        } else {
            in.accept(Token.INNER);
            in.expect(Token.JOIN);
        }
        TableReference right = parsers.tables.parseFactor();
        Operand left = operands.removeLast();
        Span span = in.span(left.start());
        TableReference joined = new JoinedTable(span, kind, true, left.reference(), right, null, List.of());
        operands.add(new Operand(joined, left.spine() + 1, left.start()));
    }

    private void conditions() {
        while (!pending.isEmpty() && (in.kind == Token.ON || in.kind == Token.USING)) {
            if (in.accept(Token.ON)) {
                join(parsers.expressions.parse(), List.of());
            } else {
                in.advance();
                join(null, parsers.names.parseParenthesizedIdentifiers());
            }
        }
    }

    private void join(@Nullable Expression on, List<String> using) {
        JoinKind kind = pending.removeLast();
        Operand right = operands.removeLast();
        Operand left = operands.removeLast();
        Span span = in.span(left.start());
        TableReference joined = new JoinedTable(span, kind, false, left.reference(), right.reference(), on, using);
        operands.add(new Operand(joined, left.spine() + 1, left.start()));
    }

    private void crossJoin() {
        JoinKind kind = pending.removeLast();
        if (kind == JoinKind.LEFT || kind == JoinKind.RIGHT) {
            throw in.error();
        }
        Operand right = operands.removeLast();
        Operand left = operands.removeLast();
        TableReference joined = insertLeft(right.reference(), right.spine(), left, kind);
        operands.add(new Operand(joined, left.spine() + right.spine() + 1, left.start()));
    }

    /// Puts `left kind ...` at the leftmost place of a tree.
    private TableReference insertLeft(TableReference tree, int spine, Operand left, JoinKind kind) {
        if (spine > 0 && tree instanceof JoinedTable join) {
            Span span = new Span(left.start(), join.span().end());
            TableReference inner = insertLeft(join.left(), spine - 1, left, kind);
            return new JoinedTable(span, join.kind(), join.natural(), inner, join.right(), join.on(), join.using());
        }
        Span span = new Span(left.start(), tree.span().end());
        return new JoinedTable(span, kind, false, left.reference(), tree, null, List.of());
    }
}
