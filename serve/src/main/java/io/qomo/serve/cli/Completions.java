package io.qomo.serve.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What Tab offers at a place in a statement: the kind of name that may stand there, and keywords that begin as what is
/// typed.
final class Completions {
    private static final Set<String> TABLE_CLAUSES =
            Set.of("from", "join", "into", "update", "table", "tables", "truncate", "describe", "view", "references");
    private static final Set<String> COLUMN_CLAUSES = Set.of(
            "select",
            "where",
            "on",
            "having",
            "by",
            "set",
            "using",
            "when",
            "then",
            "else",
            "case",
            "and",
            "or",
            "not",
            "between",
            "in",
            "distinct",
            "limit",
            "values",
            "column");
    private static final Set<String> DATABASE_CLAUSES = Set.of("use", "database", "schema", "databases");
    /// Words after which a name of a table is still to come.
    private static final Set<String> BEFORE_TABLE = Set.of(
            "from",
            "join",
            "into",
            "update",
            "table",
            "tables",
            "truncate",
            "describe",
            "desc",
            "view",
            "references",
            ",",
            "exists",
            "only",
            "ignore",
            "low_priority");
    private static final Set<String> AFTER_TABLE = Set.of(
            "where",
            "join",
            "left",
            "right",
            "inner",
            "cross",
            "natural",
            "on",
            "using",
            "set",
            "group",
            "order",
            "limit",
            "values",
            "value",
            "select",
            "having",
            "union",
            "for",
            "as",
            "partition",
            "force",
            "use",
            "ignore",
            "straight_join",
            "window",
            "add",
            "drop",
            "modify",
            "change",
            "rename",
            "like");

    /// The names there are; what cannot be found out is empty.
    interface Names {
        Set<String> databases();

        /// Tables of a database, the current one if it is empty.
        Set<String> tables(String database);

        /// Columns of a table of a database, the current one if it is empty.
        Set<String> columns(String database, String table);
    }

    private final SqlWords before;
    private final Map<String, List<String>> tables;
    private final Names names;
    private final Set<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private Completions(SqlWords before, Map<String, List<String>> tables, Names names) {
        this.before = before;
        this.tables = tables;
        this.names = names;
    }

    /// The words that may stand for the piece of a word that `before` ends in; `after` is the rest of the line.
    static List<String> of(String before, String after, Names names) {
        SqlWords words = SqlWords.of(before);
        if (words.isOpen()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(words.words());
        all.add("?");
        all.addAll(SqlWords.of(after + "\n").words());
        Completions completions = new Completions(words, tablesOf(all), names);
        completions.find();
        String typed = words.typed().toLowerCase(Locale.ROOT);
        return completions.found.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(typed))
                .map(Completions::quoted)
                .toList();
    }

    /// A keyword or plain name as it is, another name in backquotes.
    private static String quoted(String name) {
        boolean isPlain = CompletionWords.INNER.contains(name)
                || CompletionWords.STARTS.contains(name)
                || name.chars().allMatch(c -> SqlWords.isPartOfName((char) c));
        return isPlain ? name : ClientCommand.quote(name);
    }

    /// Tables that a statement names, by the name or alias they go by: database (empty: the current one) and table.
    private static Map<String, List<String>> tablesOf(List<String> words) {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        boolean isList = false;
        int i = 0;
        while (i < words.size()) {
            String word = words.get(i).toLowerCase(Locale.ROOT);
            boolean isStart = Set.of("from", "join", "into", "update").contains(word);
            isList = isStart || (isList && !AFTER_TABLE.contains(word) && !word.equals("("));
            if (isStart || (isList && word.equals(","))) {
                i = table(words, i + 1, tables);
            } else {
                i++;
            }
        }
        return tables;
    }

