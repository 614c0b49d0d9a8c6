package io.qomo.query.optimize;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Correlated;
import io.qomo.query.expr.Expr.Subquery;
import io.qomo.query.expr.Expr.Subquery.Binding;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.LogicalSubplan;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns expressions over ids into expressions over positions and slots.
final class Lowering {
    private final PhysicalBuilder builder;
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final Map<Integer, Correlated> slots;

    /// @param layout the columns of the input in order
    /// @param slots the slots of enclosing frames by column id
    Lowering(PhysicalBuilder builder, List<Column> layout, Map<Integer, Correlated> slots) {
        this.builder = builder;
        this.slots = slots;
        for (int i = 0; i < layout.size(); i++) {
            positions.putIfAbsent(layout.get(i).index(), i);
        }
    }

    Expr lower(Expr e) {
        return switch (e) {
            case Column c -> column(c);
            case Subquery s -> subquery(s);
            default -> ExprRewriter.mapChildren(e, this::lower);
        };
    }

    List<Expr> lowerAll(List<Expr> list) {
        return list.stream().map(this::lower).toList();
    }

    List<SortKey> lowerKeys(List<SortKey> keys) {
        return keys.stream()
                .map(k -> new SortKey(lower(k.expression()), k.descending()))
                .toList();
    }

    private Expr column(Column c) {
        Integer at = positions.get(c.index());
        if (at != null) {
            return new Column(at, c.type(), c.nullable(), c.name());
        }
        Correlated slot = slots.get(c.index());
        if (slot == null) {
            throw new SqlException(ErrorCode.INTERNAL_ERROR, "no input produces column " + c);
        }
        return slot;
    }

    private Expr subquery(Subquery s) {
        List<Expr> operands = s.operands().stream().map(this::lower).toList();
        if (!(s.plan() instanceof LogicalSubplan sub)) {
            return new Subquery(s.kind(), s.plan(), s.bindings(), operands, s.comparison(), s.type(), s.coercibility());
        }
        Map<Integer, Correlated> inner = new HashMap<>();
        List<Binding> bindings = bindings(ColumnSets.free(sub.plan()), inner);
        return new Subquery(
                s.kind(),
                builder.subplan(sub.plan(), inner, s.kind()),
                bindings,
                operands,
                s.comparison(),
                s.type(),
                s.coercibility());
    }

    /// Gives each free column a new slot; fills `inner` with them.
    List<Binding> bindings(BitSet free, Map<Integer, Correlated> inner) {
        List<Binding> bindings = new ArrayList<>();
        for (int id = free.nextSetBit(0); id >= 0; id = free.nextSetBit(id + 1)) {
            Expr value = column(builder.columnOf(id));
            Correlated slot = builder.newSlot(builder.columnOf(id));
            inner.put(id, slot);
            bindings.add(new Binding(slot.slot(), value));
        }
        return bindings;
    }
}
