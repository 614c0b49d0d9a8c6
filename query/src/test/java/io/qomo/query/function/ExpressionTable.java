package io.qomo.query.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks expressions written as a table, one per line: `expression => result`. The result is the text a client sees;
/// `NULL`; `ERROR n`; behind it perhaps ` !n` for a warning of that number each.
final class ExpressionTable {
    private final FakeContext context;
    private final Map<String, Expr> columns;

    ExpressionTable() {
        this(new FakeContext());
    }

    ExpressionTable(FakeContext context) {
        this(context, Map.of());
    }

    ExpressionTable(FakeContext context, Map<String, Expr> columns) {
        this.context = context;
        this.columns = columns;
    }

    /// Checks all lines and reports all that differ.
    void check(String table) {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (String line : table.lines().toList()) {
            int arrow = line.lastIndexOf(" =>");
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            assertThat(arrow).as(line).isPositive();
            String expression = line.substring(0, arrow).strip();
            String wanted = line.substring(arrow + 3).strip();
            String found = evaluate(expression).strip();
            if (!found.equals(wanted)) {
                expected.add(expression + " => " + wanted);
                actual.add(expression + " => " + found);
            }
        }
        assertThat(actual).containsExactlyElementsOf(expected);
    }

    /// The result of an expression as the table writes it.
    String evaluate(String expression) {
        context.warnings.clear();
        String result;
        try {
            Expr expr = new TestBinder(context, columns).bind(expression);
            result = text(expr, Evaluator.evaluateConstant(expr, context));
        } catch (SqlException e) {
            result = "ERROR " + e.errno();
        }
        StringBuilder all = new StringBuilder(result);
        for (String warning : context.warnings) {
            all.append(" !").append(warning, 0, warning.indexOf(' '));
        }
        return all.toString();
    }

    private String text(Expr expr, Vector value) {
        if (value.isNull(0)) {
            return "NULL";
        }
        Row row = new Row(context, new Vector[] {value}, value);
        ByteBuilder out = Texts.append(row, 0, expr.type(), new ByteBuilder());
        return expr.type().isBinaryString() && !isPrintable(out)
                ? "0x" + java.util.HexFormat.of().withUpperCase().formatHex(out.toBytes())
                : out.toString();
    }

    private static boolean isPrintable(ByteBuilder bytes) {
        for (byte b : bytes.toBytes()) {
            if (b < ' ' || b == 127) {
                return false;
            }
        }
        return true;
    }
}
