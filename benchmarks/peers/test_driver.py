"""Tests of the driver without workers, data or libraries. usage, in this folder: python3 -m unittest test_driver"""
import json
import os
import tempfile
import unittest

import driver


class FakeSide:
    """Answers like a worker that always takes the same time."""

    def __init__(self, name, fit, score, log=None):
        self.name, self.fit, self.score, self.log = name, fit, score, log if log is not None else []

    def ask(self, command, repeat=1, **request):
        self.log.append((self.name, command, request.get("rows"), request.get("contamination")))
        if command == "fit":
            return {"seconds": [self.fit * (10 if request.get("contamination") is not None else 1)] * repeat}
        return {"seconds": [self.score] * repeat, "rows": 1000 if request["rows"] == "all" else 200}


def compare(log=None, rounds=3, fit=1.0):
    sides = {"ours": FakeSide("ours", fit, 0.5, log), "peer": FakeSide("peer", 40 * fit, 50.0, log)}
    return driver.compare("isolation-forest", sides, "", lambda path, double: (0.9, 0.1) if double else (0.95, 0.2), rounds, lambda text: None)


class CompareTests(unittest.TestCase):
    def test_the_result_has_the_shape_that_is_published(self):
        result = compare()
        self.assertLessEqual({"ours_s", "peer_s", "ratio"}, set(result["fit"]))
        self.assertLessEqual({"ours_rows_per_s", "peer_rows_per_s", "ratio"}, set(result["score"]))
        self.assertEqual((result["ours_auc"], result["peer_auc"], result["ours_ap"], result["peer_ap"]), (0.95, 0.9, 0.2, 0.1))
        json.dumps(result)

    def test_a_ratio_above_one_says_that_ours_is_faster(self):
        result = compare()
        self.assertEqual((result["fit"]["ours_s"], result["fit"]["peer_s"], result["fit"]["ratio"]), (1.0, 40.0, 40.0))
        self.assertEqual((result["score"]["ours_rows_per_s"], result["score"]["peer_rows_per_s"], result["score"]["ratio"]), (2000, 20, 100))
        self.assertEqual(result["score_held_out"]["rows"], 200)
        self.assertEqual(result["fit_with_threshold"]["ours_s"], 10.0)

    def test_sides_alternate_and_scores_are_those_of_the_fit_before(self):
        log = []
        compare(log, rounds=2)
        timed = log[-16:]
        self.assertEqual([name for name, *_ in timed], ["ours", "peer"] * 4 + ["peer", "ours"] * 4)
        self.assertEqual([entry[1:] for entry in timed[:8:2]], [
            ("fit", None, 0.01), ("fit", None, None), ("score", "all", None), ("score", "held-out", None)])

    def test_short_work_is_repeated_within_a_round_and_the_median_taken(self):
        part = driver.Measurement({"command": "fit", "detector": "x"})
        side = FakeSide("ours", 0.01, 0)
        part.warm_up("ours", side, 1)
        self.assertEqual(part.repeat["ours"], 25)
        part.run("ours", side, 1)
        self.assertEqual(part.times["ours"], [0.01])

    def test_slow_detectors_get_fewer_rounds(self):
        self.assertEqual([driver.rounds_for(seconds, None) for seconds in (1, 100, 1000)], [7, 3, 1])
        self.assertEqual(driver.rounds_for(1000, 5), 5)


class CommandLineTests(unittest.TestCase):
    def test_detectors_are_chosen_by_name(self):
        self.assertEqual(driver.choose("", ["a", "b"]), ["a", "b"])
        self.assertEqual(driver.choose("b, b", ["a", "b"]), ["b"])
        with self.assertRaisesRegex(driver.PeerError, "'x'.*Available: a, b"):
            driver.choose("a,x", ["a", "b"])
        with self.assertRaises(driver.PeerError):
            driver.choose(",", ["a"])

    def test_a_worker_that_dies_is_named(self):
        side = driver.Side("Nobody", ["true"], 1)
        with self.assertRaisesRegex(driver.PeerError, "Nobody ended"):
            side.ask(command="hello")
        side.close()

    def test_the_file_appears_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "out.json")
            driver.write(path, {"isolation-forest": {}})
            with open(path) as file:
                self.assertEqual(json.load(file), {"isolation-forest": {}})
            self.assertEqual(os.listdir(folder), ["out.json"])


if __name__ == "__main__":
    unittest.main()
