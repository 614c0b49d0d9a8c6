"""Benchmarks of Qomo beside MariaDB, in one run on one machine.

Machines are shared and noisy: every workload alternates between the two servers, and what is quoted is the ratio of
medians and the server's own CPU time per query.
"""

import argparse
import datetime
import itertools
import json
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TICKS = os.sysconf("SC_CLK_TCK")

# The JDK the launcher found, which also runs the server.
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Server:
    """A server under test; `cpu_seconds` and `rss_mib` are its process's own."""

    def __init__(self, name, folder):
        self.name = name
        self.folder = os.path.join(folder, name)
        self.port = free_port()
        self.pid = None

    def cpu_seconds(self):
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss_mib(self):
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024

    def sql(self, text, database=None, tabs=True):
        command = ["mariadb", "--no-defaults", "-h127.0.0.1", f"-P{self.port}", "-uroot", "--local-infile=1"]
        if tabs:
            command += ["-N", "-B"]
        if database:
            command += ["-D", database]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=1800, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{self.name}: {done.stderr.strip()[:500]}")
        return done.stdout


class Qomo(Server):
    def __init__(self, folder, memory="1g"):
        super().__init__("qomo", folder)
        self.memory = memory
        self.process = None

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen(
            [os.path.join(HOME, "qomo"), "start", "--data-dir", self.folder, "--port", str(self.port),
             "--http-port", "0", "--memory", self.memory],
            stdout=subprocess.PIPE, stderr=open(self.folder + ".log", "ab"), text=True)
        for line in self.process.stdout:
            if line.startswith("qomo ready"):
                break
        else:
            raise RuntimeError("Qomo did not start; see " + self.folder + ".log")
        self.pid = self.process.pid
        return time.monotonic() - began

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


class MariaDb(Server):
    def __init__(self, folder):
        super().__init__("mariadb", folder)

    def start(self):
        subprocess.run([os.path.join(HOME, "dev/apps/mariadb.sh"), "start", self.folder, str(self.port)], check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(self.folder, "pid"), encoding="ascii") as pid:
            self.pid = int(pid.read())

    def stop(self):
        subprocess.run([os.path.join(HOME, "dev/apps/mariadb.sh"), "stop", self.folder], check=True)


def version_facts(servers):
    model = re.search(r"model name\s*:\s*(.+)", read_text("/proc/cpuinfo"))
    memory = int(re.search(r"MemTotal:\s+(\d+)", read_text("/proc/meminfo")).group(1)) / 2**20
    facts = {"date": datetime.date.today().isoformat(),
             "machine": f"{os.cpu_count()} cores ({model.group(1) if model else platform.machine()}), {memory:.0f} GiB, "
             f"Linux {platform.release().split('-')[0]}, load average {os.getloadavg()[0]:.1f} at the start",
             "java": subprocess.run([JAVA, "-version"], capture_output=True, text=True, check=False)
             .stderr.splitlines()[0],
             "sysbench": subprocess.run(["sysbench", "--version"], capture_output=True, text=True, check=False)
             .stdout.strip()}
    for server in servers:
        facts[server.name] = server.sql("SELECT VERSION()").strip()
    return facts


# ---- sysbench -------------------------------------------------------------------------------------------------------

WORKLOADS = ["oltp_point_select", "oltp_read_only", "oltp_read_write", "oltp_write_only", "oltp_insert",
             "oltp_update_index"]


def sysbench(server, workload, action, options, threads=1, seconds=0, prepared=True):
    command = ["sysbench", workload, "--db-driver=mysql", "--mysql-host=127.0.0.1", f"--mysql-port={server.port}",
               "--mysql-user=root", "--mysql-db=sbtest", "--mysql-ssl=off", "--tables=1", f"--table-size={options.rows}",
               f"--threads={threads}", f"--time={seconds}", "--report-interval=0",
               "--db-ps-mode=" + ("auto" if prepared else "disable"), action]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{server.name} {workload}: {(done.stdout + done.stderr)[-600:]}")
    return done.stdout


def run_sysbench(servers, options):
    rows = []
    for server in servers:
        server.sql("CREATE DATABASE IF NOT EXISTS sbtest")
        sysbench(server, "oltp_read_write", "prepare", options)
    for workload in options.workloads or WORKLOADS:
        warm_up(servers[0], workload, options)
        for threads in options.threads:
            for prepared in ([True] if options.quick else [True, False]):
                cells = {server.name: [] for server in servers}
                for _ in range(options.rounds):
                    for server in servers:
                        cells[server.name].append(one_run(server, workload, options, threads, prepared))
                row = {"workload": workload, "threads": threads, "prepared": prepared}
                for name, runs in cells.items():
                    row[name] = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
                rows.append(row)
                print(format_row(row), flush=True)
    return rows


