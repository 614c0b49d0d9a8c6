package io.qomo.store.simulation;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.simulation.Workload.ensure;

import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Clients insert the same keys, and count: of each key one insert is acknowledged at most, and no
/// number is given twice.
final class UniqueKeys implements Workload {
    private static final int COUNTER = 7;

    private final List<Insert> inserts = new ArrayList<>();
    private final Set<Long> numbers = new HashSet<>();
    private int newest;

    private static final class Insert extends Attempt {
        private final String key;
        private final String value;
        private boolean wasThere;

        Insert(String key, String value) {
            this.key = key;
            this.value = value;
        }
    }

    @Override
    public void work(Cluster cluster, SimulatedNode node) {
        if (cluster.simulation().chance(0.2)) {
            cluster.unlessUnavailable(() -> {
                long number = node.counters().next(COUNTER);
                ensure(numbers.add(number), "a counter gave " + number + " twice");
            });
            return;
        }
        if (cluster.simulation().chance(0.4)) {
            newest++;
        }
        Insert insert = new Insert("unique/" + newest, "by " + inserts.size());
        inserts.add(insert);
        insert.run(cluster, node, REPEATABLE_READ, transaction -> {
            byte[] present = transaction
                    .lock(of(insert.key), LockMode.EXCLUSIVE, WaitPolicy.WAIT)
                    .value();
            cluster.maybePause(node);
            insert.wasThere = present != null;
            if (!insert.wasThere) {
                transaction.insert(of(insert.key), of(insert.value));
            }
        });
    }

    @Override
    public void check(Transaction transaction) {
        for (Insert insert : inserts) {
            String value = Workload.read(transaction, insert.key);
            if (insert.isAcknowledged() && !insert.wasThere) {
                ensure(value.equals(insert.value), insert.key + " was inserted " + insert.value + " and is " + value);
            }
            if (insert.isAcknowledged() && insert.wasThere) {
                ensure(!value.isEmpty(), insert.key + " was there and is not");
            }
            ensure(!insert.isRefused() || !value.equals(insert.value), insert.value + " was refused and is there");
        }
    }
}
