"""Reads wrk's report from standard input; prints label, requests/s, p50 and p99 in us, CPU us a request."""
import os
import re
import sys

label, before, after = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
text = sys.stdin.read()
UNIT = {"us": 1, "ms": 1_000, "s": 1_000_000}


def latency(percent):
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)$", text, re.M)
    return float(found.group(1)) * UNIT[found.group(2)]


requests = int(re.search(r"(\d+) requests in", text).group(1))
rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
errors = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
if errors:
    sys.exit(f"{label}: {errors.group(1)} of {requests} answers were not 2xx")
tick = 1_000_000 / os.sysconf("SC_CLK_TCK")
print(label, rate, latency(50), latency(99), (after - before) * tick / requests, sep="\t")
