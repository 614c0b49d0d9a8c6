package io.qomo.store.member;

import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.Request;
import io.qomo.store.cluster.rpc.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets nodes in and out. Any member may be asked; only the leader can answer, others name it.
///
/// Requests and responses are lines of text, the first the version of the protocol: they are few, and an
/// operator may read them.
///
/// ```
/// JOIN     address                  → OK, cluster, node, then "number address" for every node
/// ADMIT    node                     → OK, once the node holds what the others hold
/// ANNOUNCE node, address            → OK
/// RETURN   node                     → OK: a node that was taken out while it was away is taken in again
/// REMOVE   node                     → OK
/// HANDOVER node                     → OK: the leader has been asked to let this node lead
///                                   → LEADER address | REFUSED reason
/// ```
final class MembershipService implements Handler {
    /// Of the service on the transport.
    static final int SERVICE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(MembershipService.class);
    private static final String VERSION = "1";
    private static final String OK = "OK";
    private static final String LEADER = "LEADER";
    private static final String REFUSED = "REFUSED";
    private static final int MAX_HOPS = 4;

    private final Member member;

    MembershipService(Member member) {
        this.member = member;
    }

    @Override
    public void handle(Request request) {
        List<String> lines =
                new String(request.payload(), StandardCharsets.UTF_8).lines().toList();
        String response;
        try {
            response = answer(lines);
        } catch (NotLeaderException e) {
            NodeAddress leader = member.leaderAddress();
            response = leader == null ? REFUSED + "\nno leader is known: " + e.getMessage() : LEADER + "\n" + leader;
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("peer", request.peer()).log("a request for membership failed");
            response = REFUSED + "\n" + e.getMessage();
        }
        request.respond(response.getBytes(StandardCharsets.UTF_8));
    }

    private String answer(List<String> lines) {
        if (lines.size() < 3 || !lines.getFirst().equals(VERSION)) {
            return REFUSED + "\nunknown version of the membership protocol";
        }
        String argument = lines.get(2);
        switch (lines.get(1)) {
            case "JOIN" -> {
                return join(NodeAddress.parse(argument));
            }
            case "ADMIT" -> member.admit(Long.parseLong(argument));
            case "ANNOUNCE" -> member.register(new NodeInfo(Long.parseLong(argument), NodeAddress.parse(lines.get(3))));
            case "RETURN" -> member.takeBack(Long.parseLong(argument));
            case "REMOVE" -> member.remove(Long.parseLong(argument));
            case "HANDOVER" -> {
                if (!member.leads()) {
                    throw new NotLeaderException("another node leads, and hands over");
                }
                member.handOver(Long.parseLong(argument));
            }
            default -> {
                return REFUSED + "\nunknown request " + lines.get(1);
            }
        }
        return OK;
    }

    private String join(NodeAddress address) {
        long id = member.newNode(address);
        StringBuilder response = new StringBuilder(OK)
                .append('\n')
                .append(HexFormat.of().formatHex(member.cluster()))
                .append('\n')
                .append(id)
                .append('\n');
        // a leader that has just begun is not in the list yet, and the copy of the data comes from it
        response.append(member.nodeId()).append(' ').append(member.address()).append('\n');
        for (NodeInfo node : member.nodes()) {
            if (node.id() != member.nodeId()) {
                response.append(node.id()).append(' ').append(node.address()).append('\n');
            }
        }
        return response.toString();
    }

    /// Asks a member, and whom it names as the leader; returns the lines behind "OK". Throws
    /// [io.qomo.store.cluster.rpc.TransportException], and [MembershipException] with the reason of a
    /// refusal.
    static List<String> ask(Transport transport, NodeAddress first, Duration timeout, String... request) {
        String text = VERSION + "\n" + String.join("\n", request) + "\n";
        NodeAddress asked = first;
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            byte[] response =
                    transport.call(asked, SERVICE, Transport.UNORDERED, text.getBytes(StandardCharsets.UTF_8), timeout);
            List<String> lines = new ArrayList<>(
                    new String(response, StandardCharsets.UTF_8).lines().toList());
            String kind = lines.isEmpty() ? "" : lines.removeFirst();
            switch (kind) {
                case OK -> {
                    return lines;
                }
                case LEADER -> asked = NodeAddress.parse(lines.getFirst());
                default -> throw new MembershipException(asked + " refuses: " + String.join(" ", lines));
            }
        }
        throw new MembershipException("no leader was found by way of " + first);
    }
}
