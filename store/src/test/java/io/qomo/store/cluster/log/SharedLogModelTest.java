package io.qomo.store.cluster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random changes, closings and crashes against a model in memory. A failure names its seed.
@Timeout(120)
class SharedLogModelTest {
    private static final int STEPS = 2500;

    @TempDir
    private Path root;

    private static final class Model {
        private long first = 1;
        private long last;
        private final TreeMap<Long, LogRecord> entries = new TreeMap<>();
        private HardState hardState = HardState.NONE;
    }

    private final Map<Long, Model> models = new TreeMap<>();
    private Random random = new Random(0);
    private SharedLogOptions options = LogFixture.SMALL;
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theLogIsItsModel(long seed) throws IOException {
        random = new Random(seed);
        options = new SharedLogOptions(1024 << random.nextInt(4), random.nextInt(2) * 4000L);
        directory = root.resolve("0");
        SharedLog log = LogFixture.open(directory, options);
        for (int step = 0; step < STEPS; step++) {
            String where = "seed " + seed + " step " + step;
            int action = random.nextInt(200);
            if (action == 0) {
                log.close();
                log = LogFixture.open(directory, options);
                check(log, where);
            } else if (action <= 2) {
                log = crash(log, where);
                check(log, where);
            } else if (action < 20) {
                log.reclaim();
            } else {
                change(log);
            }
            if (random.nextInt(20) == 0) {
                check(log, where);
            }
        }
        check(log, "seed " + seed + " at the end");
        log.close();
    }

    /// Goes on in a copy of the files. What was forgotten lazily may be there again.
    private SharedLog crash(SharedLog log, String where) throws IOException {
        Path copy = root.resolve(directory.endsWith("0") ? "1" : "0");
        LogFixture.copy(directory, copy);
        log.close();
        directory = copy;
        SharedLog reopened = LogFixture.open(directory, options);
        models.forEach((id, model) -> {
            GroupLog group = reopened.group(id);
            assertThat(group.firstIndex()).as(where).isLessThanOrEqualTo(model.first);
            group.truncatePrefix(model.first);
        });
        return reopened;
    }

    private void change(SharedLog log) {
        // the last group is quiet
        long id = random.nextInt(50) == 0 ? 4 : random.nextInt(4);
        Model model = models.computeIfAbsent(id, key -> new Model());
        GroupLog group = log.group(id);
        int action = random.nextInt(100);
        if (action < 60) {
            append(group, model);
        } else if (action < 80) {
            long kept = model.first + random.nextLong(model.last - model.first + 2);
            group.truncatePrefix(kept);
            model.first = kept;
            model.entries.headMap(kept).clear();
        } else if (action < 87) {
            long kept = Math.max(model.first - 1, model.last - random.nextInt(4));
            group.truncateSuffix(kept);
            model.last = kept;
            model.entries.tailMap(kept, false).clear();
        } else if (action < 89) {
            long next = Math.max(1, model.last + random.nextInt(2000) - 500);
            group.reset(next);
            model.first = next;
            model.last = next - 1;
            model.entries.clear();
        } else if (action < 99) {
            model.hardState = new HardState(model.hardState.term() + random.nextInt(2), "n" + random.nextInt(100));
            group.saveHardState(model.hardState);
        } else {
            log.removeGroup(id);
            models.remove(id);
        }
    }

    private void append(GroupLog group, Model model) {
        List<LogRecord> entries = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            model.last++;
            byte[] payload = new byte[random.nextInt(100) == 0 ? 5000 : random.nextInt(120)];
            random.nextBytes(payload);
            LogRecord entry = new LogRecord(model.last, random.nextInt(100), (byte) random.nextInt(256), payload);
            entries.add(entry);
            model.entries.put(model.last, entry);
        }
        group.append(entries);
    }

    private void check(SharedLog log, String where) {
        models.forEach((id, model) -> {
            GroupLog group = log.group(id);
            assertThat(group.firstIndex()).as(where).isEqualTo(model.first);
            assertThat(group.lastIndex()).as(where).isEqualTo(model.last);
            assertThat(group.hardState()).as(where).isEqualTo(model.hardState);
            assertThat(group.read(model.first - 1)).as(where).isNull();
            assertThat(group.read(model.last + 1)).as(where).isNull();
            model.entries.forEach((index, entry) -> {
                LogRecord record = group.read(index);
                if (!isEqual(record, entry) || group.term(index) != entry.term()) {
                    fail("%s: entry %d is %s instead of %s", where, index, record, entry);
                }
            });
        });
    }

    private static boolean isEqual(@Nullable LogRecord a, LogRecord b) {
        return a != null
                && a.index() == b.index()
                && a.term() == b.term()
                && a.type() == b.type()
                && Arrays.equals(a.payload(), b.payload());
    }
}
