package io.qomo.testing.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes queries over the tables of [TableGenerator].
public final class QueryGenerator {
    private static final int MAX_DEPTH = 3;

    private final Random random;
    private int aliases;

    /// Queries of a seed.
    public QueryGenerator(long seed) {
        this.random = new Random(seed);
    }

    /// A query.
    ///
    /// @param sql its text
    /// @param isOrdered the order of its rows is fixed
    public record Query(String sql, boolean isOrdered) {}

    /// Tables of a FROM clause by alias; all have the columns of the generated tables.
    private record Scope(List<String> aliases) {
        Scope with(Scope outer) {
            List<String> all = new ArrayList<>(aliases);
            all.addAll(outer.aliases);
            return new Scope(all);
        }
    }

    private static final Scope NONE = new Scope(List.of());

    /// The next query.
    public Query next() {
        aliases = 0;
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Query(grouped(NONE, 0), false);
            case 2 -> new Query(setOperation(), false);
            case 3 -> limited();
            case 4 -> new Query(window(), false);
            case 5 -> new Query(cte(), false);
            case 6 -> new Query(rollup(), false);
            default -> new Query(plain(), false);
        };
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String table() {
        return "t" + random.nextInt(TableGenerator.TABLES);
    }

    private String alias() {
        aliases++;
        return "x" + aliases;
    }

    // -- queries

    private String plain() {
        List<String> inScope = new ArrayList<>();
        String from = from(inScope, 0);
        Scope scope = new Scope(inScope);
        List<String> items = new ArrayList<>();
        int n = 1 + random.nextInt(4);
        for (int i = 0; i < n; i++) {
            items.add(chance(15) ? scalarSubquery(scope, 1) : chance(70) ? column(scope) : integer(scope, 1));
        }
        return "SELECT " + (chance(20) ? "DISTINCT " : "") + String.join(", ", items) + " FROM " + from
                + where(scope, 0);
    }

    private String where(Scope scope, int depth) {
        return chance(80) ? " WHERE " + condition(scope, depth) : "";
    }

    private Query limited() {
        List<String> inScope = new ArrayList<>();
        String from = from(inScope, 0);
        Scope scope = new Scope(inScope);
        List<String> items = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        int n = 1 + random.nextInt(3);
        for (int i = 0; i < n; i++) {
            items.add(column(scope) + " AS k" + i);
            keys.add("k" + i + (chance(40) ? " DESC" : ""));
        }
        String sql = "SELECT " + String.join(", ", items) + " FROM " + from + where(scope, 0) + " ORDER BY "
                + String.join(", ", keys);
        if (chance(80)) {
            sql += " LIMIT " + (1 + random.nextInt(8)) + (chance(30) ? " OFFSET " + random.nextInt(5) : "");
        }
        return new Query(sql, true);
    }

    private String aggregate(Scope scope) {
        return switch (random.nextInt(8)) {
            case 0 -> "COUNT(*)";
            case 1 -> "COUNT(" + column(scope) + ")";
            case 2 -> "COUNT(DISTINCT " + column(scope) + ")";
            case 3 -> "SUM(" + integer(scope, 1) + ")";
            case 4 -> "AVG(" + number(scope) + ")";
            case 5 -> "MIN(" + column(scope) + ")";
            case 6 -> "SUM(" + number(scope) + ")";
            default -> "MAX(" + column(scope) + ")";
        };
    }

    private String number(Scope scope) {
        return one(scope.aliases) + "." + one(List.of("id", "a", "b", "d"));
    }

    private String grouped(Scope outer, int depth) {
        List<String> inScope = new ArrayList<>();
        String from = from(inScope, depth);
        Scope scope = new Scope(inScope);
        List<String> groups = new ArrayList<>();
        int n = random.nextInt(3);
        for (int i = 0; i < n; i++) {
            groups.add(column(scope));
        }
        List<String> items = new ArrayList<>(groups);
        int m = 1 + random.nextInt(2);
        for (int i = 0; i < m; i++) {
            items.add(aggregate(scope));
        }
        String sql = "SELECT " + String.join(", ", items) + " FROM " + from + where(scope.with(outer), depth);
        if (n > 0) {
            sql += " GROUP BY " + String.join(", ", groups);
        }
        if (chance(30)) {
            sql += " HAVING " + aggregate(scope) + " " + one(List.of(">", "<", "<>", "=")) + " " + random.nextInt(6);
        }
        return sql;
    }

