#!/usr/bin/env python3
"""Ranks everybody with Mosty and, in turn, the same number of vectors with
FAISS, and prints the ratio of the medians.

    pip install faiss-cpu
    cargo build --release
    python3 benches/beside_faiss.py [DATABASE_URL]

FAISS answers 1,470 queries against all places by flat inner product in 64
dimensions, top 20, on two threads. Mosty makes both lists of everybody, every
profile filled, top 20, on two threads.
"""

import json
import statistics
import subprocess
import sys
import time

import faiss
import numpy as np

DATABASE = sys.argv[1] if len(sys.argv) > 1 else "sqlite:mosty.db"
RUNS = 5


def mosty():
    command = ["target/release/mosty", "--database-url", DATABASE, "--log", "error", "rank",
               "--all", "--synthetic", "--limit", "20", "--threads", "2", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def flat(places, hromadas):
    random = np.random.default_rng(1)
    index = faiss.IndexFlatIP(64)
    index.add(random.standard_normal((places, 64), dtype=np.float32))
    queries = random.standard_normal((hromadas, 64), dtype=np.float32)
    index.search(queries[:16], 20)
    begun = time.perf_counter()
    index.search(queries, 20)
    return places * hromadas / (time.perf_counter() - begun)


faiss.omp_set_num_threads(2)
first = mosty()
ours, theirs = [], []
for _ in range(RUNS):
    ours.append(mosty()["pairs_per_second"])
    theirs.append(flat(first["places"], first["hromadas"]))
a, b = statistics.median(ours), statistics.median(theirs)
print(f"Mosty {a / 1e6:.0f} million pairs/s (from {min(ours) / 1e6:.0f} to {max(ours) / 1e6:.0f})")
print(f"FAISS {b / 1e6:.0f} million pairs/s (from {min(theirs) / 1e6:.0f} to {max(theirs) / 1e6:.0f})")
print(f"ratio {a / b:.2f}")
