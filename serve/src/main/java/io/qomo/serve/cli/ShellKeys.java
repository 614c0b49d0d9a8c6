package io.qomo.serve.cli;

import java.util.List;
import java.util.Map;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;

/// Keys as terminals send them in either mode. The line reader binds what the terminal's description says, which is
/// application mode (`ESC O A`); a terminal that was not told of it, or does not follow, sends `ESC [ A`.
final class ShellKeys {
    private static final String ESC = "\033";
    private static final Map<String, String> WIDGETS = Map.of(
            "A", LineReader.UP_LINE_OR_SEARCH,
            "B", LineReader.DOWN_LINE_OR_SEARCH,
            "C", LineReader.FORWARD_CHAR,
            "D", LineReader.BACKWARD_CHAR,
            "H", LineReader.BEGINNING_OF_LINE,
            "F", LineReader.END_OF_LINE);
    private static final Map<String, String> NUMBERED = Map.of(
            "1~", LineReader.BEGINNING_OF_LINE,
            "7~", LineReader.BEGINNING_OF_LINE,
            "4~", LineReader.END_OF_LINE,
            "8~", LineReader.END_OF_LINE,
            "3~", LineReader.DELETE_CHAR);

    private ShellKeys() {}

    /// Adds them where a line is edited; what is bound stays.
    static void bind(LineReader reader) {
        for (String name : List.of(LineReader.EMACS, LineReader.VIINS)) {
            KeyMap<Binding> map = reader.getKeyMaps().get(name);
            if (map != null) {
                WIDGETS.forEach((key, widget) -> {
                    bind(map, ESC + "[" + key, widget);
                    bind(map, ESC + "O" + key, widget);
                });
                NUMBERED.forEach((key, widget) -> bind(map, ESC + "[" + key, widget));
            }
        }
    }

    private static void bind(KeyMap<Binding> map, String keys, String widget) {
        map.bindIfNotBound(new Reference(widget), keys);
    }
}
