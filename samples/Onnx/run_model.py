#!/usr/bin/env python3
"""Runs an exported detector over rows of a CSV file and compares scores and labels with the file's columns `score` and `label`.

usage: run_model.py MODEL.onnx ROWS.csv

With onnxruntime where it is installed. Otherwise with numpy, from the graph that the package onnx reads
(Debian: apt-get install python3-onnx): every operator below is what the ONNX specification says of it.
"""
import csv
import json
import sys

import numpy as np


def main(model_path, rows_path):
    runner, metadata, inputs = open_model(model_path)
    features = json.loads(metadata["anomalykit.features"])
    with open(rows_path, newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    (name, kind), = inputs.items()  # a matrix of numbers is one input
    rows = np.array([[row[column] for column in features] for row in table], dtype=kind)
    values = runner({name: rows})
    score, label = values["score"][:, 0], values["label"][:, 0]
    expected = np.array([row["score"] for row in table], dtype=np.float32)
    expected_label = np.array([row["label"] == "1" for row in table])
    difference = np.max(np.abs(score - expected) / np.maximum(np.abs(expected), 1e-30))
    print(f"{metadata['anomalykit.kind']} {metadata['anomalykit.version']}, threshold {metadata['anomalykit.threshold']}")
    print(f"{len(table)} rows, {int(label.sum())} anomalies; score.direction: {metadata['anomalykit.score.direction']}")
    print(f"largest relative difference of scores: {difference:.1e}; different labels: {int((label != expected_label).sum())}")
    return 0 if difference <= 1e-5 and (label == expected_label).all() else 1


def open_model(path):
    """A function from inputs to outputs, the metadata, and the type of each input."""
    try:
        import onnxruntime
    except ImportError:
        return open_with_numpy(path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    kinds = {i.name: np.float64 if "double" in i.type else np.float32 for i in session.get_inputs()}
    print("run by onnxruntime", onnxruntime.__version__)
    return (lambda feeds: dict(zip(names, session.run(names, feeds)))), session.get_modelmeta().custom_metadata_map, kinds


def open_with_numpy(path):
    import onnx
    from onnx import numpy_helper
    model = onnx.load(path)
    onnx.checker.check_model(model)
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    kinds = {i.name: np.float64 if i.type.tensor_type.elem_type == onnx.TensorProto.DOUBLE else np.float32 for i in model.graph.input}

    def run(feeds):
        values = {"": None, **constants, **feeds}
        for node in model.graph.node:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            if node.op_type not in OPERATORS:
                raise SystemExit(f"{node.op_type} is not among the operators of this script; install onnxruntime.")
            values[node.output[0]] = OPERATORS[node.op_type](attributes, *[values[name] for name in node.input])
        return {output.name: values[output.name] for output in model.graph.output}

    print("run by numpy", np.__version__, "with onnx", onnx.__version__)
    return run, {entry.key: entry.value for entry in model.metadata_props}, kinds


def trees(a, rows):
    """TreeEnsembleRegressor with one target: the sum of the leaves, in float32 as rows are."""
    place = {}
    for at, key in enumerate(zip(a["nodes_treeids"], a["nodes_nodeids"])):
        place[key] = at
    ids = a["nodes_treeids"]
    left = np.array([place.get((t, n), 0) for t, n in zip(ids, a["nodes_truenodeids"])])
    right = np.array([place.get((t, n), 0) for t, n in zip(ids, a["nodes_falsenodeids"])])
    is_leaf = np.array([mode == b"LEAF" for mode in a["nodes_modes"]])
    column, threshold = np.array(a["nodes_featureids"]), np.array(a["nodes_values"], dtype=np.float32)
    weight = np.zeros(len(ids), dtype=np.float32)
    for key, value in zip(zip(a["target_treeids"], a["target_nodeids"]), a["target_weights"]):
        weight[place[key]] = value
    total = np.zeros(len(rows), dtype=np.float32)
    every = np.arange(len(rows))
    for tree in sorted(set(ids)):
        at = np.full(len(rows), place[(tree, 0)])
        while not is_leaf[at].all():
            below = rows[every, column[at]] < threshold[at]
            at = np.where(is_leaf[at], at, np.where(below, left[at], right[at]))
        total += weight[at]
    return total[:, None]


TYPES = {1: np.float32, 7: np.int64, 9: np.bool_, 11: np.float64}

OPERATORS = {
    "Abs": lambda a, x: np.abs(x),
    "Add": lambda a, x, y: x + y,
    "And": lambda a, x, y: x & y,
    "Cast": lambda a, x: x.astype(TYPES[a["to"]]),
    "Clip": lambda a, x, least, most: np.clip(x, least, most),
    "Concat": lambda a, *x: np.concatenate(x, axis=a["axis"]),
    "Div": lambda a, x, y: x / y,
    "Equal": lambda a, x, y: x == y,
    "Exp": lambda a, x: np.exp(x),
    "Gather": lambda a, x, i: np.take(x, i, axis=a["axis"]),
    "Greater": lambda a, x, y: x > y,
    "Identity": lambda a, x: x,
    "IsNaN": lambda a, x: np.isnan(x),
    "Less": lambda a, x, y: x < y,
    "LessOrEqual": lambda a, x, y: x <= y,
    "Log": lambda a, x: np.log(x),
    "MatMul": lambda a, x, y: x @ y,
    "Max": lambda a, x, y: np.maximum(x, y),
    "Min": lambda a, x, y: np.minimum(x, y),
    "Mul": lambda a, x, y: x * y,
    "Neg": lambda a, x: -x,
    "Not": lambda a, x: ~x,
    "Or": lambda a, x, y: x | y,
    "Pow": lambda a, x, y: np.power(x, y),
    "ReduceMax": lambda a, x: np.max(x, axis=tuple(a["axes"]), keepdims=bool(a["keepdims"])),
    "ReduceSum": lambda a, x, axes: np.sum(x, axis=tuple(axes), keepdims=bool(a["keepdims"])),
    "ReduceSumSquare": lambda a, x: np.sum(x * x, axis=tuple(a["axes"]), keepdims=bool(a["keepdims"])),
    "Round": lambda a, x: np.rint(x),
    "Sqrt": lambda a, x: np.sqrt(x),
    "Sub": lambda a, x, y: x - y,
    "Tanh": lambda a, x: np.tanh(x),
    "TreeEnsembleRegressor": trees,
    "Where": lambda a, c, x, y: np.where(c, x, y),
}

if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
