using System.Text.Json;
using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What <c>review</c> asks, keeps and makes.</summary>
public sealed class ReviewTests(Payments payments) : IClassFixture<Payments>
{
    [Fact]
    public void Answers_are_kept_and_a_detector_learns()
    {
        string session = payments["answers.akf"];
        string learned = payments["learned.akm"];
        string[] args = ["review", payments.Model, payments.Csv, "--session", session, "--key", "id", "--json"];
        var first = Run.Typing("y\nx\nn\nu\ns\nq\n", args).Succeeds();
        Assert.Equal(("anomalykit.review", 1), (first.Json.GetProperty("format").GetString(), first.Json.GetProperty("version").GetInt32()));
        Assert.Equal(2, first.Json.GetProperty("shown").GetInt32());
        Assert.Equal(1, first.Json.GetProperty("anomalies").GetInt32());
        Assert.Equal(1, first.Json.GetProperty("unsure").GetInt32());
        Assert.Contains("Row p", first.Errors, StringComparison.Ordinal);
        Assert.Contains("merchant:", first.Errors, StringComparison.Ordinal);
        Assert.Contains("Type one of y, n, s, u, q.", first.Errors, StringComparison.Ordinal);
        Assert.Contains("Taken back: p", first.Errors, StringComparison.Ordinal);

        var second = Run.Typing("n\nn\n", [.. args, "--out", learned]).Succeeds();
        Assert.Equal(4, second.Json.GetProperty("shown").GetInt32());
        Assert.Equal(2, second.Json.GetProperty("normals").GetInt32());
        Assert.Contains($"The answers are in '{session}'.", first.Errors, StringComparison.Ordinal);
        Assert.Contains("No model was saved. To save one that has learned from 1 answer, ", first.Errors, StringComparison.Ordinal);
        Assert.Contains($"The model that has learned from 3 answers is in '{learned}'.", second.Errors, StringComparison.Ordinal);
        Assert.Contains("Its threshold was set on the 2,000 rows of this session: 20 of them are alerts, about as many as before.", second.Errors, StringComparison.Ordinal);
        Assert.Contains("(1 of the 2 rows with an answer are anomalies", second.Errors, StringComparison.Ordinal);

        var scored = Run.Of("score", learned, payments.Csv, "--only", "top:5", "--keep", "id").Succeeds();
        Assert.Equal(6, scored.Rows.Length);
        Assert.NotEqual(Run.Of("score", payments.Model, payments.Csv, "--only", "top:5", "--keep", "id").Output, scored.Output);

        // What was learned remembers its scores, so that drift of alerts is still seen.
        var drift = Run.Of("drift", learned, payments.Csv, "--json").Succeeds().Json;
        Assert.Equal(JsonValueKind.Object, drift.GetProperty("scores").ValueKind);
        Assert.False(drift.GetProperty("alert_share").GetProperty("drifted").GetBoolean());
        Assert.Equal(drift.GetProperty("alert_share").GetProperty("current").GetDouble(), Run.Of("inspect", learned, "--json").Succeeds().Json.GetProperty("alert_share").GetDouble());
        Run.Of("export", learned, "--out", payments["learned.onnx"]).Fails(1, "'feedback'", "no form in ONNX");
    }

    [Fact]
    public void Answers_of_one_kind_keep_the_order_and_the_command_says_so()
    {
        string learned = payments["normal.akm"];
        var said = Run.Typing("n\nn\n", "review", payments.Model, payments.Csv, "--session", payments["normal.akf"], "--key", "id", "--out", learned).Succeeds();
        Assert.Contains("2 normal", said.Output, StringComparison.Ordinal);
        Assert.Contains("All answers that count say 'normal', so the order of the rows stays as it was.", said.Errors, StringComparison.Ordinal);
        Assert.Equal(Highest(payments.Model), Highest(learned));

        string[] Highest(string model) => [.. Run.Of("score", model, payments.Csv, "--only", "top:5", "--keep", "id").Succeeds().Rows.Select(cells => cells.First(cell => cell is "id" or ['p', ..]))];
    }

