package io.qomo.serve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteLinesTest {
    private static List<String> lines(String text) throws IOException {
        ByteLines lines = new ByteLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        List<String> all = new ArrayList<>();
        String line = lines.next();
        while (line != null) {
            all.add(line);
            line = lines.next();
        }
        return all;
    }

    @Test
    void onlyLineFeedsEndLines() throws IOException {
        assertThat(lines("a\r\n\u00ffb\rc\u0085\n\nd")).containsExactly("a\r", "\u00ffb\rc\u0085", "", "d");
        assertThat(lines("")).isEmpty();
        assertThat(lines("a\n")).containsExactly("a");
    }

    @Test
    void longLinesSpanReads() throws IOException {
        String longLine = "x".repeat(300_000);
        assertThat(lines(longLine + "\n" + longLine)).containsExactly(longLine, longLine);
    }
}
