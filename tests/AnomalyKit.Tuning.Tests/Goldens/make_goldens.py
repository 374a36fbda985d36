#!/usr/bin/python3
"""Makes tpe.json and sobol.json beside this file: what Optuna 3.1 and SciPy say, for the tests to compare with.

    apt-get install python3-optuna python3-scipy
    /usr/bin/python3 make_goldens.py

tpe.json
  functions   five functions, lower is better. For each: the median, over 50 seeds, of the best value that Optuna's TPESampler with its defaults found in 60 trials; the same for
              random points; and the range that a difference is measured by: the median of 20,000 random points minus the best value that there is.
  densities   Optuna's _ParzenEstimator for observations of one dimension: logarithms of the density at some values. Equal observations are sorted by number here, where Optuna leaves
              their order to NumPy.
  splits      which trials Optuna counts as good.
sobol.json    the first 16 points of SciPy's Sobol sequence in 64 dimensions without scrambling, and the 1,000th, as whole multiples of 2^-30.
"""
import functools
import json
import math
import pathlib
import statistics
import warnings

import numpy as np
import optuna
import scipy
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import _split_observation_pairs, default_gamma, default_weights
from scipy.stats import qmc

HERE = pathlib.Path(__file__).parent
SEEDS = 50
TRIALS = 60


def sphere(v):
    return sum(v[f"x{i}"] ** 2 for i in range(5))


def rosenbrock(v):
    return 100 * (v["x1"] - v["x0"] ** 2) ** 2 + (1 - v["x0"]) ** 2


def branin(v):
    x, y = v["x0"], v["x1"]
    return (y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]
ALPHA = [1, 1.2, 3, 3.2]


def hartmann6(v):
    return -sum(a * math.exp(-sum(A[i][j] * (v[f"x{j}"] - P[i][j] * 1e-4) ** 2 for j in range(6))) for i, a in enumerate(ALPHA))


KINDS = {"a": 0.0, "b": 0.5, "c": 1.0, "d": 2.0}


def mixed(v):
    return abs(math.log10(v["rate"]) + 2) + abs(math.log2(v["count"]) - 6) + 0.1 * abs(v["depth"] - 7) + abs(v["part"] - 0.3) + KINDS[v["kind"]]


def reals(count, low, high):
    return {f"x{i}": FloatDistribution(low, high) for i in range(count)}


FUNCTIONS = {
    "sphere": (sphere, reals(5, -5, 5), 0.0),
    "rosenbrock": (rosenbrock, reals(2, -2, 2), 0.0),
    "branin": (branin, {"x0": FloatDistribution(-5, 10), "x1": FloatDistribution(0, 15)}, 0.39788735772973816),
    "hartmann6": (hartmann6, reals(6, 0, 1), -3.322368011391339),
    "mixed": (mixed, {
        "rate": FloatDistribution(1e-5, 1, log=True),
        "count": IntDistribution(1, 1024, log=True),
        "depth": IntDistribution(1, 21, step=2),
        "part": FloatDistribution(0, 1, step=0.05),
        "kind": CategoricalDistribution(list(KINDS)),
    }, 0.0),
}


def best_of(function, space, sampler):
    study = optuna.create_study(sampler=sampler)

    def objective(trial):
        return function({name: trial._suggest(name, distribution) for name, distribution in space.items()})

    study.optimize(objective, n_trials=TRIALS)
    return study.best_value


def functions():
    result = {}
    for name, (function, space, minimum) in FUNCTIONS.items():
        tpe = [best_of(function, space, optuna.samplers.TPESampler(seed=seed)) for seed in range(SEEDS)]
        random = [best_of(function, space, optuna.samplers.RandomSampler(seed=seed)) for seed in range(SEEDS)]
        drawn = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1000))
        points = []
        for _ in range(20000):
            trial = drawn.ask(space)
            points.append(function(trial.params))
            if len(points) % 500 == 0:
                drawn = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1000 + len(points)))
        result[name] = {
            "tpe_median": statistics.median(tpe),
            "random_median": statistics.median(random),
            "range": statistics.median(points) - minimum,
            "minimum": minimum,
            "check": {"point": trial.params, "value": points[-1]},
        }
        print(name, result[name])
    return result


def densities():
    argsort, np.argsort = np.argsort, functools.partial(np.argsort, kind="stable")
    rng = np.random.RandomState(5)
    parameters = _ParzenEstimatorParameters(True, 1.0, True, False, default_weights, False)
    cases = []
    kinds = {
        "real": FloatDistribution(-2, 3),
        "real_log": FloatDistribution(1e-4, 10, log=True),
        "real_step": FloatDistribution(0, 1, step=0.05),
        "integer": IntDistribution(1, 21, step=2),
        "integer_log": IntDistribution(1, 1024, log=True),
        "choice": CategoricalDistribution(list("abcd")),
    }
    for kind, distribution in kinds.items():
        for count in (0, 1, 2, 7, 26, 60):
            draw = lambda n: draws(rng, distribution, n)
            observed = draw(count)
            if kind == "real" and count == 7:
                observed = np.array([-2.0, -2.0, 3.0, 0.25, 0.25, 0.2500001, 1.0])
            values = draw(12)
            estimator = _ParzenEstimator({"x": observed}, {"x": distribution}, parameters)
            logs = estimator.log_pdf({"x": values.astype(int) if kind == "choice" else values})
            cases.append({"kind": kind, "observed": observed.tolist(), "values": values.tolist(), "log_density": logs.tolist()})
    np.argsort = argsort
    return cases


def draws(rng, distribution, count):
    if isinstance(distribution, CategoricalDistribution):
        return rng.randint(0, len(distribution.choices), count).astype(float)
    if distribution.log:
        values = np.exp(rng.uniform(math.log(distribution.low), math.log(distribution.high), count))
        return np.round(values) if isinstance(distribution, IntDistribution) else values
    if distribution.step is None:
        return rng.uniform(distribution.low, distribution.high, count)
    steps = round((distribution.high - distribution.low) / distribution.step)
    return np.array([round(distribution.low + k * distribution.step, 10) for k in rng.randint(0, steps + 1, count)])


def splits():
    rng = np.random.RandomState(9)
    cases = []
    for count in (10, 11, 35, 300):
        trials = []
        for _ in range(count):
            rungs = rng.randint(0, 3)
            trials.append({"rungs": int(rungs), "value": float(np.round(rng.uniform(0, 3), 1))})  # rungs 0: finished
        scores = [((-trial["rungs"] if trial["rungs"] else -math.inf), [trial["value"]]) for trial in trials]
        below, _ = _split_observation_pairs(scores, default_gamma(count), None)
        cases.append({"trials": trials, "good": below.tolist()})
    return cases


def sobol():
    sequence = qmc.Sobol(64, scramble=False).random(1024) * 2**30
    return {"points": sequence[:16].astype(int).tolist(), "thousandth": sequence[999].astype(int).tolist()}


def main():
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    warnings.simplefilter("ignore")
    versions = {"optuna": optuna.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
    tpe = {"made_with": versions, "seeds": SEEDS, "trials": TRIALS, "densities": densities(), "splits": splits(), "functions": functions()}
    (HERE / "tpe.json").write_text(json.dumps(tpe, indent=1) + "\n")
    (HERE / "sobol.json").write_text(json.dumps({"made_with": versions, **sobol()}) + "\n")


if __name__ == "__main__":
    main()
