package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.logical.TableUse.IndexHint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The optimizer hints of one query block, `/*+ … */`. Owned by the thread that analyzes.
///
/// Obeyed are the orders of joins and the hints that name indexes; MAX_EXECUTION_TIME is the session's. Others are
/// known by name and have no effect: a note says so. What cannot be read or resolved is a warning, never an error.
///
/// Source: MySQL 8.0 manual, "Optimizer Hints".
final class OptimizerHints {
    static final OptimizerHints NONE = new OptimizerHints(List.of(), "select#1");

    private static final Pattern HINT =
            Pattern.compile("\\s*,?\\s*([A-Za-z_]+)\\s*(\\(([^()]*(\\([^()]*\\))?[^()]*)\\))?");
    private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`|([^\\s,@`()=.]+)");
    private static final Pattern BLOCK = Pattern.compile("@\\s*(`[^`]*`|[^\\s,]+)");
    private static final Set<String> JOINS = Set.of("JOIN_FIXED_ORDER", "JOIN_ORDER", "JOIN_PREFIX");
    private static final Set<String> INDEXES = Set.of(
            "INDEX",
            "NO_INDEX",
            "JOIN_INDEX",
            "NO_JOIN_INDEX",
            "ORDER_INDEX",
            "NO_ORDER_INDEX",
            "GROUP_INDEX",
            "NO_GROUP_INDEX");
    private static final Set<String> OF_SESSION = Set.of("MAX_EXECUTION_TIME", "QB_NAME");
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "BKA",
            "NO_BKA",
            "BNL",
            "NO_BNL",
            "HASH_JOIN",
            "NO_HASH_JOIN",
            "MERGE",
            "NO_MERGE",
            "DERIVED_CONDITION_PUSHDOWN",
            "NO_DERIVED_CONDITION_PUSHDOWN",
            "INDEX_MERGE",
            "NO_INDEX_MERGE",
            "MRR",
            "NO_MRR",
            "NO_ICP",
            "NO_RANGE_OPTIMIZATION",
            "SKIP_SCAN",
            "NO_SKIP_SCAN",
            "SEMIJOIN",
            "NO_SEMIJOIN",
            "SUBQUERY",
            "RESOURCE_GROUP",
            "SET_VAR",
            "JOIN_SUFFIX");

    private final List<Hint> hints;
    private final String block;

    /// A hint: its name in upper case and the names in its parentheses.
    private record Hint(String name, List<String> arguments) {}

    private OptimizerHints(List<Hint> hints, String block) {
        this.hints = List.copyOf(hints);
        this.block = block;
    }

    /// Reads the text of a hint comment; the first thing that is no hint ends it with warning 1064.
    static OptimizerHints parse(@Nullable String text, int depth, EvalContext warnings) {
        if (text == null) {
            return NONE;
        }
        List<Hint> hints = new ArrayList<>();
        Matcher m = HINT.matcher(text);
        int at = 0;
        while (at < text.length() && !text.substring(at).isBlank()) {
            boolean isHint = m.find(at) && m.start() == at && isKnown(m.group(1)) && m.group(2) != null;
            if (!isHint) {
                warnings.warn(
                        ErrorCode.OPTIMIZER_HINT_SYNTAX, text.substring(at).strip());
                break;
            }
            Hint hint = new Hint(m.group(1).toUpperCase(Locale.ROOT), names(m.group(3)));
            if (WITHOUT_EFFECT.contains(hint.name)) {
                warnings.warn(ErrorCode.WARN_NO_EFFECT, hint.name);
            } else if (hint.name.equals("JOIN_FIXED_ORDER") && hints.contains(hint)) {
                warnings.warn(ErrorCode.WARN_OPTIMIZER_HINT, hint.name + "()");
            } else {
                hints.add(hint);
            }
            at = m.end();
        }
        return new OptimizerHints(hints, "select#" + (depth + 1));
    }

    private static boolean isKnown(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return JOINS.contains(upper)
                || INDEXES.contains(upper)
                || OF_SESSION.contains(upper)
                || WITHOUT_EFFECT.contains(upper);
    }

    private static List<String> names(@Nullable String text) {
        List<String> names = new ArrayList<>();
        // Only hints that stand in the block they are for are obeyed, so its name says nothing new.
        Matcher m = NAME.matcher(text == null ? "" : BLOCK.matcher(text).replaceAll(""));
        while (m.find()) {
            names.add(m.group(1) != null ? m.group(1).replace("``", "`") : m.group(2));
        }
        return names;
    }

    /// True if tables are joined in the order of FROM.
    boolean keepsOrder() {
        return hints.stream().anyMatch(h -> h.name.equals("JOIN_FIXED_ORDER"));
    }

    /// The tables a table must be joined after.
    List<String> before(String alias) {
        Set<String> before = new HashSet<>();
        for (Hint h : hints) {
            List<String> named = h.arguments;
            int at = indexOf(named, alias);
            switch (h.name) {
                case "JOIN_ORDER" -> before.addAll(named.subList(0, Math.max(0, at)));
                case "JOIN_PREFIX" -> before.addAll(at < 0 ? named : named.subList(0, at));
                default -> {}
            }
        }
        return before.stream().sorted().toList();
    }

    private static int indexOf(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /// The hints about indexes of a table; they take the place of USE, FORCE and IGNORE INDEX.
    List<IndexHint> indexes(TableDef table, String alias, EvalContext warnings) {
        List<IndexHint> out = new ArrayList<>();
        for (Hint h : hints) {
            if (!INDEXES.contains(h.name)
                    || h.arguments.isEmpty()
                    || !h.arguments.getFirst().equalsIgnoreCase(alias)) {
                continue;
            }
            List<Integer> ids = new ArrayList<>();
            for (String name : h.arguments.subList(1, h.arguments.size())) {
                IndexDef index = table.index(name)
                        .filter(x -> x.visible() && x.state() == IndexDef.State.PUBLIC)
                        .orElse(null);
                if (index == null) {
                    warnings.warn(ErrorCode.UNRESOLVED_HINT_NAME, quoted(alias) + " `" + name + "`", h.name);
                } else {
                    ids.add(index.id());
                }
            }
            boolean namesAll = h.arguments.size() == 1;
            boolean ignores = h.name.startsWith("NO_");
            if (namesAll) {
                table.indexes().stream().filter(i -> !i.isPrimary() || !ignores).forEach(i -> ids.add(i.id()));
            }
            if (!ids.isEmpty()) {
                IndexHint.Purpose purpose = h.name.contains("ORDER")
                        ? IndexHint.Purpose.ORDER_BY
                        : h.name.contains("GROUP")
                                ? IndexHint.Purpose.GROUP_BY
                                : h.name.contains("JOIN") ? IndexHint.Purpose.JOIN : IndexHint.Purpose.ALL;
                out.add(new IndexHint(ignores ? IndexHint.Kind.IGNORE : IndexHint.Kind.FORCE, purpose, ids));
            }
        }
        return out;
    }

    /// Warns of tables that are not there.
    void checkTables(List<String> aliases, EvalContext warnings) {
        for (Hint h : hints) {
            List<String> tables = JOINS.contains(h.name)
                    ? h.arguments
                    : INDEXES.contains(h.name) ? h.arguments.subList(0, Math.min(1, h.arguments.size())) : List.of();
            for (String table : tables) {
                if (indexOf(aliases, table) < 0) {
                    warnings.warn(ErrorCode.UNRESOLVED_HINT_NAME, quoted(table), h.name);
                }
            }
        }
    }

    private String quoted(String table) {
        return "`" + table + "`@`" + block + "`";
    }
}
