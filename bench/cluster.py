"""What a cluster of three costs beside a node alone, and how long it stands still when its leader is killed.

Three nodes on one machine measure overhead, not scale: what counts is CPU time, log entries, forced writes and messages
for each transaction, of all nodes together. Sysbench runs alternate between the node alone and the cluster.
"""

import argparse
import datetime
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import pymysql

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(HOME, "bench"))
import bench  # noqa: E402

COUNTERS = {"entries": "qomo_cluster_log_entries_total", "forces": "qomo_cluster_log_forces_total",
            "messages": "qomo_cluster_messages_total"}


class Node(bench.Server):
    """A node of the cluster, or alone if it has no cluster port."""

    def __init__(self, name, folder, cluster_port=None, join=None, memory="512m"):
        super().__init__(name, folder)
        self.http = bench.free_port()
        self.cluster_port = cluster_port
        self.join = join
        self.memory = memory

    def start(self):
        command = [os.path.join(HOME, "qomo"), "start", "--data-dir", self.folder, "--port", str(self.port),
                   "--http-port", str(self.http), "--memory", self.memory]
        if self.cluster_port:
            command += ["--cluster-port", str(self.cluster_port)]
        if self.join:
            command += ["--join", self.join]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE,
                                        stderr=open(self.folder + ".log", "ab"), text=True)
        for line in self.process.stdout:
            if line.startswith("qomo ready"):
                break
        else:
            raise RuntimeError(f"{self.name} did not start; see {self.folder}.log")
        self.pid = self.process.pid

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(60)

    def metrics(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/metrics", timeout=10) as answer:
            text = answer.read().decode()
        found = {}
        for line in text.splitlines():
            if line and not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                found[name] = float(value)
        return found

    def leads(self):
        try:
            return self.metrics().get("qomo_cluster_leads") == 1
        except OSError:
            return False


def start_cluster(folder, count):
    ports = [bench.free_port() for _ in range(count)]
    nodes = []
    for i, port in enumerate(ports):
        join = ",".join(f"127.0.0.1:{p}" for p in ports) if i else None
        nodes.append(Node(f"node{i + 1}", folder, port, join))
        nodes[-1].start()
    return nodes


def leader(nodes):
    while True:
        for node in nodes:
            if node.process.poll() is None and node.leads():
                return node
        time.sleep(0.05)


def snapshot(nodes):
    figures = [node.metrics() for node in nodes]
    state = {key: sum(f.get(name, 0) for f in figures) for key, name in COUNTERS.items()}
    # every node applies every entry
    state["entries"] /= len(nodes)
    state["cpu"] = [node.cpu_seconds() for node in nodes]
    return state


def run(nodes, port, workload, options, threads):
    command = ["sysbench", "--db-driver=mysql", "--mysql-host=127.0.0.1", f"--mysql-port={port}", "--mysql-user=root",
               "--mysql-db=sb", "--tables=1", f"--table-size={options.rows}", f"--threads={threads}"]
    subprocess.run(command + [f"--time={options.warm_up}", workload, "run"], check=True, stdout=subprocess.DEVNULL)
    before = snapshot(nodes)
    done = subprocess.run(command + [f"--time={options.seconds}", workload, "run"], check=True, capture_output=True,
                          text=True)
    after = snapshot(nodes)
    count = int(re.search(r"transactions:\s+(\d+)", done.stdout).group(1))
    cpu = [b - a for a, b in zip(before["cpu"], after["cpu"])]
    return {"tps": float(re.search(r"transactions:\s+\d+\s+\(([\d.]+)", done.stdout).group(1)),
            "p95": float(re.search(r"95th percentile:\s+([\d.]+)", done.stdout).group(1)),
            "cpu": sum(cpu) / count * 1e6,
            "each": [c / count * 1e6 for c in cpu],
            **{key: (after[key] - before[key]) / count for key in COUNTERS}}


def prepare(node, options):
    node.sql("CREATE DATABASE sb")
    subprocess.run(["sysbench", "--db-driver=mysql", "--mysql-host=127.0.0.1", f"--mysql-port={node.port}",
                    "--mysql-user=root", "--mysql-db=sb", "--tables=1", f"--table-size={options.rows}",
                    "oltp_read_write", "prepare"], check=True, stdout=subprocess.DEVNULL)


def run_costs(alone, nodes, options):
    lead = leader(nodes)
    follower = next(node for node in nodes if node is not lead)
    prepare(alone, options)
    prepare(lead, options)
    lines = ["| workload | threads | through | tps | p95 ms | CPU µs/transaction | of the leader | log entries | forced writes"
             " | messages |", "|---|---|---|---|---|---|---|---|---|---|"]
    for workload in options.workloads:
        for threads in options.threads:
            for through, group, port in (("alone", [alone], alone.port), ("leader", nodes, lead.port),
                                         ("follower", nodes, follower.port)):
                got = run(group, port, workload, options, threads)
                of_leader = got["each"][nodes.index(lead)] if group is nodes else got["cpu"]
                counted = [f"{got[key]:.3f}" if group is nodes else "" for key in COUNTERS]
                lines.append(f"| {workload[5:]} | {threads} | {through} | {got['tps']:,.0f} | {got['p95']:.2f} | "
                             f"{got['cpu']:,.0f} | {of_leader:,.0f} | {' | '.join(counted)} |")
                print(lines[-1], flush=True)
    return lines


def run_failovers(nodes, options):
    """Seconds from the kill of the leader to the next commit on a connection to another node."""
    seconds = []
    broken = 0
    nodes[0].sql("CREATE TABLE sb.failover (id BIGINT AUTO_INCREMENT PRIMARY KEY, n INT)")
    for kill in range(options.kills):
        lead = leader(nodes)
        other = next(node for node in nodes if node is not lead)
        connection = pymysql.connect(host="127.0.0.1", port=other.port, user="root", database="sb", autocommit=True)
        cursor = connection.cursor()
        cursor.execute("SELECT 1")
        lead.process.send_signal(signal.SIGKILL)
        began = time.monotonic()
        while True:
            try:
                cursor.execute("INSERT INTO failover (n) VALUES (%s)", (kill,))
                break
            except pymysql.err.MySQLError:
                broken += 1
        seconds.append(time.monotonic() - began)
        print(f"kill {kill + 1}: {seconds[-1]:.2f} s", flush=True)
        connection.close()
        lead.process.wait()
        lead.start()
        time.sleep(3)
    return seconds, broken


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--warm-up", type=int, default=4)
    parser.add_argument("--rows", type=int, default=50000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--threads", type=lambda t: [int(x) for x in t.split(",")], default=[1, 16, 64])
    parser.add_argument("--workloads", type=lambda t: t.split(","),
                        default=["oltp_read_write", "oltp_insert", "oltp_point_select", "oltp_read_only"])
    parser.add_argument("--out", default=os.path.join(HOME, "bench/results"))
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="qomo-bench-")
    started = []
    try:
        alone = Node("alone", folder)
        alone.start()
        started.append(alone)
        nodes = start_cluster(folder, 3)
        started += nodes
        time.sleep(5)
        idle = sum(node.rss_mib() for node in nodes)
        facts = bench.version_facts([])
        costs = run_costs(alone, nodes, options)
        alone.stop()
        started.remove(alone)
        seconds, broken = run_failovers(nodes, options) if options.kills else ([], 0)
    finally:
        for node in started:
            if node.process.poll() is None:
                node.stop(signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
    report = [f"# A cluster of three beside a node alone, {datetime.date.today().isoformat()}", "",
              "Versions: " + ", ".join(f"{key} {value}" for key, value in facts.items()) + ".", "",
              f"All nodes on one machine: overhead, not scale. {options.rows} rows, {options.seconds} s a run, prepared"
              " statements, every commit forced to the disk (of a majority). CPU is that of all nodes together.", "",
              *costs, "", f"Load average at the end: {os.getloadavg()[0]:.1f}.", "",
              f"Resident memory of the three, idle: {idle:.0f} MiB (each with --memory 512m)."]
    if seconds:
        report += ["", "## Leader killed with -9", "",
                   f"Time until the next commit on a connection to another node, {len(seconds)} kills: median"
                   f" {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s; statements on that connection that"
                   f" failed: {broken}.", "",
                   ", ".join(f"{s:.2f}" for s in seconds)]
    path = os.path.join(options.out, datetime.date.today().isoformat() + "-cluster.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(report) + "\n")
    print("report: " + path)


if __name__ == "__main__":
    main()
