"""The reference's scenario: 100 users, together 220 requests a second, 3 rows of 30 numbers a request."""
import random

from locust import constant_throughput, task
from locust.contrib.fasthttp import FastHttpUser

USERS = 100
REQUESTS_PER_SECOND = 220


class Client(FastHttpUser):
    wait_time = constant_throughput(REQUESTS_PER_SECOND / USERS)

    @task
    def predict(self):
        rows = [[random.gauss(0, 1) for _ in range(30)] for _ in range(3)]
        with self.client.post("/predict", json={"data": rows}, catch_response=True) as response:
            if response.status_code != 200 or len(response.json()["predictions"]) != 3:
                response.failure(f"{response.status_code}: {response.text[:200]}")
