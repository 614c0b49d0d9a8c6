package io.qomo.store.txn;

import static io.qomo.store.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.store.Bytes;
import io.qomo.store.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Which keys transactions have written since somebody began to look.
@ParameterizedClass
@EnumSource(Engine.class)
class ChangesTest extends StoreFixture {
    private static List<String> keys(BulkLoader.Changes changes, long upTo) {
        var taken = changes.take(upTo);
        assertThat(taken.isComplete()).isTrue();
        return taken.keys().stream().map(Bytes::text).toList();
    }

    @Test
    void keysOfTheRangeAreGivenOnceAndInOrder() {
        set("t0", "before");
        try (BulkLoader.Changes changes = store().bulk().changes(of("t"), of("u"))) {
            set("t2", "1");
            set("t1", "1");
            set("t2", "2");
            set("s9", "1");
            set("u", "1");
            remove("t0");
            assertThat(keys(changes, store().transactions().latestTimestamp())).containsExactly("t0", "t1", "t2");
            assertThat(keys(changes, store().transactions().latestTimestamp())).isEmpty();
        }
    }

    @Test
    void laterCommitsWaitForALaterSnapshot() {
        try (BulkLoader.Changes changes = store().bulk().changes(of("t"), of("u"))) {
            set("t1", "1");
            long first = store().transactions().latestTimestamp();
            set("t1", "2");
            set("t2", "2");
            assertThat(keys(changes, first)).containsExactly("t1");
            assertThat(keys(changes, first)).isEmpty();
            assertThat(keys(changes, store().transactions().latestTimestamp())).containsExactly("t1", "t2");
        }
    }

    /// More changes than memory holds are said to be incomplete, until a snapshot lies behind all that was forgotten.
    @Test
    void tooManyAreForgotten() {
        try (BulkLoader.Changes changes = store().bulk().changes(of("t"), of("u"))) {
            byte[] padding = new byte[20_000];
            for (int i = 0; i < 2000; i++) {
                Transaction writer = begin();
                byte[] key = java.util.Arrays.copyOf(of("t" + i), padding.length);
                writer.lock(key, LockMode.EXCLUSIVE, WaitPolicy.WAIT);
                writer.put(key, of("1"));
                writer.commit();
            }
            assertThat(changes.take(store().transactions().latestTimestamp() - 1)
                            .isComplete())
                    .isFalse();
            assertThat(changes.take(store().transactions().latestTimestamp()).isComplete())
                    .isFalse();
            set("t1", "2");
            assertThat(keys(changes, store().transactions().latestTimestamp())).containsExactly("t1");
        }
    }
}
