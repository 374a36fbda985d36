"""Makes the Markdown tables of one or more results of driver.py. usage: report.py RESULTS.json..."""
import json
import os
import platform
import re
import sys

# What a part is called in the table.
WORK = {"fit": "fit", "fit_with_threshold": "fit, and a threshold", "score": "score"}
DETECTORS = {
    "isolation-forest": "isolation forest", "elliptic-envelope": "elliptic envelope", "one-class-svm": "one-class SVM", "local-outlier-factor": "local outlier factor",
    "nearest-neighbors": "nearest neighbours", "autoencoder": "autoencoder",
}


def machine():
    """Processor, cores, operating system."""
    processor = platform.machine()
    features = ""
    try:
        with open("/proc/cpuinfo") as file:
            lines = dict([part.strip() for part in line.split(":", 1)] for line in file if ":" in line)
        processor = lines.get("model name", processor)
        flags = lines.get("flags", "").split()
        features = " with AVX-512" if "avx512f" in flags else " with AVX2" if "avx2" in flags else ""
    except OSError:
        pass
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        system = platform.platform()
    return "%s%s, %d logical cores, %s" % (processor, features, os.cpu_count(), system)


def number(value):
    """Three significant digits and thousands separators."""
    if value >= 1000:
        digits = len(str(int(value))) - 3
        return format(round(value, -digits), ",.0f")
    return "%.*f" % (0 if value >= 100 else 1 if value >= 10 else 2, value)


def seconds(value):
    return number(value) + " s" if value >= 1 else number(value * 1000) + " ms"


def rate(value):
    return number(value / 1e6) + " M rows/s" if value >= 1e6 else number(value / 1e3) + " k rows/s"


def figure(value):
    """A share without its leading zero."""
    return "%.3f" % value if value >= 0.9995 else ("%.3f" % value)[1:]


def ratio(part, rounds):
    text = "**%s**" % number(part["ratio"])
    return text if rounds == 1 else "%s (%s–%s)" % (text, number(part["ratio_least"]), number(part["ratio_most"]))


def goal(found, training_rows):
    if not found:
        return "–"
    elsewhere = found["rows"] is not None and found["rows"] != training_rows
    return "≥ %g%s" % (found["ratio"], " at {:,} rows".format(found["rows"]) if elsewhere else "")


def data(result):
    return "" if result["data"] == "creditcard" else ", `%s`" % result["data"]


def version(library, number_of):
    """Without a commit's whole hash, and without the name twice."""
    number_of = re.sub(r"(\+[0-9a-f]{7})[0-9a-f]+$", r"\1", str(number_of))
    return number_of if number_of.startswith(library) else "%s %s" % (library, number_of)


def markdown(results):
    """Where and how, a table of times, and one of quality; a section for each command that took part."""
    sections = {}
    for name, result in results.items():
        sections.setdefault((result["machine"], result["date"], result["command"], result["threads"]), {})[name] = result
    return "\n".join(section(*where, found) for where, found in sections.items())


def section(machine_name, date, command, threads, results):
    versions = {}
    for result in results.values():
        versions.update(result["versions"])
    lines = [
        "%s; %s; %s. %d thread%s a side." % (
            date, machine_name, ", ".join(map(version, versions, versions.values())), threads, "" if threads == 1 else "s"),
        "", "```sh", command, "```", "",
        "| detector | training rows | beside | work | AnomalyKit | other | ratio | goal |", "| --- | ---: | --- | --- | ---: | ---: | ---: | --- |"]
    for name, result in results.items():
        for work, title in WORK.items():
            part = result.get(work)
            if part is None:
                continue
            timed = [rate(part[key + "_rows_per_s"]) for key in ("ours", "peer")] if "rows" in part else [seconds(part[key + "_s"]) for key in ("ours", "peer")]
            lines.append("| %s%s | %s | %s | %s | %s | %s | %s | %s |" % (
                DETECTORS[name.split("/")[0]], data(result), "{:,} × {}".format(result["training_rows"], result["columns"]), result["library"],
                title + (" {:,} rows".format(part["rows"]) if "rows" in part else ""), timed[0], timed[1], ratio(part, result["rounds"]),
                goal(result["goals"].get(work), result["training_rows"])))
    lines += ["", "| detector | training rows | beside | scored rows | ROC AUC | other | average precision | other |", "| --- | ---: | --- | --- | ---: | ---: | ---: | ---: |"]
    for name, result in results.items():
        lines.append("| %s%s | %s | %s | %s | %s | %s | %s | %s |" % (
            DETECTORS[name.split("/")[0]], data(result), "{:,}".format(result["training_rows"]), result["library"],
            "training" if result["scored"] == "training" else "held out",
            figure(result["ours_auc"]), figure(result["peer_auc"]), figure(result["ours_ap"]), figure(result["peer_ap"])))
    minimised = ["%s beside %s: %.6f, %.6f" % (DETECTORS[name.split("/")[0]], result["library"], result["fit"]["ours_objective"], result["fit"]["peer_objective"])
                 for name, result in results.items() if "ours_objective" in result.get("fit", {})]
    if minimised:
        lines += ["", "What was minimised (logarithm of the determinant; lower is better): %s." % "; ".join(minimised)]
    return "\n".join(lines) + "\n"


def main(paths):
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    results = []
    for path in paths:
        with open(path) as file:
            results.append(markdown(json.load(file)))
    print("\n".join(results), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
