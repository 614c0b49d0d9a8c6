package io.qomo.serve.cli;

import io.qomo.serve.node.Node;
import io.qomo.serve.node.NodeException;
import io.qomo.serve.node.NodeOptions;
import java.io.PrintWriter;

/// `qomo start`: runs a node until SIGTERM or Ctrl-C.
final class StartCommand {
    private StartCommand() {}

    /// Returns the exit status when the node has stopped.
    static int run(NodeOptions options, PrintWriter out, PrintWriter err) {
        Node node;
        try {
            node = Node.start(options);
        } catch (NodeException e) {
            err.println("qomo: " + e.getMessage());
            return 1;
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(node::close));
        String http = node.httpPort() < 0 ? "none" : options.host() + ":" + node.httpPort();
        out.printf("qomo ready mysql=%s:%d http=%s data=%s%n", node.host(), node.port(), http, options.dataDir());
        out.printf("connect with   ./qomo sql -P %d%n", node.port());
        out.printf("or             mysql -h %s -P %d -u root%n", node.host(), node.port());
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