def warm_up(server, workload, options):
    """Until the JIT compiler has seen the workload: what is measured is a server that runs, not one that starts."""
    for prepared in (True, False):
        sysbench(server, workload, "run", options, 16, options.warm_up, prepared)


def one_run(server, workload, options, threads, prepared):
    before = server.cpu_seconds()
    output = sysbench(server, workload, "run", options, threads, options.seconds, prepared)
    cpu = server.cpu_seconds() - before
    queries = int(re.search(r"total:\s+(\d+)", output).group(1))
    transactions = int(re.search(r"transactions:\s+(\d+)", output).group(1))
    seconds = float(re.search(r"total time:\s+([\d.]+)s", output).group(1))
    return {"qps": queries / seconds, "tps": transactions / seconds,
            "p95_ms": float(re.search(r"95th percentile:\s+([\d.]+)", output).group(1)),
            "cpu_us": cpu * 1e6 / max(1, queries),
            "errors": int(re.search(r"ignored errors:\s+(\d+)", output).group(1))}


def format_row(row):
    qomo, maria = row["qomo"], row["mariadb"]
    return (f"| {row['workload'][5:]} | {row['threads']} | {'prepared' if row['prepared'] else 'text'} "
            f"| {qomo['tps']:,.0f} | {maria['tps']:,.0f} | {qomo['tps'] / maria['tps']:.2f} "
            f"| {qomo['p95_ms']:.2f} | {maria['p95_ms']:.2f} | {qomo['cpu_us']:.1f} | {maria['cpu_us']:.1f} "
            f"| {qomo['cpu_us'] / maria['cpu_us']:.2f} |")


SYSBENCH_HEAD = ("| workload | threads | protocol | Qomo tps | MariaDB tps | ratio | Qomo p95 ms | MariaDB p95 ms "
                 "| Qomo CPU µs/query | MariaDB CPU µs/query | ratio |\n"
                 "|---|---|---|---|---|---|---|---|---|---|---|")


# ---- profile --------------------------------------------------------------------------------------------------------

PLACES = [  # first match wins; what a frame's name says about where the time goes
    ("waiting for and moving packets (kernel)", r"\[k\]"),
    ("RocksDB", r"rocksdb|ZSTD|LZ4|HUF_|TLS init|__tls_get_addr"),
    ("just-in-time compiler", r"Phase|Compile|ciMethod|Matcher|IndexSet|LiveRange"),
    ("garbage collector", r"Generation|Closure|GC|MarkSweep|Collect"),
    ("protocol", r"io\.qomo\.serve\.mysql|sun\.nio|java\.net"),
    ("session: plans, locks of names, transactions", r"io\.qomo\.serve"),
    ("parser, planner", r"io\.qomo\.query\.(sql|analyze|optimize|logical|catalog)"),
    ("execution", r"io\.qomo\.(query|base)"),
    ("transactions and store above RocksDB", r"io\.qomo\.store"),
    ("other Java", r"java\.|jdk\."),
    ("C library, JVM, unknown", r"."),
]


