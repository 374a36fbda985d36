"""Load from wrk, Locust, and the client of gRPC. Each returns what came of it, with what the server took."""
import csv
import json
import os
import re
import subprocess

import machine

MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def measured(target, seconds, load):
    """Runs a load and adds what it took: processor time, allocations, memory."""
    allocated, processor = target.allocated_bytes(), target.processor_seconds()
    result = load()
    requests = max(result["requests"], 1)
    result["server_cores"] = round((target.processor_seconds() - processor) / seconds, 2)
    if allocated is not None:
        result["allocated_bytes_per_request"] = round((target.allocated_bytes() - allocated) / requests)
    result["resident_mb"] = round(target.resident_mb(), 1)
    result["load_average"] = round(os.getloadavg()[0], 1)
    return result


def wrk_load(target, work, path, body, seconds, rows, connections, headers=None):
    (work / "body").write_bytes(body)
    lines = [f'local file = io.open("{work}/body", "rb")', 'wrk.method = "POST"', 'wrk.body = file:read("*a")', 'wrk.headers["Content-Type"] = "application/json"']
    lines += [f'wrk.headers["{name}"] = "{value}"' for name, value in (headers or {}).items()]
    (work / "wrk.lua").write_text("\n".join(lines) + "\n")

    def run(duration):
        command = ["wrk", "-t1", f"-c{connections}", f"-d{duration}s", "--latency", "--timeout", "30s", "-s", str(work / "wrk.lua"), target.address() + path]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=machine.environment()).stdout

    def load():
        said = run(seconds)
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
        failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        sockets = re.search(r"Socket errors: (.*)", said)
        result = {"requests": int(re.search(r"(\d+) requests in", said).group(1)), "failed": int(failed.group(1)) if failed else 0, "requests_per_second": rate, "rows_per_second": round(rate * rows)}
        if sockets:
            result["socket_errors"] = sockets.group(1)
        for percent in (50, 90, 99):
            value, unit = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)", said, re.MULTILINE).groups()
            result[f"p{percent}_ms"] = round(float(value) * MILLISECONDS[unit], 3)
        return result

    run(2)  # warm
    return measured(target, seconds, load)


def grpc_load(server, client, model, rows, connections, seconds):
    def load():
        command = [*client, "grpc", server.address(1), model, str(rows), str(connections), str(seconds)]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=machine.environment()).stdout)

    return measured(server, seconds, load)


def locust_load(server, python, scenario, work, seconds):
    def load():
        command = [python, "-m", "locust", "--headless", "-f", str(scenario), "-H", server.address(), "-u", "100", "-r", "100", "-t", f"{seconds}s", "--csv", str(work / "locust"), "--only-summary"]
        subprocess.run(command, capture_output=True, text=True, check=False, env=machine.environment())
        with open(work / "locust_stats.csv", newline="", encoding="utf-8") as file:
            row = next(row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
        return {
            "requests": int(row["Request Count"]), "failed": int(row["Failure Count"]), "requests_per_second": round(float(row["Requests/s"]), 1), "rows_per_second": round(3 * float(row["Requests/s"])),
            "mean_ms": round(float(row["Average Response Time"]), 3), "p50_ms": float(row["50%"]), "p99_ms": float(row["99%"]),
        }

    return measured(server, seconds, load)
