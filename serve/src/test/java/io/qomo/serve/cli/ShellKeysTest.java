package io.qomo.serve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellKeysTest {
    @ParameterizedTest
    @CsvSource({
        "xterm, [A, first",
        "xterm, OA, first",
        "vt100, [A, first",
        "xterm, b[D[DX, Xb",
        "xterm, bOHX, Xb",
        "xterm, b[1~X, Xb",
        "xterm, b[D[3~X, X"
    })
    void keysWorkInEitherMode(String type, String keys, String line) throws IOException {
        String typed = "first\r" + keys.replace("[", "\033[").replace("O", "\033O") + "\r";
        try (PipedOutputStream hand = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(hand);
                Terminal terminal = TerminalBuilder.builder()
                        .type(type)
                        .system(false)
                        .streams(in, new ByteArrayOutputStream())
                        .build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            ShellKeys.bind(reader);
            hand.write(typed.getBytes(StandardCharsets.US_ASCII));
            hand.flush();
            assertThat(reader.readLine()).isEqualTo("first");
            assertThat(reader.readLine()).isEqualTo(line);
        }
    }
}
