"""What the figures were measured on."""
import os
import pathlib
import platform


def describe():
    names = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {"processor": names[0] if names else platform.machine(), "cores": os.cpu_count(), "system": platform.platform(), "load_average_before": os.getloadavg()}


def environment():
    """The environment for Debian's Python and for addresses of this machine: without other Pythons, without a proxy."""
    drop = ("PYTHONPATH", "PYTHONHOME", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
    return {**{name: value for name, value in os.environ.items() if name not in drop}, "NO_PROXY": "127.0.0.1"}
