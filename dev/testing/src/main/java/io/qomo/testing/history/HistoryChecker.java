package io.qomo.testing.history;

import io.qomo.testing.history.HistoryTransaction.Append;
import io.qomo.testing.history.HistoryTransaction.Operation;
import io.qomo.testing.history.HistoryTransaction.Outcome;
import io.qomo.testing.history.HistoryTransaction.Read;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds anomalies in a history of list appends.
public final class HistoryChecker {
    /// What counts as an anomaly.
    public enum Level {
        /// No dirty writes (G0), aborted reads (G1a), intermediate reads (G1b), circular information flow (G1c).
        READ_COMMITTED,
        /// Nor cycles with anti-dependencies (G2).
        SERIALIZABLE
    }

    /// Values of each list in the order they were appended, from the longest read.
    private final Map<Integer, List<Integer>> orders = new HashMap<>();
    /// Who appended a value (values are unique in the whole history).
    private final Map<Integer, HistoryTransaction> writers = new HashMap<>();

    private final Map<Integer, List<Integer>> edges = new HashMap<>();
    private final List<String> anomalies = new ArrayList<>();
    private final Level level;

    private HistoryChecker(Level level) {
        this.level = level;
    }

    /// The anomalies of a history, each as a sentence; empty if there is none.
    public static List<String> check(Collection<HistoryTransaction> history, Level level) {
        HistoryChecker checker = new HistoryChecker(level);
        checker.collect(history);
        checker.checkReads(history);
        if (checker.anomalies.isEmpty()) {
            checker.addEdges(history);
            checker.findCycle();
        }
        return List.copyOf(checker.anomalies);
    }

    private void collect(Collection<HistoryTransaction> history) {
        for (HistoryTransaction transaction : history) {
            for (Operation operation : transaction.operations()) {
                switch (operation) {
                    case Append append -> writers.put(append.value(), transaction);
                    case Read read -> {
                        List<Integer> known = orders.get(read.key());
                        boolean counts = transaction.outcome() == Outcome.COMMITTED;
                        if (counts
                                && (known == null
                                        || known.size() < read.values().size())) {
                            orders.put(read.key(), read.values());
                        }
                    }
                }
            }
        }
    }

    private void checkReads(Collection<HistoryTransaction> history) {
        for (HistoryTransaction transaction : history) {
            if (transaction.outcome() != Outcome.COMMITTED) {
                continue;
            }
            for (Operation operation : transaction.operations()) {
                if (operation instanceof Read read) {
                    checkRead(transaction, read);
                }
            }
        }
    }

    private void checkRead(HistoryTransaction reader, Read read) {
        List<Integer> order = orders.getOrDefault(read.key(), List.of());
        int shared = Math.min(order.size(), read.values().size());
        if (!read.values().subList(0, shared).equals(order.subList(0, shared))) {
            anomalies.add("incompatible orders of list " + read.key() + ": " + order + " and " + read.values());
        }
        for (int value : read.values()) {
            HistoryTransaction writer = writers.get(value);
            if (writer == null) {
                anomalies.add("list " + read.key() + " holds " + value + ", which nobody appended");
            } else if (writer.outcome() == Outcome.ABORTED) {
                anomalies.add("G1a: transaction " + reader.id() + " read " + value + " of aborted " + writer.id());
            }
        }
        if (!read.values().isEmpty()) {
            checkIntermediate(reader, read);
        }
    }

    private void checkIntermediate(HistoryTransaction reader, Read read) {
        int last = read.values().getLast();
        HistoryTransaction writer = writers.get(last);
        if (writer == null || writer.id() == reader.id()) {
            return;
        }
        int lastAppend = last;
        for (Operation operation : writer.operations()) {
            if (operation instanceof Append append && append.key() == read.key()) {
                lastAppend = append.value();
            }
        }
        if (lastAppend != last) {
            anomalies.add(
                    "G1b: transaction " + reader.id() + " read " + last + ", an intermediate append of " + writer.id());
        }
    }

    private void addEdges(Collection<HistoryTransaction> history) {
        for (List<Integer> order : orders.values()) {
            for (int i = 1; i < order.size(); i++) {
                addEdge(order.get(i - 1), order.get(i));
            }
        }
        for (HistoryTransaction transaction : history) {
            if (transaction.outcome() != Outcome.COMMITTED) {
                continue;
            }
            for (Operation operation : transaction.operations()) {
                if (operation instanceof Read read) {
                    addReadEdges(transaction, read);
                }
            }
        }
    }

    private void addReadEdges(HistoryTransaction reader, Read read) {
        if (!read.values().isEmpty()) {
            HistoryTransaction writer = writers.get(read.values().getLast());
            if (writer != null && writer.id() != reader.id()) {
                edges.computeIfAbsent(writer.id(), k -> new ArrayList<>()).add(reader.id());
            }
        }
        List<Integer> order = orders.getOrDefault(read.key(), List.of());
        if (level == Level.SERIALIZABLE && read.values().size() < order.size()) {
            HistoryTransaction next = writers.get(order.get(read.values().size()));
            if (next != null && next.id() != reader.id()) {
                edges.computeIfAbsent(reader.id(), k -> new ArrayList<>()).add(next.id());
            }
        }
    }

    private void addEdge(int firstValue, int secondValue) {
        HistoryTransaction first = writers.get(firstValue);
        HistoryTransaction second = writers.get(secondValue);
        if (first != null && second != null && first.id() != second.id()) {
            edges.computeIfAbsent(first.id(), k -> new ArrayList<>()).add(second.id());
        }
    }

    /// Depth-first search with an explicit stack; a grey node met again closes a cycle.
    private void findCycle() {
        Map<Integer, Boolean> done = new HashMap<>();
        for (Integer start : List.copyOf(edges.keySet())) {
            if (!done.containsKey(start) && search(start, done)) {
                return;
            }
        }
    }

    private boolean search(int start, Map<Integer, Boolean> done) {
        Deque<Integer> path = new ArrayDeque<>();
        Map<Integer, Integer> next = new HashMap<>();
        path.push(start);
        done.put(start, false);
        while (!path.isEmpty()) {
            int node = path.peek();
            List<Integer> targets = edges.getOrDefault(node, List.of());
            int at = next.merge(node, 1, Integer::sum) - 1;
            if (at >= targets.size()) {
                done.put(node, true);
                path.pop();
                continue;
            }
            int target = targets.get(at);
            Boolean state = done.get(target);
            if (state == null) {
                done.put(target, false);
                path.push(target);
            } else if (!state) {
                anomalies.add("a cycle of dependencies through transaction " + target + ": " + path);
                return true;
            }
        }
        return false;
    }
}
