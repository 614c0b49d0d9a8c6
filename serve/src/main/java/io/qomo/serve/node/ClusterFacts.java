package io.qomo.serve.node;

import io.qomo.base.env.Env;
import io.qomo.serve.console.Metric;
import io.qomo.serve.console.NodeStatus;
import io.qomo.store.member.Member;
import io.qomo.store.member.NodeInfo;
import java.util.ArrayList;
import java.util.List;

/// What the console of a node of a cluster shows: the cluster, and what a node alone shows.
final class ClusterFacts implements NodeStatus {
    private final NodeOptions options;
    private final Member member;
    private final ClientService service;
    private final ClientListener clients;
    private final Env env;
    private final long startedNanos;

    ClusterFacts(
            NodeOptions options,
            Member member,
            ClientService service,
            ClientListener clients,
            Env env,
            long startedNanos) {
        this.options = options;
        this.member = member;
        this.service = service;
        this.clients = clients;
        this.env = env;
        this.startedNanos = startedNanos;
    }

    @Override
    public boolean isReady() {
        return service.serving() != null && member.group().holdsLease();
    }

    @Override
    public boolean isDiskFull() {
        // a replica that cannot write stops, and another node leads
        return false;
    }

    @Override
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("cluster", member.clusterText()));
        facts.add(new Fact("node", member.nodeId() + " at " + member.address()));
        // without a lease nothing is known for certain
        NodeInfo leader = member.group().holdsLease() ? member.leader() : null;
        facts.add(new Fact("leader", leader == null ? "none is known" : "node " + leader.id()));
        for (NodeInfo node : member.nodes()) {
            boolean isMember = member.members().contains(node.id());
            String state =
                    (isMember ? "" : " (holds no replica)") + (member.reaches(node.id()) ? "" : " (not reached)");
            facts.add(new Fact("node " + node.id(), node.address() + state));
        }
        NodeFacts own = own();
        if (own != null) {
            facts.addAll(own.facts());
        }
        return facts;
    }

    private @org.jspecify.annotations.Nullable NodeFacts own() {
        ClientService.Serving serving = service.serving();
        return serving == null
                ? null
                : new NodeFacts(
                        options,
                        serving.server(),
                        member.store(),
                        serving.clients(),
                        clients.port(),
                        env,
                        startedNanos);
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Metric.gauge(
                "qomo_cluster_nodes", "Nodes the cluster knows", member.nodes().size()));
        metrics.add(Metric.gauge(
                "qomo_cluster_replicas",
                "Nodes that hold a replica",
                member.members().size()));
        metrics.add(Metric.gauge("qomo_cluster_leads", "Whether this node leads", member.leads() ? 1 : 0));
        metrics.add(Metric.counter(
                "qomo_cluster_log_entries_total", "Entries of the log that the replica holds", member.logEntries()));
        metrics.add(Metric.counter(
                "qomo_cluster_log_forces_total", "Writes of the log forced to the disk", member.logForces()));
        metrics.add(
                Metric.counter("qomo_cluster_messages_total", "Messages sent to other nodes", member.messagesSent()));
        metrics.add(Metric.counter(
                "qomo_cluster_near_reads_total",
                "Reads answered by this node's replica while another node led",
                member.group().nearReads()));
        NodeFacts own = own();
        if (own != null) {
            metrics.addAll(own.metrics());
        }
        return metrics;
    }
}
