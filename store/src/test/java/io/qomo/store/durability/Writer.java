package io.qomo.store.durability;

import static io.qomo.store.Bytes.of;

import io.qomo.base.env.SystemEnv;
import io.qomo.store.Store;
import io.qomo.store.StoreOptions;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import io.qomo.store.txn.WaitPolicy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/// A process that commits without end and says what was acknowledged, until it is killed.
///
/// Each commit writes the keys `a/<thread>/<n>` and `b/<thread>/<n>`, with the value of a counter
/// in both, and is followed by the line `<thread> <n> <value>`.
public final class Writer {
    static final StoreOptions OPTIONS =
            new StoreOptions(8 << 20, 2 << 20, 2, true, StoreOptions.DEFAULT.historyRetention(), 1L << 28);
    private static final int THREADS = 4;

    private Writer() {}

    /// Arguments: directory, number of the run, bytes of each value.
    public static void main(String[] arguments) {
        Store store = Store.open(Path.of(arguments[0]), OPTIONS, new SystemEnv());
        int run = Integer.parseInt(arguments[1]);
        int valueBytes = Integer.parseInt(arguments[2]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        for (int t = 0; t < THREADS; t++) {
            String thread = run + "-" + t;
            Thread.ofPlatform().start(() -> {
                for (int n = 0; ; n++) {
                    long value = store.counters().next(1);
                    commit(store, thread, n, value, valueBytes);
                    out.println(thread + " " + n + " " + value);
                }
            });
        }
    }

    static void commit(Store store, String thread, int n, long value, int valueBytes) {
        byte[] bytes = of(String.format(Locale.ROOT, "%0" + valueBytes + "d", value));
        try (Transaction transaction = store.transactions().begin(TransactionOptions.DEFAULT)) {
            byte[] first = of("a/" + thread + "/" + n);
            transaction.lock(first, LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            transaction.put(first, bytes);
            transaction.put(of("b/" + thread + "/" + n), bytes);
            transaction.commit();
        }
    }
}
