package io.qomo.store.simulation;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.simulation.Workload.ensure;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.List;

/// Money moves between accounts, and every transfer leaves a mark: none is made or lost in any snapshot,
/// marks of acknowledged transfers are seen from then on, marks of refused ones never.
final class Transfers implements Workload {
    private static final int ACCOUNTS = 8;
    private static final long START = 100;

    private final List<Transfer> transfers = new ArrayList<>();

    private static final class Transfer extends Attempt {
        private final String mark;

        Transfer(String mark) {
            this.mark = mark;
        }
    }

    private static String account(int number) {
        return "account/" + number;
    }

    /// Opens the accounts.
    static void begin(Transaction transaction) {
        for (int i = 0; i < ACCOUNTS; i++) {
            transaction.lock(of(account(i)), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            transaction.insert(of(account(i)), of(String.valueOf(START)));
        }
    }

    @Override
    public void work(Cluster cluster, SimulatedNode node) {
        int choice = cluster.simulation().random(10);
        if (choice < 5) {
            transfer(cluster, node);
        } else if (choice < 7) {
            mark(cluster, node);
        } else {
            audit(cluster, node, choice == 9);
        }
    }

    private Transfer add() {
        Transfer transfer = new Transfer("mark/" + transfers.size());
        transfers.add(transfer);
        return transfer;
    }

    private void transfer(Cluster cluster, SimulatedNode node) {
        Transfer transfer = add();
        int from = cluster.simulation().random(ACCOUNTS);
        int to = (from + 1 + cluster.simulation().random(ACCOUNTS - 1)) % ACCOUNTS;
        transfer.run(cluster, node, REPEATABLE_READ, transaction -> {
            add(transaction, from, -1);
            cluster.maybePause(node);
            if (cluster.simulation().chance(0.3)) {
                // whatever comes of it, this client goes on
                cluster.unlessUnavailable(() -> Workload.read(transaction, account(to)));
                if (!transaction.isActive()) {
                    throw new SqlException(ErrorCode.DEADLOCK);
                }
            }
            add(transaction, to, 1);
            transaction.insert(of(transfer.mark), of("x"));
            cluster.maybePause(node);
        });
    }

    private static void add(Transaction transaction, int account, long amount) {
        byte[] key = of(account(account));
        byte[] value =
                transaction.lock(key, LockMode.EXCLUSIVE, WaitPolicy.WAIT).value();
        ensure(value != null, "an account is gone");
        if (value != null) {
            transaction.put(key, of(String.valueOf(Long.parseLong(Workload.text(value)) + amount)));
        }
    }

    /// A mark alone, under no lock: its commit is the first the leader hears of it.
    private void mark(Cluster cluster, SimulatedNode node) {
        Transfer transfer = add();
        transfer.run(cluster, node, REPEATABLE_READ, transaction -> transaction.put(of(transfer.mark), of("x")));
    }

    private void audit(Cluster cluster, SimulatedNode node, boolean isSlow) {
        int known = transfers.size();
        Transfer some = known == 0 ? null : transfers.get(cluster.simulation().random(known));
        boolean isThere = some != null && some.isAcknowledged();
        boolean isAbsent = some != null && some.isRefused();
        new Attempt().run(cluster, node, REPEATABLE_READ, transaction -> {
            long total = 0;
            if (isSlow) {
                for (int i = 0; i < ACCOUNTS; i++) {
                    String balance = Workload.read(transaction, account(i));
                    ensure(!balance.isEmpty(), "an account is missing in a snapshot");
                    total += Long.parseLong(balance);
                    cluster.pause(node, 800_000_000L);
                }
            } else {
                for (String balance : Workload.scan(transaction, "account/", ReadMode.SNAPSHOT)) {
                    total += Long.parseLong(balance);
                }
            }
            ensure(total == ACCOUNTS * START, "a snapshot has " + total);
            if (some != null && isThere) {
                ensure(
                        !Workload.read(transaction, some.mark).isEmpty(),
                        some.mark + " was acknowledged and is not there");
            }
            if (some != null && isAbsent) {
                ensure(Workload.read(transaction, some.mark).isEmpty(), some.mark + " was refused and is there");
            }
            cluster.probes().count("audits");
        });
    }

    @Override
    public void check(Transaction transaction) {
        long total = 0;
        for (String balance : Workload.scan(transaction, "account/", ReadMode.SNAPSHOT)) {
            total += Long.parseLong(balance);
        }
        ensure(total == ACCOUNTS * START, "in the end there is " + total);
        for (Transfer transfer : transfers) {
            boolean isThere = !Workload.read(transaction, transfer.mark).isEmpty();
            ensure(isThere || !transfer.isAcknowledged(), transfer.mark + " was acknowledged and is not there");
            ensure(!isThere || !transfer.isRefused(), transfer.mark + " was refused and is there");
        }
        for (int i = 0; i < ACCOUNTS; i++) {
            // nobody holds a lock any more
            transaction.lock(of(account(i)), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
        }
    }
}