    [Fact]
    public void What_is_not_carried_over_is_said()
    {
        string model = payments["conformal.akm"], learned = payments["reviewed.akm"];
        string some = payments.Write("some.csv", string.Join('\n', File.ReadLines(payments.Csv).Take(501)));
        Run.Of("fit", payments.Csv, "--out", model, "--id", "id", "--label", "fraud", "--detector", "isolation-forest", "--threshold", "contamination:0.02", "--calibration", "conformal").Succeeds();
        var said = Run.Of("review", model, some, "--session", payments["some.akf"], "--key", "id", "--label", "fraud", "--no-questions", "--out", learned).Succeeds();
        var scored = Run.Of("score", learned, some).Succeeds();
        int alerts = scored.Rows.Skip(1).Count(row => row[1] == "true");
        Assert.Contains($"Its threshold was set on the 500 rows of this session: {alerts} of them are alerts", said.Errors, StringComparison.Ordinal);
        Assert.Contains("Its p-values are ranks among these rows. The conformal calibration of the model before, on 500 rows set aside, does not hold for the new scores.", said.Errors, StringComparison.Ordinal);

        string inspected = Run.Of("inspect", learned).Succeeds().Output;
        Assert.Contains("Fitted on 1,500 of 2,000 rows, and then learned from 500 answers (5 anomalies, 495 normal). Threshold and calibration were set on the 500 rows of that session;", inspected, StringComparison.Ordinal);
        string other = payments["other.akm"];
        Run.Of("threshold", learned, payments.Csv, "--rule", "contamination:0.01", "--out", other).Succeeds();
        Assert.Contains("normal). The calibration was set on the rows of that session. 1.00 % of the 2,000 rows that the threshold was set on are above it", Run.Of("inspect", other).Succeeds().Output, StringComparison.Ordinal);
        Run.Of("threshold", learned, "--value", "1000", "--out", other).Succeeds();
        Assert.Contains("0.00 % of the rows of that session are above the threshold", Run.Of("inspect", other).Succeeds().Output, StringComparison.Ordinal);
        var json = Run.Of("inspect", learned, "--json").Succeeds().Json;
        Assert.Equal((500, 5, 495), (json.GetProperty("alert_rows").GetInt32(), json.GetProperty("answers").GetProperty("anomalies").GetInt32(), json.GetProperty("answers").GetProperty("normals").GetInt32()));
        string drift = Run.Of("drift", learned, payments.Csv).Succeeds().Output;
        Assert.Contains("the rows that the model was reviewed with", drift, StringComparison.Ordinal);
        Assert.DoesNotContain("conformal", drift, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_reviewed_is_one_line()
    {
        string session = payments["none.akf"];
        Run.Of("review", payments.Model, "-", "--session", session).Fails(2, "standard input");
        Run.Of("review", payments.Model, payments.Csv, "--session", session, "--key", "fraud").Fails(1, "'0'");
        Run.Of("review", payments.Model, payments.Csv, "--session", payments.Csv).Fails(2, "would be replaced");
        Run.Of("review", payments.Model, payments.Csv, "--session", payments.Model).Fails(2, "would be replaced");
        Run.Of("review", payments.Model, payments.Csv, "--session", session, "--out", payments.Model).Fails(2, "would be replaced");
        Run.Of("review", payments.Model, payments.Csv, "--session", payments.Write("text.akf", "no session")).Fails(1);
        Assert.False(File.Exists(session));
    }

    [Fact]
    public void Only_answers_of_this_sitting_are_taken_back()
    {
        string[] args = ["review", payments.Model, payments.Csv, "--session", payments["sittings.akf"], "--key", "id", "--json"];
        Run.Typing("y\n", args).Succeeds();
        var second = Run.Typing("n\nu\nu\nq\n", args).Succeeds();
        Assert.Contains("nothing to undo", second.Errors, StringComparison.Ordinal);
        Assert.Equal(1, second.Json.GetProperty("shown").GetInt32());
        Assert.Equal(1, second.Json.GetProperty("anomalies").GetInt32());
    }

    [Fact]
    public void A_second_sitting_is_refused_while_the_first_lasts()
    {
        string session = payments["busy.akf"];
        string[] args = ["review", payments.Model, payments.Csv, "--session", session];
        using (new FileStream($"{session}.lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose))
            Run.Typing("y\n", args).Fails(1, "busy.akf", "--session");
        Assert.False(File.Exists(session));
        Run.Typing("y\n", args).Succeeds();
        Assert.True(File.Exists(session));
        Assert.False(File.Exists($"{session}.lock"));
    }

    [Fact]
    public void A_full_session_ends_and_its_detector_is_saved()
    {
        string rows = payments.Write("more.csv", $"{File.ReadAllText(payments.Csv)}more,3,12,fuel,0\n");
        string session = payments["full.akf"];
        string learned = payments["full.akm"];
        var detector = FeedbackFile.LoadTableDetector(payments.Model);
        using (var reader = detector.OpenFiles(TableFiles.Find(rows), ["id"]))
        {
            var feedback = TableFeedback.Open(detector, reader.ReadAll(default), "id");
            feedback.Session.Answer(Enumerable.Range(0, FeedbackSession.MaxAnswers).Select(row => new FeedbackAnswer($"p{row}", FeedbackLabel.Unsure)));
            feedback.Session.Save(session);
        }

        var run = Run.Typing("y\n", "review", payments.Model, rows, "--session", session, "--key", "id", "--out", learned).Succeeds();
        Assert.Contains("2000 rows have answers", run.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(learned));
    }
}
