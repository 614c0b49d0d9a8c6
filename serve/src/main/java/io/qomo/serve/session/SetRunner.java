package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.vector.Vector;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.query.sql.ast.SetStatement;
import io.qomo.query.sql.ast.SetStatement.SetItem;
import io.qomo.serve.variable.Charsets;
import io.qomo.serve.variable.VariableValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SET: all values are found and checked before the first is assigned.
final class SetRunner {
    private final ServerSession session;
    private final VariableSetter setter;

    SetRunner(ServerSession session) {
        this.session = session;
        this.setter = new VariableSetter(session);
    }

    void run(StatementRun run, SetStatement statement) {
        session.count("Com_set_option");
        Evaluations evaluations = new Evaluations(session, run);
        List<Runnable> assignments = new ArrayList<>();
        for (SetItem item : statement.items()) {
            assignments.add(prepare(item, evaluations));
        }
        assignments.forEach(Runnable::run);
        Ok.send(session, run);
    }

    private Runnable prepare(SetItem item, Evaluations evaluations) {
        return switch (item) {
            case SetItem.UserVariableItem i -> {
                Vector value = evaluations.value(i.value());
                yield () -> session.facts().setUserVariable(i.name(), value);
            }
            case SetItem.VariableItem i -> prepare(i, evaluations);
            case SetItem.NamesItem i -> names(i);
            case SetItem.CharsetItem i -> {
                Charset charset = i.charset() == null ? Charset.UTF8MB4 : clientCharset(i.charset());
                yield () -> new CharsetSetter(session).setCharset(charset);
            }
        };
    }

    private Runnable names(SetItem.NamesItem item) {
        Charset charset = item.charset() == null ? Charset.UTF8MB4 : clientCharset(item.charset());
        @Nullable Collation collation = null;
        if (item.collation() != null && !item.collation().equalsIgnoreCase("default")) {
            Collation wanted = Charsets.collationNamed(item.collation());
            if (wanted.charset() != charset) {
                throw new SqlException(ErrorCode.COLLATION_CHARSET_MISMATCH, wanted.sqlName(), charset.sqlName());
            }
            collation = wanted;
        }
        Collation found = collation;
        return () -> new CharsetSetter(session).setNames(charset, found);
    }

    private static Charset clientCharset(String name) {
        return name.equalsIgnoreCase("default") ? Charset.UTF8MB4 : Charsets.named(name);
    }

    private Runnable prepare(SetItem.VariableItem item, Evaluations evaluations) {
        String name = item.component() == null ? item.name() : item.component() + "." + item.name();
        VariableValue given = value(item.value(), evaluations);
        boolean onlyNext = item.explicit() && item.scope() == VariableScope.DEFAULT;
        return setter.prepare(item.scope(), onlyNext, name, given);
    }

    /// The value given, or null for DEFAULT. A bare word stands for itself.
    private static @Nullable VariableValue value(@Nullable Expression written, Evaluations evaluations) {
        return switch (written) {
            case null -> null;
            case Expression.DefaultValue _ -> null;
            case Expression.ColumnReference c when c.table() == null -> VariableValue.of(c.column());
            default -> VariableValue.of(evaluations.value(written));
        };
    }

    /// Assigns one variable.
    void assign(VariableScope scope, String name, VariableValue value) {
        setter.prepare(scope, false, name, value).run();
    }
}
