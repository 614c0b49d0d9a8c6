package io.qomo.store.txn.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// A gateway that is let in no more reads nothing new and writes nothing, whoever leads; registered anew it may.
final class GatewayTest extends ClusterFixture {
    private static void assertShutOut(Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        SqlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_SHUTDOWN));
    }

    private long follower() {
        await("a leader", () -> leader() != 0);
        return leader() % 3 + 1;
    }

    @Test
    void expelledGatewayIsShutOutUnderEveryLeader() throws IOException {
        startThree();
        long follower = follower();
        Gateway gateway = node(follower).host().register();
        set(node(follower), "a", "1");
        Transaction open = node(follower).transactions().begin(OPTIONS);
        open.lock(of("a"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
        open.put(of("a"), of("2"));

        node(leader()).host().expel(gateway);

        assertShutOut(open::commit);
        assertShutOut(() -> set(node(follower), "a", "3"));
        await("the gateway knows", () -> !node(follower).host().isAdmitted());
        assertThat(node(follower).host().holdsLease()).isFalse();

        long before = leader();
        stop(before);
        await("another leader", () -> leader() != 0 && leader() != before);
        if (leader() != follower) {
            assertShutOut(() -> set(node(follower), "a", "4"));
        }
        assertThat(node(leader()).host().gateways()).doesNotContain(gateway);

        assertThat(node(follower).host().register()).isNotEqualTo(gateway);
        set(node(follower), "a", "5");
        assertThat(get(node(leader()), "a")).isEqualTo("5");
        assertThat(node(follower).host().holdsLease()).isTrue();
    }

    @Test
    void laterRegistrationOfANodeTakesThePlaceOfTheEarlier() throws IOException {
        startThree();
        long follower = follower();
        List<Gateway> expelled = new CopyOnWriteArrayList<>();
        node(leader()).host().onExpelled(expelled::add);
        Gateway first = node(follower).host().register();
        Transaction open = node(follower).transactions().begin(OPTIONS);
        open.lock(of("k"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);

        Gateway second = node(follower).host().register();

        assertThat(node(leader()).host().gateways()).contains(second).doesNotContain(first);
        assertThat(expelled).containsExactly(first);
        // its locks are free
        set(node(leader()), "k", "1");
        open.close();
    }

    @Test
    void bannedNodeIsNotLetInAgain() throws IOException {
        startThree();
        long follower = follower();
        Gateway gateway = node(follower).host().register();
        node(leader()).host().ban(follower);
        assertThat(node(leader()).host().gateways()).doesNotContain(gateway);
        assertShutOut(() -> set(node(follower), "a", "1"));
    }

    @Test
    void silentGatewayIsExpelledAndOneThatLeavesAtOnce() throws IOException {
        startThree();
        long follower = follower();
        long other = 6 - follower - leader();
        Gateway silent = node(follower).host().register();
        Gateway leaving = node(other).host().register();
        long leader = leader();
        node(other).host().leave();
        assertThat(node(leader).host().gateways()).contains(silent).doesNotContain(leaving);

        stop(follower);
        await(
                "expulsion",
                () -> leader() != 0 && !node(leader()).host().gateways().contains(silent));
    }
}
