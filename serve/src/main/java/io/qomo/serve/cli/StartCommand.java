package io.qomo.serve.cli;

import io.qomo.serve.node.ClusterNode;
import io.qomo.serve.node.ClusterSettings;
import io.qomo.serve.node.Node;
import io.qomo.serve.node.NodeException;
import io.qomo.serve.node.NodeOptions;
import io.qomo.serve.node.RunningNode;
import java.io.PrintStream;
import java.security.Security;

/// `qomo start`: runs a node until SIGTERM or Ctrl-C (the exit status is then 143 or 130, as of any program
/// that a signal ends), or a client's SHUTDOWN (0).
final class StartCommand {
    /// How long an address of a name is believed; the JDK's default is half a minute.
    private static final String NAME_SECONDS = "3";

    private static final String UNKNOWN_NAME_SECONDS = "1";

    private StartCommand() {}

    /// Returns the exit status when the node has stopped.
    static int run(StartOptions.Start start, PrintStream out, PrintStream err) {
        NodeOptions options = start.node();
        ClusterSettings cluster = start.cluster();
        RunningNode node;
        // the JDK's HTTP server otherwise waits for the rest of a request for ever
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        // nodes that are known by name, as in containers, come back under another address
        Security.setProperty("networkaddress.cache.ttl", NAME_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", UNKNOWN_NAME_SECONDS);
        if (cluster != null && !cluster.join().isEmpty()) {
            out.printf("node of a cluster, by way of %s%n", String.join(", ", cluster.join()));
            out.flush();
        }
        try {
            node = cluster == null ? Node.start(options) : ClusterNode.start(options, cluster);
        } catch (NodeException e) {
            err.println("qomo: " + e.getMessage());
            return 1;
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    node.close();
                    out.println("qomo stopped");
                    out.flush();
                }));
        String http = node.httpPort() < 0 ? "none" : options.host() + ":" + node.httpPort();
        out.printf("qomo ready mysql=%s:%d http=%s data=%s%n", node.host(), node.port(), http, options.dataDir());
        out.printf("connect with   ./qomo sql -P %d%n", node.port());
        boolean isLocal = node.listensOnLoopback();
        out.printf("or             mysql -h %s -P %d -u root%n", isLocal ? node.host() : "127.0.0.1", node.port());
        if (!isLocal) {
            out.printf("others need an account: root logs in from this machine only.%n");
            out.printf("               CREATE USER app@'%%' IDENTIFIED BY '…'; GRANT ALL ON shop.* TO app@'%%';%n");
            out.printf("HTTP           shows its page and /metrics to everybody who reaches the port%n");
        }
        if (node instanceof ClusterNode member) {
            out.printf(
                    "node %d of cluster %s; more nodes: ./qomo start --cluster-port PORT --join %s …%n",
                    member.member().nodeId(),
                    member.member().clusterText(),
                    member.member().address());
        }
        out.printf("stop with      Ctrl-C%n");
        out.flush();
        try {
            node.awaitClosed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
