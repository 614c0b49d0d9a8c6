package io.qomo.serve.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The command line in UTF-8. In the C locale the JVM cannot read what is not ASCII and puts U+FFFD; on Linux the bytes
/// can still be had.
final class Arguments {
    private static final Path BYTES = Path.of("/proc/self/cmdline");

    private Arguments() {}

    static List<String> of(String[] decoded) {
        List<String> arguments = List.of(decoded);
        boolean isDamaged = arguments.stream().anyMatch(argument -> argument.indexOf('\uFFFD') >= 0);
        if (!isDamaged || !Files.isReadable(BYTES)) {
            return arguments;
        }
        try {
            String all = Files.readString(BYTES, StandardCharsets.ISO_8859_1);
            List<String> known = Arrays.asList(all.split("\0", -1));
            // Each argument ends with a zero, the last one too.
            int end = known.size() - 1;
            return end < arguments.size()
                    ? arguments
                    : known.subList(end - arguments.size(), end).stream()
                            .map(StatementSplitter::unicode)
                            .toList();
        } catch (IOException e) {
            // Then it stays as the JVM read it.
            return arguments;
        }
    }
}
