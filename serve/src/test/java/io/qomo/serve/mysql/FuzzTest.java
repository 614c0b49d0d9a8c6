package io.qomo.serve.mysql;

import static io.qomo.serve.mysql.ServerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.SqlException;
import io.qomo.serve.auth.Verifiers;
import io.qomo.serve.mysql.wire.Capability;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Garbage on the socket, made from a seed: before the login, as commands, as parameters, as broken
/// framing. The server has to stay up, close what it opened, and treat the next client as if nothing had
/// been. Replay with `-Dfuzz.seed=…`.
class FuzzTest {
    private static final Duration BUDGET = Duration.ofSeconds(10);

    @Test
    void survivesGarbage() throws IOException {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        try (ServerFixture fixture = new ServerFixture(ListenerOptions.of("127.0.0.1", 0)
                .withTimeouts(Duration.ofMillis(800), Duration.ofMillis(500), Duration.ofSeconds(2)))) {
            long end = System.nanoTime() + BUDGET.toNanos();
            int rounds = 0;
            while (System.nanoTime() < end) {
                try {
                    round(fixture.server.port(), random, rounds);
                } catch (AssertionError e) {
                    throw new AssertionError("replay with -Dfuzz.seed=" + seed, e);
                } catch (IOException | SqlException e) {
                    // the server has had enough of this client, as it should
                    assertThat(e).isNotNull();
                }
                rounds++;
            }
            await("connections end, seed " + seed, () -> fixture.server.connectionCount() == 0);
            assertThat(fixture.service.sessions).as("seed %d", seed).isEmpty();
            try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
                client.command(Command.PING, new byte[0]);
                assertThat(client.packet()[0]).as("seed %d", seed).isZero();
            }
            assertThat(rounds).isGreaterThan(100);
        }
    }

    private static void round(int port, Random random, int number) throws IOException {
        switch (number % 5) {
            case 0 -> {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    socket.setSoTimeout(2000);
                    socket.getOutputStream().write(noise(random, 300));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
            case 1 -> {
                try (RawClient client = new RawClient(port)) {
                    client.greeting();
                    byte[] payload = noise(random, 200);
                    client.send(random.nextBoolean() ? payload : mutate(response(), random));
                    answer(client);
                    client.send(noise(random, 300));
                    answer(client);
                }
            }
            case 2 -> {
                try (RawClient client = RawClient.open(port, RawClient.PLAIN | flags(random))) {
                    for (int i = 0; i < 20; i++) {
                        client.command(random.nextInt(40), noise(random, 40));
                    }
                    drain(client);
                }
            }
            case 3 -> {
                try (RawClient client = RawClient.open(port, RawClient.PLAIN | flags(random))) {
                    client.command(Command.STMT_PREPARE, RawClient.bytes("SELECT ?, ?, ?"));
                    for (int i = 0; i < 20; i++) {
                        byte[] types = {0, 1, (byte) random.nextInt(256), 0, (byte) random.nextInt(256), 0, 8, 0};
                        client.command(
                                Command.STMT_EXECUTE,
                                RawClient.bytes(1, (byte) random.nextInt(16), 1, types, noise(random, 60)));
                    }
                    drain(client);
                }
            }
            default -> {
                try (RawClient client = RawClient.open(port, RawClient.PLAIN)) {
                    byte[] framed = RawClient.bytes((byte) 9, (byte) 0, (byte) 0, (byte) 0, (byte) 3, "ECHO abc");
                    client.socket.getOutputStream().write(mutate(framed, random));
                    client.socket.shutdownOutput();
                    client.socket.getInputStream().readAllBytes();
                }
            }
        }
    }

    private static int flags(Random random) {
        int all = Capability.DEPRECATE_EOF
                | Capability.QUERY_ATTRIBUTES
                | Capability.SESSION_TRACK
                | Capability.MULTI_STATEMENTS
                | Capability.OPTIONAL_RESULTSET_METADATA;
        return random.nextInt() & all;
    }

    private static byte[] response() {
        return RawClient.bytes(
                RawClient.PLAIN | Capability.CONNECT_ATTRS | Capability.CONNECT_WITH_DB,
                1 << 24,
                (byte) 45,
                new byte[23],
                "nativeempty",
                (byte) 0,
                (byte) 0,
                "db",
                (byte) 0,
                Verifiers.NATIVE,
                (byte) 0,
                (byte) 6,
                (byte) 1,
                "a",
                (byte) 3,
                "xyz");
    }

    private static byte[] noise(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        if (random.nextInt(4) == 0) {
            byte[] text = "NUMBERS 5".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, bytes, 0, Math.min(bytes.length, text.length));
        }
        return bytes;
    }

    private static byte[] mutate(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static void answer(RawClient client) throws IOException {
        client.packet();
    }

    /// Says that no more will come and takes whatever was answered.
    private static void drain(RawClient client) throws IOException {
        client.socket.setSoTimeout(5_000);
        client.socket.shutdownOutput();
        byte[] answers = client.socket.getInputStream().readAllBytes();
        String text = new String(answers, StandardCharsets.ISO_8859_1);
        int defect = text.indexOf("Internal error");
        assertThat(defect < 0 ? "" : text.substring(defect)).isEmpty();
    }
}
