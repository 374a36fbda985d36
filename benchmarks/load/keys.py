#!/usr/bin/env python3
"""Measures whether the time of a refusal tells anything of the keys of a service.

usage: keys.py --server PROGRAM [--requests N] [--seed N] [--out FILE]
  --server PROGRAM   the published native server
  --requests N       requests of each kind; 20,000 by default

Starts the server with 50 keys and sends kinds of wrong keys in a random order over one connection that is kept: keys that differ from the first or the last
real one in one letter, at the front or at the end, and keys that have nothing of them. Prints the medians, and for each kind a rank-sum test against the last one.
"""
import argparse
import hashlib
import json
import math
import pathlib
import random
import re
import socket
import statistics
import tempfile
import time

import serving

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def rank_sum(left, right):
    """The chance that a value of the first sample is the greater one, and the p-value of its being one half (normal approximation)."""
    values = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    total, i = 0.0, 0
    ties = 0.0
    while i < len(values):
        j = i
        while j < len(values) and values[j][0] == values[i][0]:
            j += 1
        rank = (i + j + 1) / 2
        total += rank * sum(1 for k in range(i, j) if values[k][1] == 0)
        ties += (j - i) ** 3 - (j - i)
        i = j
    n, m = len(left), len(right)
    u = total - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return u / (n * m), math.erfc(abs(u - n * m / 2) / spread / math.sqrt(2))


class Server(serving.Process):
    """The server with a configuration, and its example model."""

    def __init__(self, program, config, log):
        super().__init__([str(program), "--config", str(config), "--urls", "http://127.0.0.1:0", "--stop-delay", "0"], log)

    def address(self):
        return re.findall(r"Listening on (\S+)", self.log.read_text())[0]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--server", type=pathlib.Path, required=True)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    keys = ["".join(chance.choice(LETTERS) for _ in range(40)) for _ in range(50)]

    def other(letter):
        return chance.choice([candidate for candidate in LETTERS if candidate != letter])

    kinds = {
        "first key, last letter wrong": lambda: keys[0][:-1] + other(keys[0][-1]),
        "first key, first letter wrong": lambda: other(keys[0][0]) + keys[0][1:],
        "last key, last letter wrong": lambda: keys[-1][:-1] + other(keys[-1][-1]),
        "nothing right": lambda: "".join(chance.choice(LETTERS) for _ in range(40)),
        "nothing right, again": lambda: "".join(chance.choice(LETTERS) for _ in range(40)),
    }
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "config.json"
        listed = [{"Name": f"key-{i}", "Sha256": hashlib.sha256(key.encode()).hexdigest()} for i, key in enumerate(keys)]
        config.write_text(json.dumps({"AnomalyDetection": {"Serving": {"Keys": listed}}}))
        with Server(arguments.server, config, pathlib.Path(folder) / "server.log") as server:
            host, port = server.address().removeprefix("http://").split(":")
            with socket.create_connection((host, int(port))) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

                def ask(key):
                    request = f"GET /v1/models HTTP/1.1\r\nHost: x\r\nX-Api-Key: {key}\r\n\r\n".encode()
                    start = time.perf_counter_ns()
                    connection.sendall(request)
                    answer = connection.recv(65536)
                    taken = time.perf_counter_ns() - start
                    return answer, taken

                answer, _ = ask(keys[-1])
                assert b" 200 " in answer.split(b"\r\n")[0], answer
                for _ in range(3000):
                    ask(kinds["nothing right"]())
                times = {name: [] for name in kinds}
                # Made beforehand: a pause of the client before some kinds would be measured with them.
                order = [(name, kinds[name]()) for name in kinds for _ in range(arguments.requests)]
                chance.shuffle(order)
                for name, key in order:
                    answer, taken = ask(key)
                    assert answer.startswith(b"HTTP/1.1 401"), answer
                    times[name].append(taken / 1000)
    base = "nothing right, again"
    results = {}
    for name, sample in times.items():
        greater, p = rank_sum(sample, times[base]) if name != base else (0.5, 1.0)
        results[name] = {"median_us": round(statistics.median(sample), 2), "greater": round(greater, 4), "p_value": round(p, 3)}
        print(f"{name:32} median {results[name]['median_us']:7.2f} µs   P(greater) {greater:.4f}   p {p:.3f}")
    if arguments.out:
        arguments.out.write_text(json.dumps({"requests": arguments.requests, "kinds": results}, indent=1))


if __name__ == "__main__":
    main()