def run_profile(server, options, folder):
    """Where the server's time goes, by sampling it under load; nothing where `perf` is missing."""
    if shutil.which("perf") is None:
        return ["Profile: `perf` is not installed.", ""]
    lines = ["### Where the time goes", "", "Samples of the server under 16 threads, per cent (`perf`, with the names of compiled methods).",
             ""]
    table = {}
    names = ["oltp_point_select", "oltp_read_only", "oltp_read_write"]
    for workload in names:
        data = os.path.join(folder, "perf.data")
        recorder = subprocess.Popen(["perf", "record", "-q", "-F", "299", "-o", data, "-p", str(server.pid), "--", "sleep", "6"],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sysbench(server, workload, "run", options, 16, 7, True)
        recorder.wait(60)
        subprocess.run(["jcmd", str(server.pid), "Compiler.perfmap"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       check=False)
        text = subprocess.run(["perf", "report", "-i", data, "--sort", "sym", "--stdio"], capture_output=True, text=True,
                              check=False).stdout
        for line in text.splitlines():
            found = re.match(r"\s*([\d.]+)%\s+(.*)", line)
            if found:
                place = next(name for name, pattern in PLACES if re.search(pattern, found.group(2)))
                row = table.setdefault(place, {})
                row[workload] = row.get(workload, 0.0) + float(found.group(1))
    lines += ["| | " + " | ".join(n[5:] for n in names) + " |", "|---|" + "---|" * len(names)]
    for place, _ in PLACES:
        lines.append(f"| {place} | " + " | ".join(f"{table.get(place, {}).get(n, 0.0):.0f}" for n in names) + " |")
    return lines + [""]


# ---- load -----------------------------------------------------------------------------------------------------------

def run_load(servers, options, folder):
    count = options.load_rows
    dump, csv = os.path.join(folder, "load.sql"), os.path.join(folder, "load.csv")
    with open(dump, "w", encoding="utf-8") as sql, open(csv, "w", encoding="utf-8") as text:
        for start in range(0, count, 1000):
            rows = [(i, f"name {i * 7919 % count}", i % 1000 / 10, f"2024-01-{i % 28 + 1:02d} 10:00:00")
                    for i in range(start, min(count, start + 1000))]
            sql.write("INSERT INTO load_sql VALUES " + ",".join(f"({a},'{b}',{c},'{d}')" for a, b, c, d in rows) + ";\n")
            text.writelines(f"{a},{b},{c},{d}\n" for a, b, c, d in rows)
    results = {}
    for server in [servers[0]] + list(servers):  # the first time is a warm-up
        server.sql("CREATE DATABASE IF NOT EXISTS loading; SET GLOBAL local_infile = 1")
        for table in ("load_sql", "load_csv"):
            server.sql(f"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} (id INT PRIMARY KEY, name VARCHAR(40),"
                       " price DECIMAL(8,1), at DATETIME, KEY by_name (name))", "loading")
        with open(dump, encoding="utf-8") as sql:
            began, cpu = time.monotonic(), server.cpu_seconds()
            server.sql(sql.read(), "loading")
            dump_seconds, dump_cpu = time.monotonic() - began, server.cpu_seconds() - cpu
        began, cpu = time.monotonic(), server.cpu_seconds()
        server.sql(f"LOAD DATA LOCAL INFILE '{csv}' INTO TABLE load_csv FIELDS TERMINATED BY ','", "loading")
        csv_seconds, csv_cpu = time.monotonic() - began, server.cpu_seconds() - cpu
        check = server.sql("SELECT COUNT(*), SUM(id), COUNT(DISTINCT name) FROM load_csv", "loading").strip()
        results[server.name] = {"dump": count / dump_seconds, "csv": count / csv_seconds, "check": check,
                                "dump_cpu": dump_cpu * 1e6 / count, "csv_cpu": csv_cpu * 1e6 / count}
    return results


# ---- TPC-H ----------------------------------------------------------------------------------------------------------

TPCH_TABLES = ["region", "nation", "part", "supplier", "partsupp", "customer", "orders", "lineitem"]


def pieces(path, target, rows=100_000):
    """Copies of parts of a file, one at a time: a LOAD DATA is one transaction, and Qomo keeps those in memory."""
    with open(path, encoding="utf-8") as lines:
        while True:
            part = list(itertools.islice(lines, rows))
            if not part:
                return
            with open(target, "w", encoding="utf-8") as out:
                out.writelines(part)
            yield target


def run_tpch(servers, options, folder):
    data = os.path.join(folder, "tpch")
    classpath = os.path.join(folder, "classpath")
    subprocess.run(["mvn", "-q", "-Dfast", "-f", HOME, "-pl", "dev/testing", "-am", "compile",
                    "dependency:build-classpath", "-Dmdep.outputFile=" + classpath], check=True)
    with open(classpath, encoding="utf-8") as jars:
        path = os.path.join(HOME, "dev/testing/target/classes") + ":" + jars.read().strip()
    subprocess.run([JAVA, "-cp", path, "io.qomo.testing.tpch.Generate", options.scale, data], check=True)
    if not os.path.isdir(data):
        raise RuntimeError("the TPC-H data could not be generated")
    with open(os.path.join(HOME, "bench/tpch/schema_mysql.sql"), encoding="utf-8") as schema_file:
        schema = schema_file.read()
    results = {}
    for server in servers:
        server.sql("SET GLOBAL local_infile = 1")
        server.sql("DROP DATABASE IF EXISTS tpch; CREATE DATABASE tpch")
        server.sql(schema, "tpch")
        began = time.monotonic()
        for table in TPCH_TABLES:
            for piece in pieces(os.path.join(data, table + ".tbl"), os.path.join(folder, "piece.tbl")):
                server.sql(f"LOAD DATA LOCAL INFILE '{piece}' INTO TABLE {table} FIELDS TERMINATED BY '|'", "tpch")
        print(server.name, f"loaded in {time.monotonic() - began:.1f} s", flush=True)
        try:
            server.sql("ANALYZE TABLE " + ",".join(TPCH_TABLES), "tpch")
        except RuntimeError as failure:
            print(failure, flush=True)
    for number in range(1, 23):
        with open(os.path.join(HOME, f"bench/tpch/q{number:02d}.sql"), encoding="utf-8") as query_file:
            query = query_file.read()
        row = {}
        for server in servers:
            times = []
            before = server.cpu_seconds()
            for _ in range(3):
                began = time.monotonic()
                try:
                    answer = server.sql(query, "tpch")
                except (RuntimeError, subprocess.TimeoutExpired) as failure:
                    row[server.name] = {"error": str(failure)[:200]}
                    break
                times.append(time.monotonic() - began)
            else:
                row[server.name] = {"seconds": statistics.median(times),
                                    "cpu": (server.cpu_seconds() - before) / len(times), "right": is_right(number, answer, options.scale)}
        results[number] = row
        print(number, json.dumps(row), flush=True)
    return results


def tpch_report(figures, scale):
    lines = [f"## TPC-H, scale {scale}", "", "Seconds, median of 3, and the server's CPU seconds per run; `right`: equals "
             "the verified answer; ratio: MariaDB's time by Qomo's.", "",
             "| query | Qomo | CPU | right | MariaDB | CPU | right | ratio |", "|---|---|---|---|---|---|---|---|"]
    totals = {"qomo": 0.0, "mariadb": 0.0}
    for number, row in figures.items():
        cells = []
        for name in totals:
            cell = row[name]
            if "error" in cell:
                cells += [cell["error"], "", "no"]
            else:
                totals[name] += cell["seconds"]
                right = {True: "yes", False: "NO", None: "?"}[cell["right"]]
                cells += [f"{cell['seconds']:.3f}", f"{cell['cpu']:.2f}", right]
        whole = all("seconds" in row[name] for name in totals)
        ratio = f"{row['mariadb']['seconds'] / row['qomo']['seconds']:.2f}" if whole else ""
        lines.append(f"| {number} | " + " | ".join(cells) + f" | {ratio} |")
    lines.append(f"| all | {totals['qomo']:.2f} | | | {totals['mariadb']:.2f} | | "
                 f"| {totals['mariadb'] / totals['qomo']:.2f} |")
    return lines


def is_right(number, answer, scale):
    path = os.path.join(HOME, f"bench/tpch/answers/sf{scale}/q{number:02d}.csv")
    if not os.path.exists(path):
        return None
    import csv
    with open(path, encoding="utf-8", newline="") as expected_file:
        expected = list(csv.reader(expected_file))[1:]
    actual = [line.split("\t") for line in answer.splitlines()]
    return len(expected) == len(actual) and all(
        len(e) == len(a) and all(same(x, y) for x, y in zip(e, a)) for e, a in zip(expected, actual))


def same(expected, actual):
    if expected == actual or (expected == "" and actual == "NULL"):
        return True
    try:
        x, y = float(expected), float(actual)
    except ValueError:
        return expected.strip() == actual.strip()
    return abs(x - y) <= max(0.011, 1e-6 * abs(x))


# ---- start ----------------------------------------------------------------------------------------------------------

def run_start(folder, options):
    server = Qomo(os.path.join(folder, "starting"))
    os.makedirs(os.path.dirname(server.folder), exist_ok=True)
    times = []
    rss = 0.0
    for _ in range(options.rounds + 3):
        began = time.monotonic()
        server.start()
        server.sql("SELECT 1")
        times.append(time.monotonic() - began)
        time.sleep(2)
        rss = server.rss_mib()
        server.stop()
    return {"first_select_seconds": statistics.median(times[1:]), "idle_rss_mib": rss}


# ---- report ---------------------------------------------------------------------------------------------------------

def bar_chart(path, title, rows):
    """rows: (label, qomo, mariadb)."""
    top = max(max(q, m) for _, q, m in rows) or 1
    height = 40 + 44 * len(rows)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{height}" font-family="sans-serif" '
             f'font-size="12"><text x="10" y="20" font-size="15">{title}</text>']
    for i, (label, qomo, maria) in enumerate(rows):
        y = 36 + 44 * i
        parts.append(f'<text x="10" y="{y + 18}">{label}</text>')
        for j, (value, colour, name) in enumerate([(qomo, "#2a6fdb", "Qomo"), (maria, "#b0b0b0", "MariaDB")]):
            width = 420 * value / top
            parts.append(f'<rect x="220" y="{y + 17 * j}" width="{width:.1f}" height="14" fill="{colour}"/>'
                         f'<text x="{226 + width:.1f}" y="{y + 12 + 17 * j}">{name} {value:,.1f}</text>')
    parts.append("</svg>")
    with open(path, "w", encoding="utf-8") as svg:
        svg.write("\n".join(parts))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=["all", "sysbench", "load", "tpch", "start"])
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--warm-up", type=int, default=8, help="seconds of each workload before it is measured")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=100000)
    parser.add_argument("--load-rows", type=int, default=200000)
    parser.add_argument("--scale", default="0.1")
    parser.add_argument("--threads", type=lambda t: [int(x) for x in t.split(",")], default=[1, 16, 64])
    parser.add_argument("--workloads", type=lambda t: t.split(","), default=None)
    parser.add_argument("--quick", action="store_true", help="prepared statements only")
    parser.add_argument("--out", default=os.path.join(HOME, "bench/results"))
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="qomo-bench-")
    os.makedirs(options.out, exist_ok=True)
    report = []
    servers = [Qomo(folder), MariaDb(folder)]
    try:
        if options.name in ("all", "start"):
            figures = run_start(folder, options)
            report += ["## Start", "", f"First `SELECT 1` after launch on an existing directory: "
                       f"{figures['first_select_seconds']:.2f} s (median). Idle resident memory: "
                       f"{figures['idle_rss_mib']:.0f} MiB.", ""]
            print("\n".join(report), flush=True)
        if options.name != "start":
            for server in servers:
                server.start()
            facts = version_facts(servers)
            report += ["Versions: " + ", ".join(f"{k} {v}" for k, v in facts.items()) + ".", ""]
        if options.name in ("all", "sysbench"):
            rows = run_sysbench(servers, options)
            report += ["Load average at the end of sysbench: " + f"{os.getloadavg()[0]:.1f}. On a machine that others use, "
                       "compare ratios and CPU per query, not throughput.", ""]
            report += ["## sysbench", "", f"{options.rows} rows, {options.seconds} s a run, median of {options.rounds}, "
                       "alternating; both durable (one fsync before each acknowledgement, group commit).", "",
                       SYSBENCH_HEAD] + [format_row(row) for row in rows] + ["", "![CPU per query](sysbench-cpu.svg)", ""]
            bar_chart(os.path.join(options.out, "sysbench-tps.svg"), "Transactions per second (16 threads, prepared)",
                      [(r["workload"][5:], r["qomo"]["tps"], r["mariadb"]["tps"]) for r in rows
                       if r["prepared"] and r["threads"] == (16 if 16 in options.threads else options.threads[0])])
            report += ["![Transactions per second](sysbench-tps.svg)", ""]
            report += run_profile(servers[0], options, folder)
            bar_chart(os.path.join(options.out, "sysbench-cpu.svg"), "Server CPU, µs per query (16 threads, prepared)",
                      [(r["workload"][5:], r["qomo"]["cpu_us"], r["mariadb"]["cpu_us"]) for r in rows
                       if r["prepared"] and r["threads"] == (16 if 16 in options.threads else options.threads[0])])
        if options.name in ("all", "load"):
            figures = run_load(servers, options, folder)
            report += ["## Load", "", "| | Qomo rows/s | MariaDB rows/s | ratio | Qomo CPU µs/row | MariaDB CPU µs/row |",
                       "|---|---|---|---|---|---|"]
            for key, label in (("dump", "multi-row INSERT dump"), ("csv", "LOAD DATA LOCAL")):
                q, m = figures["qomo"][key], figures["mariadb"][key]
                report.append(f"| {label} | {q:,.0f} | {m:,.0f} | {q / m:.2f} "
                              f"| {figures['qomo'][key + '_cpu']:.1f} | {figures['mariadb'][key + '_cpu']:.1f} |")
            bar_chart(os.path.join(options.out, "load.svg"), "Rows loaded per second",
                      [(label, figures["qomo"][key], figures["mariadb"][key])
                       for key, label in (("dump", "INSERT dump"), ("csv", "LOAD DATA"))])
            report += ["", "![Rows loaded per second](load.svg)"]
            report += ["", f"Same contents: {figures['qomo']['check'] == figures['mariadb']['check']}.", ""]
        if options.name in ("all", "tpch"):
            figures = run_tpch(servers, options, folder)
            report += tpch_report(figures, options.scale)
        path = os.path.join(options.out, f"{datetime.date.today().isoformat()}-{options.name}.md")
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"# Qomo benchmarks: {options.name}, {datetime.date.today().isoformat()}\n\n" + "\n".join(report) + "\n")
        print("report:", os.path.relpath(path, HOME))
    finally:
        for server in servers:
            if server.pid:
                try:
                    server.stop()
                except (OSError, subprocess.SubprocessError) as failure:
                    print("stopping", server.name, failure, file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
