package io.qomo.serve.mysql;

import static io.qomo.serve.mysql.ServerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.env.SystemEnv;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How connections end: by the client, by KILL, by silence, by the server.
class LifecycleTest {
    private ServerFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ServerFixture(ListenerOptions.of("127.0.0.1", 0)
                .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }

    @AfterEach
    void stop() {
        fixture.close();
        assertThat(fixture.service.sessions).isEmpty();
        assertThat(fixture.server.connectionCount()).isZero();
        await(
                "threads end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t -> t.getName().matches("mysql(-accept|-watch)?-\\d+")));
    }

    private RawClient open() throws IOException {
        return RawClient.open(fixture.server.port(), RawClient.PLAIN);
    }

    private FakeSession session() {
        return fixture.service.sessions.values().iterator().next();
    }

    @Test
    void closesTheSessionWhenTheClientLeavesInWhateverWay() throws IOException {
        try (RawClient polite = open()) {
            polite.command(Command.QUIT, new byte[0]);
            await("session closes", () -> fixture.service.closedSessions.get() == 1);
        }
        open().close();
        await("session closes", () -> fixture.service.closedSessions.get() == 2);
        RawClient rude = open();
        rude.socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        rude.query("NUMBERS 100000000");
        rude.packet();
        rude.close();
        await("session closes", () -> fixture.service.closedSessions.get() == 3);
    }

    @Test
    void dropsAClientThatTakesNothing() throws IOException {
        try (RawClient client = open()) {
            client.query("NUMBERS 100000000");
            await("session closes", () -> fixture.service.sessions.isEmpty());
            assertThat(client.socket.isClosed()).isFalse();
        }
    }

    @Test
    void slowReadersHarmNobodyElse() throws IOException {
        try (RawClient slow = open();
                RawClient other = open()) {
            slow.query("NUMBERS 100000000");
            slow.packet();
            for (int i = 0; i < 100; i++) {
                other.command(Command.PING, new byte[0]);
                assertThat(other.packet()[0]).isZero();
            }
        }
    }

    @Test
    void killsAnIdleClient() throws IOException {
        try (RawClient client = open()) {
            session().kill();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void killsARunningQueryAndItsConnection() throws Exception {
        try (RawClient client = open()) {
            FakeSession session = session();
            client.query("BLOCK");
            session.running.await();
            session.killQuery();
            assertThat(client.error()).isEqualTo(1317);
            client.command(Command.PING, new byte[0]);
            assertThat(client.error()).isZero();
        }
        await("session closes", () -> fixture.service.sessions.isEmpty());
        try (RawClient client = open()) {
            FakeSession session = session();
            client.query("BLOCK");
            session.running.await();
            session.kill();
            client.awaitClosed();
            await("session closes", () -> fixture.service.sessions.isEmpty());
        }
    }

    @Test
    void tellsSilentClientsWhyTheyHaveToLeave() throws IOException {
        try (RawClient client = open()) {
            client.query("IDLE 300");
            assertThat(client.packet()[0]).isZero();
            assertThat(client.unsolicitedError()).isEqualTo(4031);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesConnectionsThatDoNotLogIn() throws IOException {
        try (RawClient client = new RawClient(fixture.server.port());
                RawClient half = new RawClient(fixture.server.port())) {
            half.greeting();
            half.socket.getOutputStream().write(new byte[] {50, 0, 0, 1, 1});
            assertThat(client.greeting()[0]).isEqualTo((byte) 10);
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(half.isClosedByServer()).isTrue();
            await("connections end", () -> fixture.server.connectionCount() == 0);
        }
    }

    @Test
    void closesConnectionsThatStopInTheMiddleOfACommand() throws IOException {
        try (RawClient client = open()) {
            client.socket.getOutputStream().write(new byte[] {50, 0, 0, 0, 3});
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void claimedLengthsCostNothing() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                RawClient client = open();
                clients.add(client);
                client.socket.getOutputStream().write(new byte[] {-1, -1, -1, 0, 3});
            }
            // 200 packets of 16 MB would not fit the heap of the tests
            try (RawClient client = open()) {
                client.command(Command.PING, new byte[0]);
                assertThat(client.packet()[0]).isZero();
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void holdsManyIdleClients() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        int count = 1500;
        try {
            for (int i = 0; i < count; i++) {
                clients.add(open());
            }
            assertThat(fixture.server.connectionCount()).isEqualTo(count);
            for (RawClient client : clients) {
                client.query("LENGTH abc");
            }
            for (RawClient client : clients) {
                assertThat(client.packet()).isEqualTo(new byte[] {1});
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await("connections end", () -> fixture.server.connectionCount() == 0);
    }

    @Test
    void tellsThoseWhoAreTooMany() throws IOException {
        fixture.service.full = true;
        try (RawClient client = new RawClient(fixture.server.port())) {
            byte[] packet = client.packet();
            assertThat(packet).isEqualTo(RawClient.bytes((byte) 0xFF, (short) 1040, "Too many connections"));
        }
    }

    @Test
    void limitsClientsThatHaveNotLoggedIn() throws IOException {
        ListenerOptions options = new ListenerOptions(
                "127.0.0.1",
                0,
                false,
                null,
                java.nio.file.Path.of("."),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                3,
                256 << 10);
        try (MySqlServer server = MySqlServer.start(fixture.service, options, new SystemEnv())) {
            List<RawClient> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(new RawClient(server.port()));
                waiting.getLast().greeting();
            }
            try (RawClient client = new RawClient(server.port())) {
                assertThat(client.error()).isEqualTo(1040);
            }
            waiting.getFirst().close();
            await("room is made", () -> server.connectionCount() == 2);
            RawClient.open(server.port(), RawClient.PLAIN).close();
            for (RawClient client : waiting) {
                client.close();
            }
        }
    }

    @Test
    void stopsGently() throws Exception {
        try (RawClient idle = open();
                RawClient greeted = new RawClient(fixture.server.port())) {
            greeted.greeting();
            try (RawClient busy = open()) {
                FakeSession session = fixture.service.sessions.values().stream()
                        .max((a, b) -> Long.compare(a.connectionId(), b.connectionId()))
                        .orElseThrow();
                busy.query("BLOCK");
                session.running.await();
                Thread stopper =
                        new SystemEnv().threads("stopper").newThread(() -> fixture.server.stop(Duration.ofSeconds(10)));
                stopper.start();
                assertThat(idle.unsolicitedError()).isEqualTo(1053);
                session.killQuery();
                assertThat(busy.error()).isEqualTo(1053);
                assertThat(busy.unsolicitedError()).isEqualTo(1053);
                stopper.join();
            }
        }
    }

    @Test
    void stopsStatementsAfterAMomentAndTellsTheirClients() throws Exception {
        try (RawClient busy = open()) {
            FakeSession session = session();
            busy.query("BLOCK");
            session.running.await();
            fixture.server.stop(Duration.ofMillis(50));
            assertThat(session.isKilled()).isFalse();
            assertThat(busy.error()).isEqualTo(1053);
            busy.awaitClosed();
            fixture.server.stop(Duration.ofMillis(50));
        }
    }

    @Test
    void stopsInTheEnd() throws Exception {
        try (RawClient deaf = open()) {
            FakeSession session = session();
            deaf.query("NUMBERS 100000000");
            deaf.packet();
            fixture.server.stop(Duration.ofMillis(50));
            assertThat(session.isKilled()).isTrue();
        }
    }

    @Test
    void packetsOutOfOrderEndTheConnection() throws IOException {
        try (RawClient client = open()) {
            client.socket.getOutputStream().write(new byte[] {1, 0, 0, 7, 14});
            client.sequence.reset();
            assertThat(client.error()).isEqualTo(1156);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void anInterruptOfOneStatementIsNotFeltByTheNext() throws IOException {
        try (RawClient client = open()) {
            client.query("INTERRUPT");
            assertThat(client.error()).isZero();
            client.query("INTERRUPTED");
            client.packet();
            client.packet();
            client.packet();
            assertThat(new String(client.packet(), 1, 5, StandardCharsets.US_ASCII))
                    .isEqualTo("false");
        }
    }

    @Test
    void portsAreFreeAfterAStop() throws IOException {
        int port = fixture.server.port();
        fixture.close();
        try (MySqlServer again =
                        MySqlServer.start(fixture.service, ListenerOptions.of("127.0.0.1", port), new SystemEnv());
                Socket socket = new Socket("127.0.0.1", again.port())) {
            assertThat(socket.isConnected()).isTrue();
        }
    }
}
