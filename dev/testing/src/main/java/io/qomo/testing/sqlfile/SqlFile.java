package io.qomo.testing.sqlfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A parsed golden file.
///
/// @param path where it lies
/// @param blocks in order; comment blocks included so that the file can be written again
public record SqlFile(Path path, List<Block> blocks) {
    /// Copies the blocks.
    public SqlFile {
        blocks = List.copyOf(blocks);
    }

    /// Reads a file.
    public static SqlFile read(Path path) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int start = 1;
        int number = 0;
        for (String line : Files.readAllLines(path)) {
            number++;
            if (line.isBlank()) {
                addBlock(blocks, lines, start);
                start = number + 1;
            } else {
                lines.add(line);
            }
        }
        addBlock(blocks, lines, start);
        return new SqlFile(path, blocks);
    }

    private static void addBlock(List<Block> blocks, List<String> lines, int start) {
        if (lines.isEmpty()) {
            return;
        }
        String directive = lines.getFirst();
        if (directive.startsWith("#")) {
            blocks.add(new Block(start, String.join("\n", lines), "", List.of(), false));
        } else {
            int bar = lines.indexOf("----");
            List<String> sql = lines.subList(1, bar < 0 ? lines.size() : bar);
            List<String> expected = bar < 0 ? List.of() : lines.subList(bar + 1, lines.size());
            blocks.add(new Block(start, directive, String.join("\n", sql), expected, bar >= 0));
        }
        lines.clear();
    }
}
