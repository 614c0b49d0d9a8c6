package io.qomo.store.kv.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When memtables become large and small again.
class WritePaceTest {
    private final List<Boolean> changes = new ArrayList<>();
    private final WritePace pace = new WritePace(changes::add);

    private void seconds(int count, long bytes) {
        for (int i = 0; i < count; i++) {
            pace.wrote(bytes / 2);
            pace.wrote(bytes / 2);
            pace.tick();
        }
    }

    @Test
    void aLoadMakesThemLargeOnceAndAPauseSmall() {
        seconds(5, 100 << 10);
        assertThat(changes).isEmpty();
        seconds(5, 20 << 20);
        assertThat(changes).containsExactly(true);
        seconds(2, 0);
        seconds(1, 2 << 20);
        seconds(2, 0);
        assertThat(changes).containsExactly(true);
        seconds(1, 0);
        assertThat(changes).containsExactly(true, false);
    }
}
