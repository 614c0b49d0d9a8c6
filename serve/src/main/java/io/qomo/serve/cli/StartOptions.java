package io.qomo.serve.cli;

import io.qomo.serve.node.ClusterSettings;
import io.qomo.serve.node.NodeOptions;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.member.MemberOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of `qomo start`.
final class StartOptions {
    private static final long MAX_SECONDS = 31_536_000;
    private static final long MIN_MEMORY_BYTES = 256L << 20;
    private static final Set<String> NAMES = Set.of(
            "--data-dir",
            "--host",
            "--port",
            "--http-port",
            "--memory",
            "--cluster-host",
            "--cluster-port",
            "--join",
            "--replace-after");

    private StartOptions() {}

    /// A node, and its cluster if it is to belong to one.
    record Start(NodeOptions node, @Nullable ClusterSettings cluster) {}

    /// Parses the arguments (`--name VALUE` or `--name=VALUE`).
    static Start parse(List<String> arguments) {
        Path dataDir = Path.of("qomo-data");
        String host = "127.0.0.1";
        int port = 4000;
        int httpPort = 4001;
        long memoryBytes = NodeOptions.DEFAULT_MEMORY_BYTES;
        String clusterHost = null;
        int clusterPort = -1;
        List<String> join = List.of();
        Duration replaceAfter = MemberOptions.DEFAULT_REPLACE_AFTER;
        ClusterSecurity security = new ClusterSecurity();
        int at = 0;
        while (at < arguments.size()) {
            String argument = arguments.get(at);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            check(name);
            String value = equals < 0 ? next(arguments, at) : argument.substring(equals + 1);
            at += equals < 0 ? 2 : 1;
            switch (name) {
                case "--data-dir" -> dataDir = Path.of(value);
                case "--host" -> host = value;
                case "--port" -> port = port(name, value);
                case "--http-port" -> httpPort = port(name, value);
                case "--cluster-host" -> clusterHost = value;
                case "--cluster-port" -> clusterPort = port(name, value);
                case "--replace-after" -> replaceAfter = seconds(name, value);
                case "--join" -> join = addresses(value);
                case "--memory" -> memoryBytes = memory(value);
                default -> security.set(name, value);
            }
        }
        if (clusterPort < 0 && (clusterHost != null || security.isGiven() || !join.isEmpty())) {
            throw new UsageException("--join and the --cluster options need --cluster-port");
        }
        NodeOptions node = new NodeOptions(
                dataDir.toAbsolutePath().normalize(),
                host,
                port,
                httpPort,
                memoryBytes,
                true,
                NodeOptions.DEFAULT_MAX_CONNECTIONS);
        return new Start(
                node,
                clusterPort < 0
                        ? null
                        : new ClusterSettings(
                                clusterHost == null ? host : clusterHost,
                                clusterPort,
                                join,
                                security.read(),
                                replaceAfter));
    }

    private static List<String> addresses(String value) {
        List<String> addresses =
                Arrays.stream(value.split(",")).map(String::strip).toList();
        for (String address : addresses) {
            try {
                NodeAddress.parse(address);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--join takes HOST:PORT, several with commas between, not '" + value + "'");
            }
        }
        return addresses;
    }

    private static void check(String name) {
        if (!name.startsWith("-")) {
            throw new UsageException("qomo start takes options only, not '" + name + "'; `help` lists them");
        }
        if (!NAMES.contains(name) && !ClusterSecurity.has(name)) {
            throw new UsageException("unknown option '" + name + "' of qomo start; `help` lists them");
        }
    }

    private static String next(List<String> arguments, int at) {
        if (at + 1 >= arguments.size()) {
            throw new UsageException("option '" + arguments.get(at) + "' needs a value");
        }
        return arguments.get(at + 1);
    }

    private static int port(String name, String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(name + " takes a port number, not '" + value + "'");
        }
        throw new UsageException(name + " takes a port from 0 to 65535, not " + value);
    }

    private static Duration seconds(String name, String value) {
        try {
            long seconds = Long.parseLong(value);
            if (seconds >= 1 && seconds <= MAX_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            throw new UsageException(name + " takes a number of seconds, not '" + value + "'");
        }
        throw new UsageException(name + " takes from 1 to " + MAX_SECONDS + " seconds, not " + value);
    }

    private static long memory(String value) {
        long bytes = ByteSize.parse(value);
        if (bytes < 0) {
            throw new UsageException("--memory takes a size such as 512m or 1.5g, not '" + value + "'");
        }
        if (bytes < MIN_MEMORY_BYTES) {
            throw new UsageException("--memory must be at least 256m, not " + value);
        }
        return bytes;
    }
}
