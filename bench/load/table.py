"""Prints the median of each line of bench/run's results, and the ratios against nginx at the same connections."""
import collections
import statistics
import sys

rows = collections.defaultdict(list)
for line in open(sys.argv[1]):
    label, *numbers = line.rstrip("\n").split("\t")
    rows[label].append([float(n) for n in numbers])
median = {label: [statistics.median(column) for column in zip(*runs)] for label, runs in rows.items()}
print(f"{'':16}{'requests/s':>12}{'p50 us':>10}{'p99 us':>10}{'CPU us/call':>13}{'of nginx':>10}")
for label, (rate, p50, p99, cpu) in median.items():
    connections = label.split()[1]
    ratio = rate / median[f"nginx {connections}"][0]
    print(f"{label:16}{rate:12.0f}{p50:10.0f}{p99:10.0f}{cpu:13.1f}{ratio:10.2f}")
