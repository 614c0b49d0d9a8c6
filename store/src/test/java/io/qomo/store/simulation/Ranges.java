package io.qomo.store.simulation;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.simulation.Workload.ensure;

import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.List;

/// Clients count the keys of a range and insert one more with that number, some protected by validation,
/// some by a lock on the range: if there are no phantoms the numbers are 0, 1, 2 and so on.
final class Ranges implements Workload {
    private static final int RANGES = 3;

    private final List<Attempt> inserts = new ArrayList<>();

    private static String range(int number) {
        return "range" + number + "/";
    }

    @Override
    public void work(Cluster cluster, SimulatedNode node) {
        String range = range(cluster.simulation().random(RANGES));
        boolean isLocking = cluster.simulation().chance(0.5);
        byte[] key = of(range + Integer.toHexString(cluster.simulation().random(1 << 24)) + "-" + inserts.size());
        Attempt insert = new Attempt();
        inserts.add(insert);
        insert.run(cluster, node, isLocking ? REPEATABLE_READ : SERIALIZABLE, transaction -> {
            if (isLocking) {
                transaction.lockRange(of(range), of(range + "~"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            } else {
                transaction.lock(key, LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            }
            cluster.maybePause(node);
            int count = Workload.scan(transaction, range, isLocking ? ReadMode.LATEST : ReadMode.SNAPSHOT)
                    .size();
            cluster.maybePause(node);
            transaction.insert(key, of(String.valueOf(count)));
        });
    }

    @Override
    public void check(Transaction transaction) {
        for (int i = 0; i < RANGES; i++) {
            // nobody holds a lock any more
            transaction.lockRange(of(range(i)), of(range(i) + "~"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            List<Integer> numbers = new ArrayList<>();
            for (String value : Workload.scan(transaction, range(i), ReadMode.SNAPSHOT)) {
                numbers.add(Integer.valueOf(value));
            }
            numbers.sort(null);
            for (int n = 0; n < numbers.size(); n++) {
                ensure(numbers.get(n) == n, "the numbers of a range are " + numbers);
            }
        }
    }
}
