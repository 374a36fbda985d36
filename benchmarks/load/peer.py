"""The peer: what the reference serves with, FastAPI over scikit-learn's isolation forest of 100 trees x 256 rows, 30 columns, one worker.

Started by run.py as: uvicorn peer:app --host 127.0.0.1 --port PORT --workers 1 --no-access-log
"""
import time

import numpy
from fastapi import FastAPI
from pydantic import BaseModel
from sklearn.ensemble import IsolationForest

forest = IsolationForest(n_estimators=100, max_samples=256, random_state=1, n_jobs=1)
forest.fit(numpy.random.default_rng(1).standard_normal((20_000, 30)))
app = FastAPI()


class Rows(BaseModel):
    data: list[list[float]]


@app.get("/health/ready")
def ready():
    return {"ready": True}


@app.post("/predict")
def predict(rows: Rows):
    start = time.perf_counter()
    predictions = (forest.predict(numpy.asarray(rows.data)) == -1).astype(int).tolist()
    return {"predictions": predictions, "latency_ms": (time.perf_counter() - start) * 1000}
