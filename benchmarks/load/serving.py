"""The server and the peer as processes, and the bodies that they are sent."""
import json
import os
import pathlib
import random
import re
import signal
import socket
import struct
import subprocess
import time
import urllib.request

import machine

COLUMNS = 30


def rows(count):
    numbers = random.Random(1)
    return [[round(numbers.gauss(0, 1), 6) for _ in range(COLUMNS)] for _ in range(count)]


def predict_body(count):
    return json.dumps({"data": rows(count)}).encode()


def infer_json(count):
    return json.dumps({"inputs": [{"name": "rows", "shape": [count, COLUMNS], "datatype": "FP32", "data": [cell for row in rows(count) for cell in row]}], "outputs": [{"name": "score"}]}).encode()


def infer_binary(count):
    cells = [cell for row in rows(count) for cell in row]
    raw = struct.pack(f"<{len(cells)}f", *cells)
    tensor = {"name": "rows", "shape": [count, COLUMNS], "datatype": "FP32", "parameters": {"binary_data_size": len(raw)}}
    head = json.dumps({"inputs": [tensor], "outputs": [{"name": "score", "parameters": {"binary_data": True}}]}).encode()
    return head + raw, {"Inference-Header-Content-Length": str(len(head)), "Content-Type": "application/octet-stream"}


class Process:
    """A program that answers at http, with the figures that /proc has of it."""

    def __init__(self, command, log, folder=None):
        self.log = log
        self.process = subprocess.Popen(command, stdout=log.open("w"), stderr=subprocess.STDOUT, cwd=folder, env=machine.environment())

    def __enter__(self):
        self.wait()
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def wait(self):
        for _ in range(600):
            try:
                if urllib.request.build_opener(urllib.request.ProxyHandler({})).open(self.address() + "/health/ready", timeout=2).status == 200:
                    return
            except (OSError, LookupError):
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.process.kill()
        raise SystemExit(f"error: it does not answer: {self.log.read_text()[-2000:]}")

    def resident_mb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1000

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server(Process):
    def __init__(self, program, model, work):
        any_port = "http://127.0.0.1:0"
        super().__init__([str(program), "--models", str(model), "--urls", any_port, "--grpc-urls", any_port, "--stop-delay", "0"], work / "server.log")

    def address(self, index=0):
        return re.findall(r"Listening on (\S+)", self.log.read_text())[index]

    def allocated_bytes(self):
        page = urllib.request.build_opener(urllib.request.ProxyHandler({})).open(self.address() + "/metrics", timeout=5).read().decode()
        return float(re.search(r"^dotnet_gc_heap_total_allocated_bytes_total\S* (\S+)", page, re.MULTILINE).group(1))


class Peer(Process):
    def __init__(self, python, folder, work):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        super().__init__([python, "-m", "uvicorn", "peer:app", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1", "--no-access-log"], work / "peer.log", folder)

    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def allocated_bytes(self):
        return None
