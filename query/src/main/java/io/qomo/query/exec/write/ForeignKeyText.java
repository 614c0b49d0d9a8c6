package io.qomo.query.exec.write;

import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.TableDef;
import java.util.List;
import java.util.stream.Collectors;

/// A foreign key as error messages show it: ``` `db`.`child`, CONSTRAINT `fk` FOREIGN KEY (`a`)
/// REFERENCES `p` (`b`) ```.
public final class ForeignKeyText {
    private ForeignKeyText() {}

    /// The text that stands in parentheses in errors 1451 and 1452.
    public static String of(TableDef child, ForeignKeyDef key) {
        List<String> columns =
                key.columnIds().stream().map(id -> child.columnById(id).name()).toList();
        StringBuilder text = new StringBuilder();
        text.append(quoted(child.database())).append('.').append(quoted(child.name()));
        text.append(", CONSTRAINT ").append(quoted(key.name()));
        text.append(" FOREIGN KEY (").append(list(columns)).append(") REFERENCES ");
        if (!key.parentDatabase().equalsIgnoreCase(child.database())) {
            text.append(quoted(key.parentDatabase())).append('.');
        }
        text.append(quoted(key.parentTable()))
                .append(" (")
                .append(list(key.parentColumns()))
                .append(')');
        append(" ON DELETE ", key.onDelete(), text);
        append(" ON UPDATE ", key.onUpdate(), text);
        return text.toString();
    }

    private static void append(String when, ForeignKeyDef.Action action, StringBuilder text) {
        switch (action) {
            case NO_ACTION -> {}
            case RESTRICT -> text.append(when).append("RESTRICT");
            case CASCADE -> text.append(when).append("CASCADE");
            case SET_NULL -> text.append(when).append("SET NULL");
            case SET_DEFAULT -> text.append(when).append("SET DEFAULT");
        }
    }

    private static String list(List<String> names) {
        return names.stream().map(ForeignKeyText::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
