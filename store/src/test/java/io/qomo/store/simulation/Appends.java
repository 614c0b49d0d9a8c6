package io.qomo.store.simulation;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.simulation.Workload.ensure;

import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// SERIALIZABLE transactions read lists and append to them. What each has read tells the order of all;
/// that and the order in which clients saw transactions end and begin must go without a circle.
final class Appends implements Workload {
    private static final int LISTS = 4;

    private final List<Append> appends = new ArrayList<>();

    private static final class Append extends Attempt {
        private final int id;
        /// What it found in a list.
        private final Map<String, List<Integer>> reads = new TreeMap<>();
        private final List<String> writes = new ArrayList<>();
        private final List<Append> before = new ArrayList<>();
        private int visit;

        Append(int id) {
            this.id = id;
        }
    }

    private static String list(int number) {
        return "list/" + number;
    }

    private static List<Integer> parse(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    }

    @Override
    public void work(Cluster cluster, SimulatedNode node) {
        Append append = new Append(appends.size());
        appends.add(append);
        List<Integer> lists = new ArrayList<>(List.of(0, 1, 2, 3));
        while (lists.size() > 3 || cluster.simulation().chance(0.4) && lists.size() > 1) {
            lists.remove(cluster.simulation().random(lists.size()));
        }
        boolean isReader = cluster.simulation().chance(0.3);
        append.run(cluster, node, SERIALIZABLE, transaction -> {
            for (int list : lists) {
                String key = list(list);
                if (isReader || cluster.simulation().chance(0.5)) {
                    append.reads.put(key, parse(Workload.read(transaction, key)));
                } else {
                    byte[] value = transaction
                            .lock(of(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT)
                            .value();
                    String found = value == null ? "" : Workload.text(value);
                    append.reads.put(key, parse(found));
                    append.writes.add(key);
                    transaction.put(of(key), of(found.isEmpty() ? "" + append.id : found + "," + append.id));
                }
                cluster.maybePause(node);
            }
        });
    }

    @Override
    public void check(Transaction transaction) {
        Map<String, List<Integer>> ends = new HashMap<>();
        for (int i = 0; i < LISTS; i++) {
            // nobody holds a lock any more
            transaction.lock(of(list(i)), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            ends.put(list(i), parse(Workload.read(transaction, list(i))));
        }
        List<Append> committed = new ArrayList<>();
        for (Append append : appends) {
            boolean isThere = false;
            for (String key : append.writes) {
                int times = Collections.frequency(ends.getOrDefault(key, List.of()), append.id);
                isThere |= times > 0;
                ensure(times == 1 || !append.isAcknowledged(), append.id + " is " + times + " times in " + key);
                ensure(times == 0 || !append.isRefused(), append.id + " was refused and is in " + key);
            }
            if (append.isAcknowledged() || isThere) {
                committed.add(append);
            }
        }
        for (Append append : committed) {
            append.reads.forEach((key, read) -> order(append, read, ends.getOrDefault(key, List.of()), key));
            for (Append other : committed) {
                if (append.endNanos() < other.beginNanos()) {
                    append.before.add(other);
                }
            }
        }
        for (Append append : committed) {
            walk(append);
        }
    }

    private void order(Append reader, List<Integer> read, List<Integer> end, String key) {
        ensure(
                read.size() <= end.size() && end.subList(0, read.size()).equals(read),
                reader.id + " has read " + read + " of " + key + ", which is " + end);
        if (!read.isEmpty()) {
            Append last = appends.get(read.getLast());
            last.before.add(reader);
        }
        if (read.size() < end.size()) {
            Append next = appends.get(end.get(read.size()));
            if (next != reader) {
                reader.before.add(next);
            }
        }
    }

    private static void walk(Append append) {
        ensure(append.visit != 1, "transactions are before themselves, among them " + append.id);
        if (append.visit == 0) {
            append.visit = 1;
            append.before.forEach(Appends::walk);
            append.visit = 2;
        }
    }
}
