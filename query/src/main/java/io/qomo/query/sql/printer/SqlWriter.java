package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.TableName;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Text under construction, with MySQL's quoting.
final class SqlWriter {
    private final StringBuilder out = new StringBuilder();

    SqlWriter text(String text) {
        out.append(text);
        return this;
    }

    SqlWriter number(long value) {
        out.append(value);
        return this;
    }

    /// A name in backquotes, those inside doubled.
    SqlWriter name(String name) {
        out.append('`').append(name.replace("`", "``")).append('`');
        return this;
    }

    /// An alias, which may be empty, as no other name.
    SqlWriter alias(String alias) {
        return alias.isEmpty() ? string(alias) : name(alias);
    }

    SqlWriter name(TableName table) {
        qualifier(table.schema());
        return name(table.name());
    }

    SqlWriter qualifier(@Nullable String qualifier) {
        if (qualifier != null) {
            name(qualifier).text(".");
        }
        return this;
    }

    /// A string in single quotes with backslash escapes.
    SqlWriter string(String value) {
        out.append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case 0 -> out.append("\\0");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case 26 -> out.append("\\Z");
                case '\'' -> out.append("''");
                case '\\' -> out.append("\\\\");
                default -> out.append(c);
            }
        }
        out.append('\'');
        return this;
    }

    /// Elements with commas between them.
    <T> SqlWriter list(List<T> elements, Consumer<T> print) {
        String separator = "";
        for (T element : elements) {
            out.append(separator);
            print.accept(element);
            separator = ",";
        }
        return this;
    }

    SqlWriter names(List<String> names) {
        return list(names, this::name);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
