"""Tests of the driver without workers, data or libraries. usage, in this folder: python3 -m unittest test_driver"""
import json
import os
import tempfile
import unittest

import driver
import insert
import report
from comparisons import COMPARISONS, MODES, TRAINING_ROWS, goal

FILES = ("creditcard-train", {"all": "creditcard-all", "held-out": "creditcard-held-out"})


class FakeSide:
    """Answers like a worker that always takes the same time."""

    def __init__(self, name, fit, score, log=None):
        self.name, self.fit, self.score, self.log = name, fit, score, log if log is not None else []

    def ask(self, command, repeat=1, **request):
        self.log.append((self.name, command, request.get("rows"), request.get("contamination"), "save" in request))
        if command == "fit":
            return {"seconds": [self.fit * (10 if request.get("contamination") is not None else 1)] * repeat}
        return {"seconds": [self.score] * repeat, "rows": 1000 if request["rows"] == "creditcard-all" else 200}


def compare(log=None, rounds=3, fit=0.1, name="isolation-forest", threshold=True):
    sides = {"ours": FakeSide("ours", fit, 0.5, log), "peer": FakeSide("peer", 40 * fit, 50.0, log)}
    parts = driver.parts_of(name, FILES[0], FILES[1], "", threshold)
    return driver.compare(name, sides, parts, lambda path, double: (0.9, 0.1) if double else (0.95, 0.2), rounds, "full", lambda text: None)


def published(name="isolation-forest", **changes):
    result = compare(name=name)
    result.update(
        library="scikit-learn", data="creditcard", training_rows=1000, columns=30, scored="all", goals={"fit": {"ratio": 40, "rows": None}}, mode="default", threads=1,
        cores=[0], machine="a machine", date="2026-01-01", command="run.sh --data x", versions={"AnomalyKit": "1.0"})
    result.update(changes)
    return result


class CompareTests(unittest.TestCase):
    def test_the_result_has_the_shape_that_is_published(self):
        result = compare()
        self.assertLessEqual({"ours_s", "peer_s", "ratio"}, set(result["fit"]))
        self.assertLessEqual({"ours_rows_per_s", "peer_rows_per_s", "ratio"}, set(result["score"]))
        self.assertEqual((result["ours_auc"], result["peer_auc"], result["ours_ap"], result["peer_ap"]), (0.95, 0.9, 0.2, 0.1))
        json.dumps(result)

    def test_a_ratio_above_one_says_that_ours_is_faster(self):
        result = compare()
        self.assertEqual((result["fit"]["ours_s"], result["fit"]["peer_s"], result["fit"]["ratio"]), (0.1, 4.0, 40.0))
        self.assertEqual((result["score"]["ours_rows_per_s"], result["score"]["peer_rows_per_s"], result["score"]["ratio"]), (2000, 20, 100))
        self.assertEqual(result["score_held_out"]["rows"], 200)
        self.assertEqual(result["fit_with_threshold"]["ours_s"], 1.0)

    def test_what_both_sides_minimised_is_kept(self):
        class Minimising(FakeSide):
            def ask(self, command, **request):
                answer = super().ask(command, **request)
                return dict(answer, objective=-1.5 if self.name == "ours" else -1.4) if command == "fit" else answer

        parts = driver.parts_of("elliptic-envelope/robustbase", FILES[0], {}, "", False)
        sides = {"ours": Minimising("ours", 0.1, 0.5), "peer": Minimising("peer", 4.0, 0.5)}
        fit = driver.compare("elliptic-envelope/robustbase", sides, parts, lambda path, double: (0.9, 0.1), 1, "full", lambda text: None)["fit"]
        self.assertEqual((fit["ours_objective"], fit["peer_objective"]), (-1.5, -1.4))
        self.assertNotIn("ours_objective", compare()["fit"])

    def test_sides_alternate_and_scores_are_those_of_the_fit_before(self):
        log = []
        compare(log, rounds=2)
        timed = log[-8:]
        self.assertEqual([name for name, *_ in timed], ["peer", "ours"] * 4)
        self.assertEqual([entry[1:] for entry in timed[::2]], [
            ("fit", FILES[0], 0.01, False), ("fit", FILES[0], None, False), ("score", "creditcard-all", None, False), ("score", "creditcard-held-out", None, True)])

    def test_short_work_is_repeated_within_a_round_and_the_median_taken(self):
        part = driver.Measurement({"command": "fit", "detector": "x"})
        side = FakeSide("ours", 0.01, 0)
        part.warm_up("ours", side, 1)
        self.assertEqual(part.repeat["ours"], 25)
        part.run("ours", side, 1)
        self.assertEqual(part.times["ours"], [0.01])

    def test_a_long_call_of_the_peer_is_not_warmed_up_for_but_counts(self):
        log = []
        part = driver.Measurement({"command": "fit", "detector": "x"})
        side = FakeSide("peer", driver.LONG_SECONDS, 0, log)
        part.warm_up("peer", side, 1)
        part.run("peer", side, 1)
        self.assertEqual((len(log), part.times["peer"]), (1, [driver.LONG_SECONDS]))
        part.run("peer", side, 2)
        self.assertEqual((len(log), len(part.times["peer"])), (2, 2))

    def test_slow_detectors_get_fewer_rounds(self):
        self.assertEqual([driver.rounds_for(seconds, None) for seconds in (1, 100, 1000)], [7, 3, 1])
        self.assertEqual([driver.rounds_for(seconds, None, "default") for seconds in (1, 20, 1000)], [5, 3, 1])
        self.assertEqual(driver.rounds_for(1, None, "quick"), 1)
        self.assertEqual(driver.rounds_for(1000, 5), 5)

    def test_where_only_training_rows_can_be_scored_the_fit_saves_their_scores(self):
        parts = driver.parts_of("local-outlier-factor/dbscan", FILES[0], {}, "", False)
        self.assertEqual(list(parts), ["fit"])
        self.assertEqual(parts["fit"].request["detector"], "local-outlier-factor")
        self.assertIsNotNone(parts["fit"].save)