    private String rollup() {
        String t = alias();
        Scope scope = new Scope(List.of(t));
        int first = random.nextInt(TableGenerator.COLUMNS.size());
        int second = (first + 1 + random.nextInt(TableGenerator.COLUMNS.size() - 1)) % TableGenerator.COLUMNS.size();
        String groups = t + "." + TableGenerator.COLUMNS.get(first);
        if (chance(60)) {
            groups += ", " + t + "." + TableGenerator.COLUMNS.get(second);
        }
        // MariaDB counts a grouped column's values once more for each group in the totals of COUNT(DISTINCT).
        String aggregates = aggregate(scope).replace("DISTINCT ", "") + ", "
                + aggregate(scope).replace("DISTINCT ", "");
        return "SELECT " + groups + ", " + aggregates + " FROM " + table() + " " + t + where(scope, 1) + " GROUP BY "
                + groups + " WITH ROLLUP";
    }

    private String window() {
        String t = alias();
        Scope scope = new Scope(List.of(t));
        String function = one(List.of(
                "ROW_NUMBER()",
                "RANK()",
                "DENSE_RANK()",
                "COUNT(*)",
                "SUM(" + t + ".a)",
                "MIN(" + t + ".b)",
                "LAG(" + t + ".a)",
                "LEAD(" + t + ".c, 2)",
                "FIRST_VALUE(" + t + ".b)",
                "LAST_VALUE(" + t + ".a)",
                "NTILE(3)"));
        String order = chance(70)
                ? " ORDER BY " + t + "." + one(TableGenerator.COLUMNS) + ", " + t + ".id" + (chance(40) ? " DESC" : "")
                : " ORDER BY " + t + ".id";
        String partition = chance(60) ? "PARTITION BY " + t + "." + one(TableGenerator.COLUMNS) : "";
        boolean framed = chance(30) && (function.startsWith("SUM") || function.startsWith("COUNT"));
        String frame = framed
                ? one(List.of(
                        " ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING",
                        " ROWS UNBOUNDED PRECEDING",
                        " ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING",
                        " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING"))
                : "";
        return "SELECT " + t + ".id, " + function + " OVER (" + partition + order + frame + ") AS w FROM " + table()
                + " " + t + where(scope, 1);
    }

