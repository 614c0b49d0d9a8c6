package io.qomo.store.replica.mvcc;

import static io.qomo.store.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is remembered of commits, and for how long.
class RecentCommitsTest {
    private final RecentCommits recent = new RecentCommits(100, 3);

    private static byte[][] keys(String... keys) {
        byte[][] result = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            result[i] = of(keys[i]);
        }
        return result;
    }

    private static List<Long> timestamps(List<RecentCommits.Entry> entries) {
        return entries.stream().map(RecentCommits.Entry::timestamp).toList();
    }

    @Test
    void onlyWhatIsNotAppliedIsRememberedWithoutAWatch() {
        recent.add(110, keys("a"));
        recent.add(120, keys("b"));
        assertThat(timestamps(recent.after(100))).containsExactly(110L, 120L);
        assertThat(timestamps(recent.after(110))).containsExactly(120L);
        recent.applied(110);
        assertThat(timestamps(recent.remembered())).containsExactly(120L);
        recent.applied(120);
        assertThat(recent.remembered()).isEmpty();
    }

    @Test
    void theOldestWatchDecides() {
        RecentCommits.Watch first = recent.watch();
        recent.add(110, keys("a"));
        recent.applied(110);
        RecentCommits.Watch second = recent.watch();
        recent.add(120, keys("b"));
        recent.applied(120);
        assertThat(timestamps(recent.after(first.snapshot()))).containsExactly(110L, 120L);
        recent.end(first);
        assertThat(timestamps(recent.remembered())).containsExactly(120L);
        RecentCommits.Watch third = recent.watch();
        recent.end(third);
        assertThat(timestamps(recent.after(second.snapshot()))).containsExactly(120L);
        recent.end(second);
        assertThat(recent.remembered()).isEmpty();
    }

    @Test
    void memoryIsLimitedAndWhoeverNeedsMoreIsToldSo() {
        RecentCommits.Watch watch = recent.watch();
        recent.add(110, keys("a", "b"));
        recent.applied(110);
        recent.add(120, keys("c", "d"));
        assertThat(timestamps(recent.after(watch.snapshot()))).containsExactly(110L, 120L);
        recent.applied(120);
        assertThatThrownBy(() -> recent.after(watch.snapshot())).isInstanceOf(SqlException.class);
        assertThat(timestamps(recent.after(110))).containsExactly(120L);
        recent.end(watch);
    }

    @Test
    void whatIsNotAppliedIsKeptHoweverLarge() {
        recent.add(110, keys("a", "b", "c", "d", "e"));
        recent.add(120, keys("f"));
        recent.applied(105);
        assertThat(timestamps(recent.after(100))).containsExactly(110L, 120L);
    }

    @Test
    void readSetsKnowPointsRangesAndWhenTheyWereRead() {
        ReadSet reads = new ReadSet();
        reads.addKey(of("p"), 100);
        reads.addRange(of("r1"), of("r5"), 120);
        reads.addRange(of("z"), new byte[0], 100);
        assertThat(reads.oldestTimestamp()).isEqualTo(100);
        assertThat(reads.conflictsWith(new RecentCommits.Entry(110, keys("a", "p"))))
                .isTrue();
        assertThat(reads.conflictsWith(new RecentCommits.Entry(100, keys("p")))).isFalse();
        assertThat(reads.conflictsWith(new RecentCommits.Entry(110, keys("r2"))))
                .isFalse();
        assertThat(reads.conflictsWith(new RecentCommits.Entry(130, keys("a", "r2", "x"))))
                .isTrue();
        assertThat(reads.conflictsWith(new RecentCommits.Entry(130, keys("r1"))))
                .isTrue();
        assertThat(reads.conflictsWith(new RecentCommits.Entry(130, keys("r5", "y"))))
                .isFalse();
        assertThat(reads.conflictsWith(new RecentCommits.Entry(130, keys("zz"))))
                .isTrue();
    }
}