class ComparisonTests(unittest.TestCase):
    def test_a_goal_is_the_one_for_as_many_rows(self):
        svm = COMPARISONS["one-class-svm"]
        self.assertEqual([goal(svm, "fit", rows).ratio for rows in (TRAINING_ROWS, 50000)], [100, 10])
        self.assertEqual(goal(COMPARISONS["local-outlier-factor"], "fit", 50000).rows, TRAINING_ROWS)
        self.assertIsNone(goal(COMPARISONS["nearest-neighbors"], "fit", 50000))

    def test_every_comparison_knows_every_mode_and_has_a_title(self):
        for name, comparison in COMPARISONS.items():
            self.assertEqual(set(comparison.rows), set(MODES))
            self.assertIn(name.split("/")[0], report.DETECTORS)
            self.assertLessEqual(set(comparison.threshold), set(MODES))


class ReportTests(unittest.TestCase):
    def test_the_table_names_time_ratio_goal_and_quality(self):
        table = report.markdown({"isolation-forest": published()})
        self.assertIn("| isolation forest | 1,000 × 30 | scikit-learn | fit | 100 ms | 4.00 s | **40.0** (40.0–40.0) | ≥ 40 |", table)
        self.assertIn("| isolation forest | 1,000 | scikit-learn | held out | .950 | .900 | .200 | .100 |", table)
        self.assertIn("a machine", table)
        self.assertIn("run.sh --data x", table)

    def test_a_goal_of_another_size_says_so(self):
        table = report.markdown({"local-outlier-factor": published(goals={"fit": {"ratio": 20, "rows": TRAINING_ROWS}})})
        self.assertIn("≥ 20 at 234,807 rows", table)

    def test_numbers_have_three_digits(self):
        self.assertEqual([report.number(value) for value in (0.123456, 1.23456, 12.3456, 123.456, 12345.6)], ["0.12", "1.23", "12.3", "123", "12,300"])
        self.assertEqual([report.figure(value) for value in (0.1, 0.95712, 1.0)], [".100", ".957", "1.000"])

    def test_versions_are_short(self):
        self.assertEqual(report.version("AnomalyKit", "0.1.0+9306b993a56c135b"), "AnomalyKit 0.1.0+9306b99")
        self.assertEqual(report.version(".NET", ".NET 10.0.12"), ".NET 10.0.12")

    def test_a_page_keeps_all_but_the_part_of_that_name(self):
        page = "before\n<!-- x -->\nold\n<!-- /x -->\nafter\n"
        self.assertEqual(insert.insert(page, "x", "new\n"), "before\n<!-- x -->\n\nnew\n\n<!-- /x -->\nafter\n")
        with self.assertRaises(ValueError):
            insert.insert(page, "y", "new")


class CommandLineTests(unittest.TestCase):
    def test_detectors_are_chosen_by_name(self):
        self.assertEqual(driver.choose("", ["a", "b"]), ["a", "b"])
        self.assertEqual(driver.choose("b, b", ["a", "b"]), ["b"])
        self.assertEqual(driver.choose("a", ["a", "a/x", "ab"]), ["a", "a/x"])
        self.assertEqual(driver.choose("a/x", ["a", "a/x"]), ["a/x"])
        self.assertEqual(driver.choose("a/", ["a", "a/x"]), ["a"])
        with self.assertRaisesRegex(driver.PeerError, "'x'.*Available: a, b"):
            driver.choose("a,x", ["a", "b"])
        with self.assertRaises(driver.PeerError):
            driver.choose(",", ["a"])

    def test_rows_are_given_by_name(self):
        self.assertEqual(driver.sizes("b=500,a/x=1000", ["a", "a/x", "b"]), {"b": 500, "a/x": 1000})
        for wrong in ("a", "a=", "a=5", "c=500"):
            with self.assertRaises(driver.PeerError):
                driver.sizes(wrong, ["a", "b"])

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
