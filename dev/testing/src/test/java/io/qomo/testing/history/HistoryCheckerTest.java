package io.qomo.testing.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.testing.history.HistoryChecker.Level;
import io.qomo.testing.history.HistoryTransaction.Append;
import io.qomo.testing.history.HistoryTransaction.Operation;
import io.qomo.testing.history.HistoryTransaction.Outcome;
import io.qomo.testing.history.HistoryTransaction.Read;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The checker finds what it is told to find, and nothing in good histories.
class HistoryCheckerTest {
    private static HistoryTransaction committed(int id, Operation... operations) {
        return new HistoryTransaction(id, Outcome.COMMITTED, List.of(operations));
    }

    @Test
    void aSerialHistoryIsClean() {
        List<HistoryTransaction> history = List.of(
                committed(1, new Append(1, 10), new Append(2, 20)),
                committed(2, new Read(1, List.of(10)), new Append(1, 11)),
                committed(3, new Read(1, List.of(10, 11)), new Read(2, List.of(20))));
        assertThat(HistoryChecker.check(history, Level.SERIALIZABLE)).isEmpty();
    }

    @Test
    void writeSkewIsACycleOnlyAtSerializable() {
        List<HistoryTransaction> history = List.of(
                committed(1, new Read(1, List.of()), new Append(2, 20)),
                committed(2, new Read(2, List.of()), new Append(1, 10)),
                committed(3, new Read(1, List.of(10)), new Read(2, List.of(20))));
        assertThat(HistoryChecker.check(history, Level.READ_COMMITTED)).isEmpty();
        assertThat(HistoryChecker.check(history, Level.SERIALIZABLE)).anyMatch(a -> a.contains("cycle"));
    }

    @Test
    void abortedAndIntermediateReadsAreFound() {
        assertThat(HistoryChecker.check(
                        List.of(
                                new HistoryTransaction(1, Outcome.ABORTED, List.of(new Append(1, 10))),
                                committed(2, new Read(1, List.of(10)))),
                        Level.READ_COMMITTED))
                .anyMatch(a -> a.startsWith("G1a"));
        assertThat(HistoryChecker.check(
                        List.of(
                                committed(1, new Append(1, 10), new Append(1, 11)),
                                committed(2, new Read(1, List.of(10)))),
                        Level.READ_COMMITTED))
                .anyMatch(a -> a.startsWith("G1b"));
    }

    @Test
    void lostAppendsAndCircularFlowAreFound() {
        assertThat(HistoryChecker.check(
                        List.of(
                                committed(1, new Append(1, 10)),
                                committed(2, new Append(1, 11)),
                                committed(3, new Read(1, List.of(10))),
                                committed(4, new Read(1, List.of(11)))),
                        Level.READ_COMMITTED))
                .anyMatch(a -> a.startsWith("incompatible"));
        assertThat(HistoryChecker.check(
                        List.of(
                                committed(1, new Append(1, 10), new Read(2, List.of(20))),
                                committed(2, new Append(2, 20), new Read(1, List.of(10)))),
                        Level.READ_COMMITTED))
                .anyMatch(a -> a.contains("cycle"));
    }
}
