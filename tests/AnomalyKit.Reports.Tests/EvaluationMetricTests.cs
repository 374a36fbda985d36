using System.Text.Json;

namespace AnomalyKit.Reports.Tests;

/// <summary>Numbers in reports are those of scikit-learn, and of DetectionMetrics.</summary>
public sealed class EvaluationMetricTests
{
    // Written by scikit-learn 1.4 and this program:
    // i=np.arange(2000); y=(i%40==7); s=((i*7919)%1009+np.where(y,300+(i%13)*20,0))/64; p=s>14.0; pr,rc,_=precision_recall_curve(y,s)
    // roc_auc_score(y,s) average_precision_score(y,s) max(2*pr*rc/(pr+rc)) precision_score(y,p) recall_score(y,p) f1_score(y,p[,average='macro'|'weighted']) confusion_matrix(y,p)
    private static readonly bool[] Labels = [.. Enumerable.Range(0, 2000).Select(i => i % 40 == 7)];
    private static readonly float[] Scores = [.. Enumerable.Range(0, 2000).Select(i => ((i * 7919 % 1009) + (Labels[i] ? 300 + (i % 13 * 20) : 0)) / 64f)];

    [Fact]
    public void The_json_has_the_numbers_of_scikit_learn()
    {
        using var document = JsonDocument.Parse(new EvaluationReport(DetectorEvaluation.Of("forest", Labels, Scores, 14) with { TrainRowCount = 500, FitSeconds = 1.5, ScoreSeconds = 0.25 }).ToJson());
        var root = document.RootElement;
        var expected = new Dictionary<string, double>
        {
            ["roc_auc"] = 0.8482153846153846,
            ["average_precision"] = 0.47727064172920836,
            ["best_f1"] = 0.5915492957746479,
            ["precision"] = 0.1078838174273859,
            ["recall"] = 0.52,
            ["f1"] = 0.17869415807560138,
            ["macro_f1"] = 0.557128152103317,
            ["weighted_f1"] = 0.9166404464296468,
            ["rows"] = 2000,
            ["anomalies"] = 50,
            ["threshold"] = 14,
            ["alerts"] = 241,
            ["train_rows"] = 500,
            ["fit_seconds"] = 1.5,
            ["score_seconds"] = 0.25,
            ["version"] = 1,
        };
        foreach (var (name, value) in expected)
            Assert.Equal(value, root.GetProperty(name).GetDouble(), 1e-12);
        Assert.Equal("anomalykit.evaluation", root.GetProperty("format").GetString());
        Assert.Equal("{\"tn\":1735,\"fp\":215,\"fn\":24,\"tp\":26}", JsonSerializer.Serialize(root.GetProperty("confusion")));
    }

    [Fact]
    public void Numbers_of_alerts_are_those_of_the_highest_scores()
    {
        var evaluation = DetectorEvaluation.Of("forest", Labels, Scores, 14);
        Assert.Equal([10, 20, 50, 100, 200, 500, 1000, 2000], evaluation.AlertChoices.Select(choice => choice.Count));
        Assert.All(evaluation.AlertChoices.Where(choice => !choice.IsTied), choice =>
        {
            Assert.Equal(choice.Count, Scores.Count(score => score > choice.ShortThreshold));
        });
        Assert.All(evaluation.AlertChoices, choice =>
        {
            Assert.Equal(DetectionMetrics.PrecisionAtK(Labels, Scores, choice.Count), choice.Precision);
            Assert.Equal(DetectionMetrics.RecallAtK(Labels, Scores, choice.Count), choice.Recall);
            Assert.InRange(Scores.Count(score => score > choice.Threshold), choice.Count == 2000 ? 2000 : 0, choice.Count);
            Assert.True(choice.Count == 2000 || Scores.Count(score => score >= choice.Threshold) > choice.Count);
        });
    }

