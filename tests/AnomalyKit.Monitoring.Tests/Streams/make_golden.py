#!/usr/bin/env python3
"""Independent implementations of the monitors of streams, from their definitions, in plain Python with NumPy. Prints C# constants for StreamGolden.cs.

python3 make_golden.py > StreamGolden.cs
"""
import bisect
import math

import numpy as np


def values(seed, count, shift_at, shift):
    """Values that any language can make: a linear congruential generator, three uniforms summed, a shift."""
    state = seed
    out = []
    for i in range(count):
        total = 0.0
        for _ in range(3):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            total += (state >> 40) / 2**24
        out.append(total / 3 + (shift if i >= shift_at else 0.0))
    return out


def conformal(xs, us):
    """Conformal p-values; larger is stranger; the value itself is among the equal ones."""
    history, ps = [], []
    for x, u in zip(xs, us):
        greater = sum(1 for h in history if h > x)
        equal = sum(1 for h in history if h == x) + 1
        ps.append((greater + u * equal) / (len(history) + 1))
        history.append(x)
    return ps


def log_power(ps, epsilon):
    return sum(math.log(epsilon) + (epsilon - 1) * math.log(p) for p in ps)


def log_mixture(ps):
    return float(np.logaddexp.reduce([log_power(ps, k / 10) for k in range(1, 10)]) - math.log(9))


def log_jumper(ps, jump):
    """Vovk et al. 2021, algorithm 1, with a rescaled capital."""
    capital = {-1: 1 / 3, 0: 1 / 3, 1: 1 / 3}
    log = 0.0
    for p in ps:
        total = sum(capital.values())
        capital = {e: (1 - jump) * c + jump / 3 * total for e, c in capital.items()}
        capital = {e: c * (1 + e * (p - 0.5)) for e, c in capital.items()}
        total = sum(capital.values())
        log += math.log(total)
        capital = {e: c / total for e, c in capital.items()}
    return log


def log_change_point(ps):
    """The mixture over start times, written as a sum over start times: no recursion in common with the library."""
    bets = [lambda p, k=k: 1 + k * (1 - 2 * p) for k in (0.2, 0.5, 0.9, -0.2, -0.5, -0.9)]
    bets += [lambda p: 0.5 * p**-0.5, lambda p: 0.5 * (1 - p)**-0.5]
    horizon, n = 1000.0, len(ps)
    terms = [math.log(horizon / (horizon + n))]
    for bet in bets:
        tails = np.cumsum([math.log(bet(p)) for p in ps][::-1])[::-1]
        for start in range(n):
            staked = horizon / (horizon + start) - horizon / (horizon + start + 1)
            terms.append(math.log(staked / len(bets)) + tails[start])
    return float(np.logaddexp.reduce(terms))


def page_hinkley(xs, delta, threshold, alpha, least):
    found, since, total, up, down = [], 0, 0.0, 0.0, 0.0
    for i, x in enumerate(xs):
        since += 1
        total += x
        deviation = x - total / since
        up = max(0.0, alpha * up + deviation - delta)
        down = max(0.0, alpha * down - deviation - delta)
        if since >= least and max(up, down) > threshold:
            found.append(i + 1)
            since, total, up, down = 0, 0.0, 0.0, 0.0
    return found, up, down


def adwin(xs, delta, clock=32, grace=10, buckets=5):
    """Keeps the raw values of every bucket: sums and variances are NumPy's, not merged ones."""
    rows, found = [[]], []  # rows[i]: lists of 2**i values, oldest first

    def flat():
        return [b for row in reversed(rows) for b in row]

    for i, x in enumerate(xs):
        rows[0].append([x])
        level = 0
        while len(rows[level]) > buckets:
            if level + 1 == len(rows):
                rows.append([])
            rows[level + 1].append(rows[level][0] + rows[level][1])
            del rows[level][:2]
            level += 1
        if (i + 1) % clock or len([v for b in flat() for v in b]) <= grace:
            continue
        changed = False
        while True:
            order = flat()
            window = np.array([v for b in order for v in b])
            n = len(window)
            log_term = math.log(2 * math.log(n) / delta)
            best, cut, n0 = 0.0, None, 0
            for k, bucket in enumerate(order):
                n0 += len(bucket)
                n1 = n - n0
                if n0 < 5 or n1 < 5:
                    continue
                m = 1 / (n0 - 4) + 1 / (n1 - 4)
                epsilon = math.sqrt(2 * m * window.var() * log_term) + 2 / 3 * m * log_term
                excess = abs(window[:n0].mean() - window[n0:].mean()) - epsilon
                if excess > best:
                    best, cut = excess, k + 1
            if cut is None:
                break
            changed = True
            keep = order[cut:]
            rows = [[]]
            for bucket in keep:
                level = int(math.log2(len(bucket)))
                while len(rows) <= level:
                    rows.append([])
                rows[level].append(bucket)
        if changed:
            found.append(i + 1)
    window = np.array([v for b in flat() for v in b])
    return found, len(window), float(window.mean()), float(window.var())


