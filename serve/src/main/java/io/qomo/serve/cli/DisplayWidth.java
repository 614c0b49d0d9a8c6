package io.qomo.serve.cli;

import org.jline.utils.WCWidth;

/// How many columns of a terminal a text takes.
final class DisplayWidth {
    private DisplayWidth() {}

    static int of(String text) {
        int width = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            width += c < 127 ? 1 : Math.max(0, WCWidth.wcwidth(c));
            i += Character.charCount(c);
        }
        return width;
    }
}
