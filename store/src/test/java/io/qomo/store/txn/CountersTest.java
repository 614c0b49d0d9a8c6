package io.qomo.store.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.ErrorCode;
import io.qomo.store.Engine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// AUTO_INCREMENT counters.
@ParameterizedClass
@EnumSource(Engine.class)
class CountersTest extends StoreFixture {
    @Test
    void countersCountOneByOneAndInBlocks() {
        Counters counters = store().counters();
        for (int i = 1; i <= 100; i++) {
            assertThat(counters.peek(1)).isEqualTo(i);
            assertThat(counters.next(1)).isEqualTo(i);
        }
        assertThat(counters.next(1, 1000, 1, 1)).isEqualTo(101);
        assertThat(counters.next(1)).isEqualTo(1101);
        assertThat(counters.next(2)).isEqualTo(1);
    }

    @Test
    void incrementAndOffsetFollowMySql() {
        Counters counters = store().counters();
        assertThat(counters.next(1, 1, 10, 5)).isEqualTo(5);
        assertThat(counters.next(1, 1, 10, 5)).isEqualTo(15);
        assertThat(counters.next(1, 3, 10, 5)).isEqualTo(25);
        assertThat(counters.next(1, 1, 10, 5)).isEqualTo(55);
        assertThat(counters.next(1)).isEqualTo(56);
        assertThat(counters.next(1, 1, 2, 2)).isEqualTo(58);
    }

    @Test
    void raiseOnlyRaisesAndResetSets() {
        Counters counters = store().counters();
        counters.raise(1, 500);
        assertThat(counters.next(1)).isEqualTo(501);
        counters.raise(1, 100);
        assertThat(counters.next(1)).isEqualTo(502);
        counters.reset(1, 10);
        assertThat(counters.next(1)).isEqualTo(10);
        counters.remove(1);
        assertThat(counters.next(1)).isEqualTo(1);
    }

    @Test
    void theUnsignedRangeEndsWithAnError() {
        Counters counters = store().counters();
        counters.raise(1, Long.MAX_VALUE);
        assertThat(counters.next(1)).isEqualTo(Long.MIN_VALUE);
        counters.raise(1, -4L);
        assertThat(counters.next(1)).isEqualTo(-3L);
        assertCode(ErrorCode.AUTO_INCREMENT_EXHAUSTED, () -> counters.next(1, 2, 1, 1));
        assertThat(counters.next(1)).isEqualTo(-2L);
        assertCode(ErrorCode.AUTO_INCREMENT_EXHAUSTED, () -> counters.next(1));
        assertCode(ErrorCode.AUTO_INCREMENT_EXHAUSTED, () -> counters.next(1, 1, 10, 3));
        counters.raise(2, -1L);
        assertCode(ErrorCode.AUTO_INCREMENT_EXHAUSTED, () -> counters.next(2));
        assertCode(ErrorCode.AUTO_INCREMENT_EXHAUSTED, () -> counters.next(3, Long.MAX_VALUE, 1000, 1));
        assertThat(counters.next(3)).isEqualTo(1);
    }

    @Test
    void concurrentCallersGetDistinctValues() throws Exception {
        Counters counters = store().counters();
        List<Future<List<Long>>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                results.add(threads.submit(() -> {
                    List<Long> taken = new ArrayList<>();
                    for (int i = 0; i < 2000; i++) {
                        taken.add(counters.next(1));
                    }
                    return taken;
                }));
            }
        }
        Set<Long> all = new HashSet<>();
        for (Future<List<Long>> result : results) {
            assertThat(result.get()).isSorted();
            all.addAll(result.get());
        }
        assertThat(all).hasSize(8000).contains(1L, 8000L);
    }
}