def spacing_bound(payments, gaps, delta):
    """Chernoff's bound for a weighted sum of Dirichlet spacings: the least t with inf over λ of Π (1 − λ(h − t))^−k at most δ. By bisection in t, λ by ternary search."""
    h, k = np.array(payments, float), np.array(gaps, float)

    def log_probability(t):
        top = 1 / (h.max() - t)
        low, high = 0.0, top * (1 - 1e-12)
        f = lambda lam: -np.sum(k * np.log1p(-lam * (h - t)))
        for _ in range(300):
            a, b = low + (high - low) / 3, high - (high - low) / 3
            if f(a) < f(b):
                high = b
            else:
                low = a
        return f(low)

    low, high = np.sum(h * k) / k.sum(), h.max()
    for _ in range(200):
        mid = (low + high) / 2
        if log_probability(mid) > math.log(delta):
            low = mid
        else:
            high = mid
    return float(high)


def reference_correction(n, bet_integral, delta):
    """The bound for a bet on p-values against n reference values of which all are kept: gap g pays the mean of the bet over its p-values."""
    edges = [(n + 1 - g) / (n + 1) for g in range(n + 2)]
    payments = [(bet_integral(edges[g]) - bet_integral(edges[g + 1])) * (n + 1) for g in range(n + 1)]
    return spacing_bound(payments, [1] * (n + 1), delta)


def rank_cusum(reference, xs, correction_up, correction_down):
    n = len(reference)
    ordered = sorted(reference)
    up = down = 0.0
    for x in xs:
        below, through = bisect.bisect_left(ordered, x), bisect.bisect_right(ordered, x)
        p = 1 - (below + through + 1) / 2 / (n + 1)
        up = max(0.0, up + math.log((1 + 0.5 * (1 - 2 * p)) / correction_up))
        down = max(0.0, down + math.log((1 - 0.5 * (1 - 2 * p)) / correction_down))
    return up, down


def array(name, numbers):
    print(f"    public static readonly {'long' if all(isinstance(v, int) for v in numbers) else 'double'}[] {name} = [{', '.join(repr(v) for v in numbers)}];")


def number(name, value):
    kind = "long" if isinstance(value, int) else "double"
    print(f"    public const {kind} {name} = {value!r};")


def main():
    print("namespace AnomalyKit.Monitoring.Tests.Streams;")
    print()
    print("/// <summary>Written by make_golden.py.</summary>")
    print("internal static class StreamGolden")
    print("{")
    xs = values(1, 400, 250, 0.15)
    us = values(2, 400, 10**9, 0.0)
    ps = conformal([round(x, 2) for x in xs], us)
    array("ConformalHead", ps[:8])
    number("LogPower", log_power(ps, 0.92))
    number("LogMixture", log_mixture(ps))
    number("LogJumper", log_jumper(ps, 0.01))
    number("LogChangePoint", log_change_point(ps))
    long = values(3, 6000, 2000, 0.2)
    long = [min(1.0, v - (0.3 if i >= 4500 else 0)) for i, v in enumerate(long)]
    long = [max(0.0, v) for v in long]
    found, up, down = page_hinkley(long, 0.005, 10, 0.9999, 30)
    array("PageHinkleyFound", found)
    number("PageHinkleyUp", up)
    number("PageHinkleyDown", down)
    found, length, mean, variance = adwin(long, 0.002)
    array("AdwinFound", found)
    number("AdwinLength", length)
    number("AdwinMean", mean)
    number("AdwinVariance", variance)
    linear = lambda kappa: lambda p: p + kappa * p * (1 - p)
    number("CorrectionLinear", reference_correction(100, linear(0.5), 0.005))
    number("CorrectionPower", reference_correction(100, lambda p: p**0.5, 0.001))
    up_bound = reference_correction(100, linear(0.5), 0.005)
    down_bound = reference_correction(100, linear(-0.5), 0.005)
    reference = values(5, 100, 10**9, 0.0)
    up, down = rank_cusum(reference, values(6, 300, 150, 0.1), up_bound, down_bound)
    number("CusumUp", up)
    number("CusumDown", down)
    print("}")


if __name__ == "__main__":
    main()
