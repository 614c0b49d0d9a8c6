package io.qomo.serve.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.impl.history.DefaultHistory;
import org.jspecify.annotations.Nullable;

/// The statements typed, in a file for the user's eyes alone. An entry is a whole statement, however many lines it was
/// typed in; statements that may hold a password are left out, by the same words as the MySQL client's.
final class ShellHistory extends DefaultHistory {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /// The line reader would add each line: only [#remember] adds.
    @Override
    public void add(Instant time, String line) {}

    /// Adds what was typed, if it may be kept.
    void remember(String typed) {
        if (isKept(typed)) {
            super.add(Instant.now(), typed.strip());
        }
    }

    static boolean isKept(String typed) {
        String lower = typed.toLowerCase(Locale.ROOT);
        return !typed.isBlank() && !lower.contains("identified") && !lower.contains("password");
    }

    /// The file `.qomo_history` in a directory, made readable for its owner alone; null if it cannot be had.
    static @Nullable Path file(Path home) {
        Path file = home.resolve(".qomo_history");
        try {
            try {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } catch (FileAlreadyExistsException e) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
            return file;
        } catch (UnsupportedOperationException e) {
            // Not a POSIX file system: what it does instead is its owner's choice.
            return file;
        } catch (IOException e) {
            // No home directory, or none that can be written to: history lives as long as the shell.
            return null;
        }
    }
}