    private String setOperation() {
        List<String> columns = one(List.of(List.of("a"), List.of("a", "b"), List.of("c"), List.of("b", "c", "id")));
        String sql = simple(columns);
        int n = 1 + random.nextInt(2);
        for (int i = 0; i < n; i++) {
            sql += one(List.of(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ")) + simple(columns);
        }
        return sql;
    }

    private String simple(List<String> columns) {
        String t = alias();
        Scope scope = new Scope(List.of(t));
        return "SELECT "
                + String.join(", ", columns.stream().map(c -> t + "." + c).toList()) + " FROM " + table() + " " + t
                + where(scope, 1);
    }

    private String cte() {
        String t = alias();
        String definition = "SELECT * FROM " + table() + " " + t + where(new Scope(List.of(t)), 1);
        String a = alias();
        String b = alias();
        Scope scope = new Scope(List.of(a, b));
        if (chance(30)) {
            return "WITH RECURSIVE r (n, v) AS (SELECT id, a FROM " + table() + " WHERE id < 4 UNION "
                    + one(List.of("", "ALL ")) + "SELECT n + 1, v FROM r WHERE n < " + (3 + random.nextInt(5))
                    + ") SELECT r.n, r.v, " + a + ".c FROM r " + one(List.of("JOIN ", "LEFT JOIN ")) + table() + " " + a
                    + " ON " + a + ".id = r.n";
        }
        return "WITH q AS (" + definition + ") SELECT " + column(scope) + ", " + column(scope) + " FROM q " + a + " "
                + one(List.of("JOIN", "LEFT JOIN")) + " q " + b + " ON " + condition(scope, 2) + where(scope, 2);
    }

    // -- FROM

    private String from(List<String> inScope, int depth) {
        String sql = source(inScope, depth);
        int joins = chance(55) ? 1 + random.nextInt(2) : 0;
        for (int i = 0; i < joins; i++) {
            String kind = one(List.of(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " LEFT JOIN "));
            sql += kind + source(inScope, depth) + " ON " + on(new Scope(List.copyOf(inScope)), depth);
        }
        return sql;
    }

    private String on(Scope scope, int depth) {
        String last = scope.aliases.getLast();
        String other = scope.aliases.get(random.nextInt(scope.aliases.size() - 1));
        String equality =
                last + "." + one(TableGenerator.INTEGERS) + " = " + other + "." + one(TableGenerator.INTEGERS);
        if (chance(60)) {
            return chance(70) ? equality : equality + " AND " + condition(scope, Math.max(depth, 2));
        }
        return condition(scope, Math.max(depth, 1));
    }

    private String source(List<String> inScope, int depth) {
        String alias = alias();
        String sql;
        if (depth < 2 && chance(15)) {
            String t = alias();
            Scope scope = new Scope(List.of(t));
            sql = chance(50)
                    ? "(SELECT " + t + ".id, " + t + ".a, MAX(" + t + ".b) AS b, MIN(" + t + ".c) AS c, SUM(" + t
                            + ".d) AS d, MAX(" + t + ".e) AS e FROM " + table() + " " + t + where(scope, 2)
                            + " GROUP BY " + t + ".id, " + t + ".a)"
                    : "(SELECT " + (chance(30) ? "DISTINCT " : "") + "* FROM " + table() + " " + t + where(scope, 2)
                            + ")";
        } else {
            sql = table();
        }
        inScope.add(alias);
        return sql + " " + alias;
    }

    // -- expressions

    private String column(Scope scope) {
        return one(scope.aliases) + "." + one(TableGenerator.COLUMNS);
    }

    private String integer(Scope scope, int depth) {
        if (depth >= MAX_DEPTH || chance(50)) {
            return chance(75) ? one(scope.aliases) + "." + one(TableGenerator.INTEGERS) : "" + (random.nextInt(9) - 1);
        }
        return switch (random.nextInt(6)) {
            case 0 -> "(" + integer(scope, depth + 1) + " + " + integer(scope, depth + 1) + ")";
            case 1 -> "(" + integer(scope, depth + 1) + " * " + integer(scope, depth + 1) + ")";
            case 2 -> "COALESCE(" + integer(scope, depth + 1) + ", " + integer(scope, depth + 1) + ")";
            case 3 ->
                "CASE WHEN " + condition(scope, depth + 1) + " THEN " + integer(scope, depth + 1) + " ELSE "
                        + integer(scope, depth + 1) + " END";
            case 4 -> "NULLIF(" + integer(scope, depth + 1) + ", " + integer(scope, depth + 1) + ")";
            default -> "ABS(" + integer(scope, depth + 1) + ")";
        };
    }

    private String string(Scope scope) {
        return chance(65)
                ? one(scope.aliases) + "." + one(TableGenerator.STRINGS)
                : "'" + one(TableGenerator.WORDS) + "'";
    }

    private String operator() {
        return one(List.of("=", "=", "=", "<>", "<", "<=", ">", ">=", "<=>"));
    }

    String condition(Scope scope, int depth) {
        if (depth < MAX_DEPTH && chance(35)) {
            String left = condition(scope, depth + 1);
            String right = condition(scope, depth + 1);
            return switch (random.nextInt(5)) {
                case 0, 1 -> "(" + left + " AND " + right + ")";
                case 2, 3 -> "(" + left + " OR " + right + ")";
                default -> "NOT (" + left + ")";
            };
        }
        if (depth < 2 && chance(35)) {
            return subqueryCondition(scope, depth);
        }
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> integer(scope, depth + 1) + " " + operator() + " " + integer(scope, depth + 1);
            case 3 -> string(scope) + " " + operator() + " " + string(scope);
            case 4 -> column(scope) + (chance(50) ? " IS NULL" : " IS NOT NULL");
            case 5 ->
                integer(scope, MAX_DEPTH) + (chance(30) ? " NOT" : "") + " IN (" + random.nextInt(5) + ", "
                        + random.nextInt(5) + (chance(15) ? ", NULL" : "") + ")";
            case 6 ->
                integer(scope, MAX_DEPTH) + (chance(30) ? " NOT" : "") + " BETWEEN " + random.nextInt(4) + " AND "
                        + (2 + random.nextInt(5));
            case 7 ->
                one(scope.aliases) + ".c" + (chance(30) ? " NOT" : "") + " LIKE "
                        + one(List.of("'a%'", "'%b'", "'_b%'", "'ab'", "''"));
            case 8 -> one(scope.aliases) + ".e " + operator() + " '2024-01-0" + (1 + random.nextInt(9)) + "'";
            case 9 -> one(scope.aliases) + ".d " + operator() + " " + random.nextInt(5) + "." + random.nextInt(100);
            default -> one(scope.aliases) + ".a " + operator() + " " + one(scope.aliases) + ".b";
        };
    }

    private String subqueryCondition(Scope scope, int depth) {
        String t = alias();
        Scope own = new Scope(List.of(t));
        Scope visible = chance(60) ? own.with(scope) : own;
        String from = " FROM " + table() + " " + t;
        String filter = chance(85) ? " WHERE " + correlated(visible, own, scope, depth + 1) : "";
        String value = integer(scope, MAX_DEPTH);
        String integer = t + "." + one(TableGenerator.INTEGERS);
        return switch (random.nextInt(8)) {
            case 0, 1 -> value + (chance(50) ? " NOT" : "") + " IN (SELECT " + integer + from + filter + ")";
            case 2, 3 -> (chance(50) ? "NOT " : "") + "EXISTS (SELECT 1" + from + filter + ")";
            case 4 ->
                value + " " + one(List.of("=", "<", ">", "<>", ">=")) + one(List.of(" ANY", " ALL")) + " (SELECT "
                        + integer + from + filter + ")";
            case 5 -> value + " " + operator() + " " + scalarSubquery(scope, depth + 1);
            case 6 ->
                "(" + value + ", " + one(scope.aliases) + ".b)" + (chance(50) ? " NOT" : "") + " IN (SELECT " + integer
                        + ", " + t + ".a" + from + filter + ")";
            default ->
                value + (chance(40) ? " NOT" : "") + " IN (SELECT MAX(" + integer + ")" + from + filter + " GROUP BY "
                        + t + "." + one(TableGenerator.COLUMNS) + ")";
        };
    }

    private String correlated(Scope visible, Scope own, Scope outer, int depth) {
        if (chance(60)) {
            String equality = own.aliases.getFirst() + "." + one(TableGenerator.INTEGERS) + " = " + one(outer.aliases)
                    + "." + one(TableGenerator.INTEGERS);
            return chance(60) ? equality : equality + " AND " + condition(visible, depth + 1);
        }
        return condition(visible, depth);
    }

    private String scalarSubquery(Scope scope, int depth) {
        String t = alias();
        Scope own = new Scope(List.of(t));
        Scope visible = own.with(scope);
        String aggregate = one(
                List.of("COUNT(*)", "MAX(" + t + ".a)", "MIN(" + t + ".b)", "SUM(" + t + ".a)", "COUNT(" + t + ".a)"));
        return "(SELECT " + aggregate + " FROM " + table() + " " + t + " WHERE "
                + correlated(visible, own, scope, depth + 1) + ")";
    }
}