    private static int table(List<String> words, int from, Map<String, List<String>> tables) {
        if (from >= words.size() || !isName(words.get(from))) {
            return from;
        }
        String database = "";
        String table = words.get(from);
        int at = from + 1;
        if (at + 1 < words.size() && words.get(at).equals(".") && isName(words.get(at + 1))) {
            database = table;
            table = words.get(at + 1);
            at += 2;
        }
        if (at < words.size() && words.get(at).equalsIgnoreCase("as")) {
            at++;
        }
        String alias = table;
        if (at < words.size()
                && isName(words.get(at))
                && !AFTER_TABLE.contains(words.get(at).toLowerCase(Locale.ROOT))) {
            alias = words.get(at);
            at++;
        }
        tables.put(alias.toLowerCase(Locale.ROOT), List.of(database, table));
        return at;
    }

    private static boolean isName(String word) {
        return !word.isEmpty() && SqlWords.isPartOfName(word.charAt(0));
    }

    private void find() {
        if (before.last(0).equals(".")) {
            qualified();
            return;
        }
        if (before.words().isEmpty()) {
            found.addAll(CompletionWords.STARTS);
            return;
        }
        boolean inside = false;
        int depth = 0;
        for (int back = 0; back < before.words().size(); back++) {
            String word = before.last(back);
            if (word.equals(")")) {
                depth++;
            } else if (word.equals("(")) {
                inside |= depth == 0;
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && isClause(word, back)) {
                inClause(word, inside);
                return;
            }
        }
        keywords();
    }

    private boolean isClause(String word, int back) {
        boolean isFirst = back == before.words().size() - 1;
        return TABLE_CLAUSES.contains(word)
                || COLUMN_CLAUSES.contains(word)
                || DATABASE_CLAUSES.contains(word)
                || (isFirst && word.equals("desc"));
    }

    private void inClause(String clause, boolean inside) {
        boolean isFirst = before.words().size() == 1;
        if (DATABASE_CLAUSES.contains(clause)) {
            if (before.last(0).equals(clause)) {
                found.addAll(names.databases());
            } else {
                keywords();
            }
        } else if (COLUMN_CLAUSES.contains(clause) && !(isFirst && clause.equals("set"))) {
            columns();
            keywords();
        } else if (clause.equals("into") && inside) {
            columns();
        } else if (inside) {
            keywords();
        } else if (clause.equals("from") && before.last(1).equals("tables")) {
            found.addAll(names.databases());
        } else if (BEFORE_TABLE.contains(before.last(0))) {
            found.addAll(names.tables(""));
            if (!before.typed().isEmpty()) {
                found.addAll(names.databases());
            }
        } else {
            keywords();
        }
    }

    /// Keywords, once it is begun to type one.
    private void keywords() {
        if (!before.typed().isEmpty()) {
            found.addAll(CompletionWords.INNER);
        }
    }

    private void columns() {
        for (List<String> table : tables.values()) {
            found.addAll(names.columns(table.get(0), table.get(1)));
        }
        if (!before.typed().isEmpty()) {
            for (Map.Entry<String, List<String>> table : tables.entrySet()) {
                found.add(table.getKey());
            }
            if (tables.isEmpty()) {
                allColumns();
            }
        }
    }

    private void allColumns() {
        for (String table : names.tables("")) {
            found.addAll(names.columns("", table));
        }
    }

    /// What may stand behind `a.` or `a.b.`.
    private void qualified() {
        String name = before.words().size() < 2
                ? ""
                : before.words().get(before.words().size() - 2);
        if (before.last(2).equals(".") && before.words().size() > 3) {
            found.addAll(names.columns(before.words().get(before.words().size() - 4), name));
            return;
        }
        List<String> table = tables.get(name.toLowerCase(Locale.ROOT));
        boolean namesTable = BEFORE_TABLE.contains(before.last(2));
        if (!namesTable) {
            found.addAll(table == null ? names.columns("", name) : names.columns(table.get(0), table.get(1)));
        }
        if (found.isEmpty() && names.databases().stream().anyMatch(name::equalsIgnoreCase)) {
            found.addAll(names.tables(name));
        } else if (found.isEmpty() && !before.typed().isEmpty()) {
            // An alias that is still to be given.
            allColumns();
        }
    }
}
