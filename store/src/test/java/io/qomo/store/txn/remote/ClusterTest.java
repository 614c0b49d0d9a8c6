package io.qomo.store.txn.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Three nodes, one group.
final class ClusterTest extends ClusterFixture {
    @Test
    void growsFromOneNodeToThreeAndSurvivesItsFounder() throws IOException {
        TestNode first = start(1, true);
        await("a leader", first::leads);
        set(first, "a", "1");
        TestNode second = start(2, false);
        TestNode third = start(3, false);
        first.group().addMember(2);
        first.group().addMember(3);
        assertThat(first.group().members()).containsExactly(1L, 2L, 3L);
        await("the leader is known", () -> third.group().leader() == 1);
        assertThat(get(third, "a")).isEqualTo("1");
        set(third, "b", "2");
        assertThat(get(second, "b")).isEqualTo("2");

        stop(1);
        await("another leader", () -> second.leads() || third.leads());
        assertThat(get(second, "b")).isEqualTo("2");
        set(second, "c", "3");
        assertThat(get(third, "c")).isEqualTo("3");

        TestNode again = start(1, true);
        await("the leader is known", () -> again.group().leader() > 1);
        set(again, "d", "4");
        assertThat(get(again, "a")).isEqualTo("1");
        assertThat(get(second, "d")).isEqualTo("4");
    }
}
