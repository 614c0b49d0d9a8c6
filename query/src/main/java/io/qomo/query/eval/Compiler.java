package io.qomo.query.eval;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import java.util.List;

/// Builds the tree of compiled expressions.
final class Compiler {
    private final EvalContext context;

    Compiler(EvalContext context) {
        this.context = context;
    }

    CompiledExpr compile(Expr expr) {
        return switch (expr) {
            case Expr.Constant constant -> new Fixed(constant.value());
            case Expr.Column column -> new Input(column);
            case Expr.Parameter parameter -> new Argument(parameter, context);
            case Expr.Correlated correlated -> new Outer(correlated, context);
            case Expr.Call call ->
                new CompiledCall(call, compileAll(call.arguments()), context, ExprWalker.isRowIndependent(call));
            case Expr.Logic logic -> new CompiledLogic(logic, compileAll(logic.conditions()));
            case Expr.Case c ->
                new CompiledCase(
                        c,
                        compileAll(c.conditions()),
                        compileAs(c.type(), c.results()),
                        compileAs(c.type(), c.otherwise()));
            case Expr.Coalesce coalesce ->
                new CompiledCoalesce(coalesce, compileAs(coalesce.type(), coalesce.arguments()));
            case Expr.Subquery subquery -> compileSubquery(subquery);
        };
    }

    private CompiledExpr compileSubquery(Expr.Subquery subquery) {
        CompiledExpr[] bindings = new CompiledExpr[subquery.bindings().size()];
        for (int i = 0; i < bindings.length; i++) {
            bindings[i] = compile(subquery.bindings().get(i).value());
        }
        Expr comparison = subquery.comparison();
        return new CompiledSubquery(
                subquery,
                bindings,
                compileAll(subquery.operands()),
                comparison == null ? null : compile(comparison),
                context);
    }

    private CompiledExpr[] compileAll(List<Expr> list) {
        CompiledExpr[] compiled = new CompiledExpr[list.size()];
        for (int i = 0; i < compiled.length; i++) {
            compiled[i] = compile(list.get(i));
        }
        return compiled;
    }

    private CompiledExpr[] compileAs(SqlType type, List<Expr> list) {
        CompiledExpr[] compiled = new CompiledExpr[list.size()];
        for (int i = 0; i < compiled.length; i++) {
            compiled[i] = compileAs(type, list.get(i));
        }
        return compiled;
    }

    /// As [#compile]; a bare NULL takes the physical form of the type.
    private CompiledExpr compileAs(SqlType type, Expr expr) {
        if (expr.type().physical() != type.physical() && ExprWalker.isNullConstant(expr)) {
            return new Fixed(Vector.constantNull(type));
        }
        return compile(expr);
    }

    private static final class Fixed extends CompiledExpr {
        private final Vector value;

        Fixed(Vector value) {
            super(value.type(), true);
            this.value = value;
        }

        @Override
        public Vector evaluate(Batch input) {
            return value;
        }
    }

    private static final class Input extends CompiledExpr {
        private final int index;

        Input(Expr.Column column) {
            super(column.type(), true);
            this.index = column.index();
        }

        @Override
        public Vector evaluate(Batch input) {
            return input.column(index);
        }
    }

    private static final class Argument extends CompiledExpr {
        private final int index;
        private final EvalContext context;

        Argument(Expr.Parameter parameter, EvalContext context) {
            super(parameter.type(), true);
            this.index = parameter.index();
            this.context = context;
        }

        @Override
        public Vector evaluate(Batch input) {
            return context.parameter(index);
        }
    }

    private static final class Outer extends CompiledExpr {
        private final int slot;
        private final EvalContext context;

        Outer(Expr.Correlated correlated, EvalContext context) {
            super(correlated.type(), true);
            this.slot = correlated.slot();
            this.context = context;
        }

        @Override
        public Vector evaluate(Batch input) {
            return context.correlated(slot);
        }
    }
}
