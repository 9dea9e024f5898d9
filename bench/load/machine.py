"""What a measurement needs of the machine: free ports, processes, their CPU time and everybody else's, the disk."""
import mmap
import os
import random
import re
import resource
import socket
import statistics
import subprocess
import time

TICK = 1_000_000 / os.sysconf("SC_CLK_TCK")
UNIT = {"us": 1, "ms": 1_000, "s": 1_000_000, "m": 60_000_000}


def port():
    """A free port below the range the kernel gives to clients, so that none of them takes it before we do."""
    while True:
        number = random.randrange(20_000, 30_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", number))
                return number
            except OSError:
                continue


def cpu(pid):
    """The CPU time of a process in us."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def busy():
    """The CPU time of the whole machine in us."""
    with open("/proc/stat") as stat:
        user, nice, system, _, _, irq, softirq, *_ = map(int, stat.readline().split()[1:])
    return (user + nice + system + irq + softirq) * TICK


def load(wrk, script, url, connections, seconds, pid, ours):
    """One round of wrk: (requests/s, p50 us, p99 us, CPU us a request of `pid`, share of the CPU others took)."""
    before, all_before, began = cpu(pid), busy(), time.monotonic()
    mine = sum(map(cpu, ours)) + children()
    done = subprocess.run(
        [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script, url],
        capture_output=True, text=True)
    spent = cpu(pid) - before
    ours_spent = sum(map(cpu, ours)) + children() - mine
    others = (busy() - all_before - ours_spent) / ((time.monotonic() - began) * 1e6 * os.cpu_count())
    text = done.stdout
    if done.returncode or done.stderr or "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(f"wrk against {url} went wrong:\n{text}{done.stderr}")

    def latency(percent):
        found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", text, re.M)
        if not found:
            raise SystemExit(f"no answer came from {url}:\n{text}")
        return float(found[1]) * UNIT[found[2]]

    requests = int(re.search(r"(\d+) requests in", text)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    return rate, latency(50), latency(99), spent / requests, max(others, 0.0)


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1e6


def disk(folder, writes=400):
    """The median us of one durable 4 KiB write into a file of zeros, as the journal's commit is."""
    path = os.path.join(folder, "disk")
    with open(path, "wb") as zeros:
        zeros.write(bytes(4 << 20))
        os.fsync(zeros.fileno())
    block = mmap.mmap(-1, 4096)
    try:
        file = os.open(path, os.O_WRONLY | os.O_DSYNC | os.O_DIRECT)
    except OSError:
        file = os.open(path, os.O_WRONLY | os.O_DSYNC)
    took = []
    for i in range(writes):
        began = time.perf_counter()
        os.pwrite(file, block, (i % 1024) * 4096)
        took.append((time.perf_counter() - began) * 1e6)
    os.close(file)
    os.unlink(path)
    return statistics.median(took)
