"""See bench/run."""
import argparse
import collections
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import machine

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOLKEEP = os.path.join(TOP, "toolkeep")
TOOLS = 10
ANSWER = '{"status":"ok","items":[{"id":1,"name":"first"},{"id":2,"name":"second"}]}'
POLICY = """rules:
  - id: bench
    effect: allow
    callers: { roles: [agent] }
    tools: ["bench.*"]
    when: "args.limit <= 500"
limits:
  - tools: ["bench.*"]
    callsPerMinute: 1000000
    concurrent: 1000
"""
# Ten requests in turn, made before the clock starts: no tool meets its limit of a million calls a minute.
LUA = """local requests, i = {}, 0
function init() for n = 0, 9 do requests[n] = wrk.format(nil, "%s" .. n) end end
function request() i = (i + 1) %% 10; return requests[i] end
"""


class Bench:
    def __init__(self, options):
        self.options = options
        self.work = tempfile.mkdtemp(dir=options.work)
        self.processes = []
        self.upstream_port, self.proxy_port = machine.port(), machine.port()

    def run(self):
        upstream = self.nginx("upstream", f"""server {{ listen 127.0.0.1:{self.upstream_port};
            location / {{ default_type application/json; return 200 '{ANSWER}'; }} }}""")
        proxy = self.nginx("proxy", f"""upstream u {{ server 127.0.0.1:{self.upstream_port}; keepalive 128; }}
            server {{ listen 127.0.0.1:{self.proxy_port};
              location / {{ proxy_pass http://u; proxy_http_version 1.1; proxy_set_header Connection ''; }} }}""")
        plain = self.script("get", LUA % "/items/")
        subjects = [
            ("direct", upstream.pid, plain, f"http://127.0.0.1:{self.upstream_port}/"),
            ("nginx", proxy.pid, plain, f"http://127.0.0.1:{self.proxy_port}/")]
        keeps = [self.toolkeep(sync) for sync in self.options.sync.split(",")]
        subjects += keeps
        for name, pid, script, url in keeps:
            self.say(f"warming {name} up")
            for connections in (64, 1):
                self.load(name, pid, script, url, connections, self.options.warm)
        self.rounds(subjects)
        for name, pid, _, _ in keeps:
            self.stop(pid)
            print(f"{name}: " + self.cli(name, "log", "verify").strip().splitlines()[-1])

    def rounds(self, subjects):
        results, disk = collections.defaultdict(list), []
        for number in range(1, self.options.rounds + 1):
            self.say(f"round {number} of {self.options.rounds}")
            for connections in (64, 1):
                for name, pid, script, url in subjects:
                    results[name, connections].append(
                        self.load(name, pid, script, url, connections, self.options.seconds))
            disk.append(machine.disk(self.work))
        self.table(results, disk)

    def table(self, results, disk):
        rows = []
        for (name, connections), runs in results.items():
            reference = results["nginx", connections]
            quiet = min(range(len(runs)), key=lambda i: runs[i][4] + reference[i][4])
            rows.append({
                "subject": name, "connections": connections,
                **{key: statistics.median(run[i] for run in runs) for i, key in enumerate(
                    ("rate", "p50", "p99", "cpu", "others"))},
                "best_rate": max(run[0] for run in runs), "best_p50": min(run[1] for run in runs),
                "best_cpu": min(run[3] for run in runs),
                "of_nginx": statistics.median(run[0] / ref[0] for run, ref in zip(runs, reference)),
                "of_nginx_best": max(run[0] for run in runs) / max(ref[0] for ref in reference),
                "cpu_of_nginx": min(run[3] for run in runs) / min(ref[3] for ref in reference),
                "quiet_of_nginx": runs[quiet][0] / reference[quiet][0]})
        head = ("requests/s", "p50 us", "p99 us", "CPU us", "others", "| of nginx", "| best req/s", "p50 us", "CPU us",
                "of nginx", "CPU/nginx")
        print(f"\n{'medians':22}" + "".join(f"{h:>11}" for h in head[:6]) + "".join(f"{h:>13}" for h in head[6:]))
        for row in rows:
            label = f"{row['subject']} c={row['connections']}"
            print(f"{label:22}{row['rate']:11.0f}{row['p50']:11.0f}{row['p99']:11.0f}{row['cpu']:11.1f}"
                  f"{row['others']:11.0%}{row['of_nginx']:11.2f}{row['best_rate']:13.0f}{row['best_p50']:13.0f}"
                  f"{row['best_cpu']:13.1f}{row['of_nginx_best']:13.2f}{row['cpu_of_nginx']:13.2f}")
        print(f"\none durable 4 KiB write alone, median us, each round: {' '.join(f'{d:.0f}' for d in disk)}"
              f"   load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        if self.options.json:
            with open(self.options.json, "w") as file:
                json.dump({"rows": rows, "disk": disk}, file, indent=1)

    def load(self, name, pid, script, url, connections, seconds):
        ours = [process.pid for process in self.processes if process.poll() is None]
        if pid not in ours:
            raise SystemExit(f"{name} ended by itself; see {self.work}")
        return machine.load("wrk", script, url, connections, seconds, pid, ours)

    def toolkeep(self, sync):
        name = f"toolkeep-{sync}"
        gateway, console = machine.port(), machine.port()
        os.mkdir(f"{self.work}/{name}", 0o700)
        config = self.file(f"{name}.yaml", f"journal:\n  sync: {sync}\n")
        with open(f"{self.work}/{name}.log", "w") as log:
            process = self.start([TOOLKEEP, "start", "--data", f"{self.work}/{name}", "--port", str(gateway),
                                  "--console-port", str(console), "--config", config], log)
        self.until_ready(process, name, gateway)
        reach = f"127.0.0.1:{self.upstream_port}"
        self.cli(name, "source", "add", "bench", "utcp", self.file("manual.json", self.manual()), "--reach", reach)
        self.cli(name, "approve", "bench.*", "--yes")
        self.cli(name, "policy", "set", self.file("policy.yaml", POLICY))
        with open(f"{self.work}/{name}/agent.key") as file:
            key = file.read().strip()
        head = (f"wrk.method = 'POST'; wrk.body = '{{\"limit\":10,\"kind\":\"all\"}}'\n"
                f"wrk.headers['Content-Type'] = 'application/json'; wrk.headers['Authorization'] = 'Bearer {key}'\n")
        return name, process.pid, self.script(name, head + LUA % "/v1/call/bench.t"), f"http://127.0.0.1:{gateway}/"

    def until_ready(self, process, name, port):
        self.say(f"starting {name} (builds the program first when it is not built)")
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).close()
                if self.answers(name):
                    return
            except OSError:
                pass
            time.sleep(0.2)
        with open(f"{self.work}/{name}.log") as log:
            raise SystemExit(f"{name} did not start:\n{log.read()}")

    def answers(self, name):
        return subprocess.run([TOOLKEEP, "source", "list", "--data", f"{self.work}/{name}"],
                              capture_output=True).returncode == 0

    def cli(self, name, *words):
        done = subprocess.run([TOOLKEEP, *words, "--data", f"{self.work}/{name}"], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"toolkeep {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def manual(self):
        tool = {"description": "Lists items.", "outputs": {}, "inputs": {
            "type": "object", "required": ["limit"], "additionalProperties": False, "properties": {
                "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
                "kind": {"type": "string", "enum": ["all", "new"]}}}}
        return json.dumps({"utcp_version": "1.1.0", "manual_version": "1.0.0", "tools": [
            {"name": f"t{n}", **tool, "tool_call_template": {
                "call_template_type": "http", "http_method": "GET",
                "url": f"http://127.0.0.1:{self.upstream_port}/items/{n}"}} for n in range(TOOLS)]})

    def nginx(self, name, http):
        folder = f"{self.work}/{name}"
        os.mkdir(folder)
        config = self.file(f"{name}/nginx.conf", f"""worker_processes 1; daemon off; master_process off;
            pid {folder}/pid; error_log {folder}/error.log crit; events {{ worker_connections 4096; }}
            http {{ access_log off; keepalive_requests 100000000;
            client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
            uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; {http} }}""")
        return self.start(["nginx", "-p", folder, "-c", config], subprocess.DEVNULL)

    def start(self, command, log):
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "TOOLKEEP_NO_AOT": "1"})
        self.processes.append(process)
        return process

    def stop(self, pid=None):
        for process in self.processes:
            if pid in (None, process.pid) and process.poll() is None:
                process.terminate()
                process.wait()

    def file(self, name, text):
        with open(f"{self.work}/{name}", "w") as file:
            file.write(text)
        return file.name

    def script(self, name, text):
        return self.file(f"{name}.lua", text)

    def say(self, what):
        print(f"{what} ...", file=sys.stderr, flush=True)


def options():
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures Toolkeep beside nginx.")
    parser.add_argument("--seconds", type=int, default=8, help="a round's length for each subject (8)")
    parser.add_argument("--rounds", type=int, default=3, help="how many rounds (3)")
    parser.add_argument("--warm", type=int, default=15, help="seconds of warm-up at 64 and at 1 connection (15)")
    parser.add_argument("--sync", default="disk,os", help="journal.sync of the servers to measure (disk,os)")
    parser.add_argument("--work", default=None, help="where to put data folders: the disk that is measured")
    parser.add_argument("--json", default=None, metavar="FILE", help="also write the numbers to FILE")
    parser.add_argument("--smoke", action="store_true", help="one round of a second, only to see that it works")
    chosen = parser.parse_args()
    if chosen.smoke:
        chosen.seconds, chosen.rounds, chosen.warm, chosen.sync = 1, 1, 1, "disk"
    return chosen


if __name__ == "__main__":
    bench = Bench(options())
    try:
        bench.run()
    finally:
        bench.stop()
        shutil.rmtree(bench.work, ignore_errors=True)
