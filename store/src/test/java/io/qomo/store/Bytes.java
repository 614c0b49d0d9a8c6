package io.qomo.store;

import io.qomo.store.kv.KvCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Text as keys and values, for readable tests.
public final class Bytes {
    private Bytes() {}

    /// UTF-8.
    public static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The text, or "∅" for null.
    public static String text(byte @Nullable [] bytes) {
        return bytes == null ? "∅" : new String(bytes, StandardCharsets.UTF_8);
    }

    /// All entries as "key=value"; closes the cursor.
    public static List<String> drain(KvCursor cursor) {
        List<String> entries = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                entries.add(text(cursor.copyKey()) + "=" + text(cursor.copyValue()));
            }
        }
        return entries;
    }
}
