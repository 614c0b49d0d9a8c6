package io.qomo.serve.cli;

import io.qomo.base.env.SystemEnv;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.member.ClusterAdmin;
import io.qomo.store.member.MembershipException;
import java.io.PrintStream;
import java.util.List;

/// `qomo node remove|lead ID --at HOST:PORT …`: asks a cluster, by way of any node's cluster port.
final class NodeCommand {
    private static final String USAGE = "usage: qomo node remove|lead ID --at HOST:PORT " + ClusterSecurity.USAGE;

    private NodeCommand() {}

    /// Returns the exit status.
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() < 4) {
            throw new UsageException(USAGE);
        }
        String action = arguments.getFirst();
        NodeAddress at = null;
        ClusterSecurity security = new ClusterSecurity();
        for (int i = 2; i + 1 < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (name.equals("--at")) {
                at = address(arguments.get(i + 1));
            } else if (ClusterSecurity.has(name)) {
                security.set(name, arguments.get(i + 1));
            } else {
                throw new UsageException(USAGE);
            }
        }
        if (at == null || arguments.size() % 2 != 0) {
            throw new UsageException(USAGE);
        }
        ClusterAdmin admin = new ClusterAdmin(at, security.read(), new SystemEnv());
        try {
            long id = Long.parseLong(arguments.get(1));
            switch (action) {
                case "remove" -> {
                    admin.remove(id);
                    out.println("node " + id + " is out of the cluster; stop it, its directory is of no use any more");
                }
                case "lead" -> {
                    admin.handOver(id);
                    out.println("node " + id + " has been asked to lead");
                }
                default -> throw new UsageException(USAGE);
            }
            return 0;
        } catch (NumberFormatException e) {
            throw new UsageException("a node has a number, not '" + arguments.get(1) + "'");
        } catch (MembershipException e) {
            err.println("qomo: " + e.getMessage());
            return 1;
        }
    }

    private static NodeAddress address(String text) {
        try {
            return NodeAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--at takes HOST:PORT, not '" + text + "'");
        }
    }
}
