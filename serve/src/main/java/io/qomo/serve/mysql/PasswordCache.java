package io.qomo.serve.mysql;

import io.qomo.serve.auth.Replies;
import io.qomo.serve.session.api.Account;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What caching_sha2_password caches: per account the double hash of the password that was shown last. An
/// entry counts only while the account's verifier is the one it was made with, so a changed password needs
/// no invalidation. Thread-safe.
final class PasswordCache {
    private static final int MAX_ENTRIES = 10_000;

    private record Key(String user, String host) {}

    private record Remembered(byte[] verifier, byte[] memory) {}

    private final Map<Key, Remembered> entries = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Remembered> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /// What was remembered of an account, or null.
    synchronized byte @Nullable [] memory(Account account) {
        Remembered entry = entries.get(new Key(account.user(), account.host()));
        return entry != null && Arrays.equals(entry.verifier, account.authenticationString()) ? entry.memory : null;
    }

    /// Remembers a password that was checked.
    void remember(Account account, byte[] password) {
        byte[] memory = Replies.sha2Memory(password);
        synchronized (this) {
            entries.put(
                    new Key(account.user(), account.host()),
                    new Remembered(account.authenticationString().clone(), memory));
        }
    }
}
