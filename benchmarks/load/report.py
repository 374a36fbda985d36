"""The results as a table of Markdown."""


def table(results):
    machine = results["machine"]
    lines = [
        f"{machine['processor']}, {machine['cores']} cores shared by server and load; {results['seconds']} s each; load average {machine['load_average_before'][0]:.1f} before the run.",
        "",
        "| request | requests/s | rows/s | p50, ms | p99, ms | failed | cores of the server | bytes allocated a request | resident, MB | load average |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in results["measurements"]:
        cells = [
            one["name"], f"{one['requests_per_second']:,.0f}", f"{one['rows_per_second']:,.0f}", number(one["p50_ms"]), number(one["p99_ms"]), f"{one['failed']:,}",
            f"{one['server_cores']:.2f}", f"{one['allocated_bytes_per_request']:,}" if "allocated_bytes_per_request" in one else "", f"{one['resident_mb']:.0f}", f"{one['load_average']:.1f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    means = [one for one in results["measurements"] if "mean_ms" in one]
    lines += [""] + [f"{one['name']}: mean {one['mean_ms']} ms." for one in means]
    return "\n".join(lines) + "\n"


def number(value):
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"