    [Fact]
    public void Numbers_on_the_page_are_those_of_the_metrics()
    {
        string page = new EvaluationReport(DetectorEvaluation.Of("forest", Labels, Scores, 14)).ToHtml();
        foreach (string shown in (string[])["<b>0.8482</b><span>ROC AUC", "<b>0.4773</b><span>average precision", "<b>0.5915</b><span>best F1", "<b>0.1079</b><span>precision", "<b>0.5200</b><span>recall", "<b>0.1787</b><span>F1"])
            Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>anomalies</td><td>26</td><td>24</td><td>50</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>normal rows</td><td>215</td><td>1,735</td><td>1,950</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<tr class=\"mine\"><td>241</td><td>14</td><td>0.1079</td><td>0.5200</td><td>26</td></tr>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_of_one_kind_get_a_report(bool areAnomalies)
    {
        bool[] labels = [.. Scores.Select(_ => areAnomalies)];
        var evaluation = DetectorEvaluation.Of("x", labels, Scores, 14);
        Assert.Null(evaluation.RocAuc);
        Assert.Equal(areAnomalies ? 1 : null, evaluation.AveragePrecision);
        var report = new EvaluationReport(evaluation);
        Assert.Contains("All rows are of one kind", report.ToHtml(), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(report.ToJson());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("roc_auc").ValueKind);
        new ComparisonReport(evaluation).ToHtml();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(12, float.PositiveInfinity)]
    [InlineData(12, float.NegativeInfinity)]
    [InlineData(12, float.MaxValue)]
    [InlineData(12, -1)]
    public void Strange_scores_get_a_report(int rows, float strange)
    {
        bool[] labels = [.. Enumerable.Range(0, rows).Select(row => row == 0)];
        float[] scores = [.. Enumerable.Range(0, rows).Select(row => row < 2 ? strange : row / 100f)];
        foreach (double threshold in (double[])[double.NegativeInfinity, 0, double.PositiveInfinity])
        {
            var report = new EvaluationReport(DetectorEvaluation.Of("x", labels, scores, threshold));
            Assert.DoesNotContain("NaN", report.ToHtml(), StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", report.ToJson(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => DetectorEvaluation.Of("x", [], [], 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DetectorEvaluation.Of("x", [true], [1, 2], 0));
        Assert.Throws<ArgumentException>(() => DetectorEvaluation.Of("x", [true, false], [1, float.NaN], 0));
        Assert.Throws<ArgumentException>(() => DetectorEvaluation.Of("x", [true, false], [1, 2], double.NaN));
        Assert.Throws<ArgumentException>(() => DetectorEvaluation.Of(" ", [true, false], [1, 2], 0));
    }

    [Fact]
    public void Only_detectors_on_the_same_rows_are_compared()
    {
        var one = DetectorEvaluation.Of("one", Labels, Scores, 14);
        Assert.Contains("'two'", Assert.Throws<ArgumentException>(() => new ComparisonReport(one, DetectorEvaluation.Of("two", [.. Labels.Reverse()], Scores, 14))).Message, StringComparison.Ordinal);
        Assert.Contains("'one'", Assert.Throws<ArgumentException>(() => new ComparisonReport(one, one)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ComparisonReport());
    }

    [Fact]
    public void A_comparison_has_the_numbers_of_all_and_the_best_first()
    {
        var worse = DetectorEvaluation.Of("worse", Labels, [.. Scores.Select(score => -score)], -14);
        var better = DetectorEvaluation.Of("better", Labels, Scores, 14);
        var report = new ComparisonReport(worse, better);
        using var document = JsonDocument.Parse(report.ToJson());
        Assert.Equal("anomalykit.comparison", document.RootElement.GetProperty("format").GetString());
        Assert.Equal(["worse", "better"], document.RootElement.GetProperty("detectors").EnumerateArray().Select(detector => detector.GetProperty("detector").GetString()));
        Assert.Equal(0.8482153846153846, document.RootElement.GetProperty("detectors")[1].GetProperty("roc_auc").GetDouble(), 1e-12);
        string page = report.ToHtml();
        Assert.True(page.IndexOf("better", StringComparison.Ordinal) < page.IndexOf("worse", StringComparison.Ordinal));
        Assert.Contains("<bdi>better</bdi></td><td class=\"best\">0.8482</td>", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<svg").Length - 1);
    }
}
