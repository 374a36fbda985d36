using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>Labels as people write them: in their language, in words of their own, and only in the rows that somebody has looked at.</summary>
public sealed class LabelTests(Payments payments) : IClassFixture<Payments>
{
    private string Known => WithLabels("known.csv", row => row % 100 == 7 ? "oui" : row % 10 == 3 ? "non" : "");

    [Fact]
    public void Rows_without_a_label_are_left_out_and_counted()
    {
        string[] lines = [.. File.ReadLines(Known)];
        string labeled = payments.Write("labeled.csv", string.Join('\n', lines.Where(line => !line.EndsWith(',')))), report = payments["report.json"];
        var all = Run.Of("evaluate", payments.Model, Known, "--label", "checked", "--json", "--report", report).Succeeds();
        Assert.Contains("Labels in 'checked': 20 anomalies, 200 normal, 1,780 unknown. Rows without a label are not measured.", all.Errors, StringComparison.Ordinal);
        Assert.Equal(1780, all.Json.GetProperty("origin").GetProperty("unlabeled_rows").GetInt64());
        var few = Run.Of("evaluate", payments.Model, labeled, "--label", "checked", "--json").Succeeds();
        Assert.DoesNotContain("unknown", few.Errors, StringComparison.Ordinal);
        foreach (string field in (string[])["rows", "anomalies", "roc_auc", "average_precision", "alerts"])
            Assert.Equal(few.Json.GetProperty(field).GetRawText(), all.Json.GetProperty(field).GetRawText());
        Assert.Equal(220, all.Json.GetProperty("rows").GetInt64());
    }

    [Fact]
    public void Compare_and_tune_fit_all_rows_and_measure_those_with_a_label()
    {
        const string Said = "20 anomalies, 200 normal, 1,780 unknown. Rows without a label are not measured.";
        var compared = Run.Of("compare", Known, "--label", "checked", "--ignore", "id,fraud", "--detectors", "isolation-forest", "--json").Succeeds();
        Assert.Contains(Said, compared.Errors, StringComparison.Ordinal);
        Assert.Equal((220, 20), (compared.Json.GetProperty("rows").GetInt64(), compared.Json.GetProperty("anomalies").GetInt64()));
        Assert.Equal(2000, compared.Json.GetProperty("detectors")[0].GetProperty("train_rows").GetInt64());
        Assert.Contains(Said, Run.Of("tune", Known, "--label", "checked", "--ignore", "id,fraud", "--trials", "1", "--outer-folds", "0").Succeeds().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_says_how_many_labels_there_are()
    {
        var run = Run.Of("fit", Known, "--out", payments["labels.akm"], "--label", "checked", "--ignore", "id,fraud", "--detector", "isolation-forest", "--json").Succeeds();
        Assert.Contains("Labels in 'checked': 20 anomalies, 200 normal, 1,780 unknown. The fit did not use them.", run.Errors, StringComparison.Ordinal);
        Assert.Equal("""{"anomalies":20,"normals":200,"unknown":1780}""", run.Json.GetProperty("labels").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Words_of_ones_own_are_explained_by_an_option()
    {
        string path = WithLabels("words.csv", row => row % 100 == 7 ? row % 200 == 7 ? "Theft" : "fraud" : "settled");
        Run.Of("evaluate", payments.Model, path, "--label", "checked").Fails(1, "Row 0, column 'checked' is 'settled', which is not a label.", "Name the words that mark anomalies with --anomaly-label WORD");
        string[] evaluate = ["evaluate", payments.Model, path, "--label", "checked", "--json", "--anomaly-label"];
        Assert.Equal(20, Run.Of([.. evaluate, "theft,fraud"]).Succeeds().Json.GetProperty("anomalies").GetInt64());
        Assert.Equal(10, Run.Of([.. evaluate, "theft"]).Succeeds().Json.GetProperty("anomalies").GetInt64());
        Run.Of([.. evaluate, "thefd"]).Fails(2, "No row has 'thefd' in the column 'checked'", "'Theft', 'fraud', 'settled'");
        Run.Of("fit", path, "--out", payments["words.akm"], "--anomaly-label", "theft").Fails(2, "Name the column with --label, too.");
        Run.Of("fit", path, "--out", payments["words.akm"], "--label", "checked", "--ignore", "id,fraud", "--anomaly-label", "thefd").Fails(2, "No row has 'thefd' in the column 'checked'");
        Assert.False(File.Exists(payments["words.akm"]));
        Assert.Contains("note: the labels were not counted.", Run.Of("fit", path, "--out", payments["words.akm"], "--label", "checked", "--ignore", "id,fraud", "--detector", "isolation-forest").Succeeds().Errors, StringComparison.Ordinal);
        Assert.Equal(20, Run.Of("compare", path, "--label", "checked", "--ignore", "id,fraud", "--detectors", "isolation-forest", "--json", "--anomaly-label", "theft,fraud").Succeeds().Json.GetProperty("anomalies").GetInt64());
        Assert.Contains("20 anomalies, 1,980 normal, 0 unknown", Run.Of("fit", path, "--out", payments["words.akm"], "--label", "checked", "--ignore", "id,fraud", "--detector", "isolation-forest", "--anomaly-label", "theft,fraud").Succeeds().Errors, StringComparison.Ordinal);
        // A word that the library knows can mean the other thing.
        Assert.Equal(1980, Run.Of("evaluate", payments.Model, payments.Csv, "--label", "fraud", "--json", "--anomaly-label", "0").Succeeds().Json.GetProperty("anomalies").GetInt64());
    }

    [Fact]
    public void A_label_that_is_another_column_already_is_named()
    {
        Run.Of("evaluate", payments.Model, payments.Csv, "--label", "merchant", "--anomaly-label", "fuel").Fails(1, "names the column 'merchant' twice: as feature and as label");
        Run.Of("review", payments.Model, payments.Csv, "--session", payments["twice.akf"], "--key", "id", "--label", "id", "--anomaly-label", "p7").Fails(1, "names the column 'id' twice: as id and as label");
    }

    [Fact]
    public void Kinds_that_contradict_each_other_are_refused()
    {
        string[] fit = ["fit", payments.Csv, "--out", payments["kinds.akm"], "--id", "id", "--detector", "isolation-forest", "--label", "fraud"];
        Run.Of([.. fit, "--kind", "amount=number,amount=category"]).Fails(2, "--kind says twice what the column 'amount' holds.");
        Run.Of([.. fit, "--anomaly-label", "1", "--kind", "fraud=number"]).Fails(2, "the column 'fraud' is read as a category. Leave out its --kind.");
        Run.Of([.. fit, "--anomaly-label", "1", "--kind", "fraud=category"]).Succeeds();
    }

    [Fact]
    public void Known_labels_are_answers_and_nobody_is_asked()
    {
        string model = payments["reviewed.akm"], session = payments["known.akf"];
        string[] review = ["review", payments.Model, Known, "--session", session, "--key", "id", "--no-questions", "--out", model, "--json"];
        var run = Run.Of([.. review, "--label", "checked"]).Succeeds();
        Assert.Equal((220, 20, 200), (run.Json.GetProperty("shown").GetInt32(), run.Json.GetProperty("anomalies").GetInt32(), run.Json.GetProperty("normals").GetInt32()));
        Assert.DoesNotContain("Anomaly? y yes", run.Errors, StringComparison.Ordinal);

        // The answers are in the session, by their keys: the label need not be named again.
        byte[] learned = File.ReadAllBytes(model);
        Assert.Equal(220, Run.Of(review).Succeeds().Json.GetProperty("shown").GetInt32());
        Assert.Equal(learned, File.ReadAllBytes(model));
        var detector = FeedbackFile.LoadTableDetector(payments.Model);
        using var reader = detector.OpenFiles(TableFiles.Find(payments.Csv), ["id"]);
        var answers = TableFeedback.Open(detector, reader.ReadAll(default), "id", session).Session.Answers;
        Assert.All(answers, answer => Assert.Equal(int.Parse(answer.Key.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) % 100 == 7 ? FeedbackLabel.Anomaly : FeedbackLabel.Normal, answer.Label));
        Assert.NotEmpty(answers);
    }

    [Fact]
    public void Known_answers_leave_the_rest_to_be_asked_about()
    {
        var run = Run.Typing("n\nq\n", "review", payments.Model, Known, "--session", payments["asked.akf"], "--label", "checked", "--json").Succeeds();
        Assert.Equal(221, run.Json.GetProperty("shown").GetInt32());
        Assert.DoesNotContain("checked:", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void More_known_labels_than_a_session_takes_are_refused()
    {
        string path = payments.Write("all.csv", $"{File.ReadAllText(payments.Csv)}more,3,12,fuel,0\n"), session = payments["all.akf"];
        Run.Of("review", payments.Model, path, "--session", session, "--label", "fraud", "--no-questions").Fails(2, "With the labels in 'fraud', 2,001 rows would have answers", "2,000 at most");
        Assert.False(File.Exists(session));
    }

    [Fact]
    public void Corrections_outlive_the_labels_and_count_against_the_limit()
    {
        string session = payments["corrected.akf"];
        string[] review = ["review", payments.Model, Known, "--session", session, "--key", "id", "--no-questions", "--json", "--label"];
        Assert.Equal((20, 200), Counts(Run.Of([.. review, "checked"]).Succeeds()));
        Answer(feedback => feedback.Session.Answer("p7", FeedbackLabel.Normal));
        var again = Run.Of([.. review, "checked"]).Succeeds();
        Assert.Equal((19, 201), Counts(again));
        Assert.Contains("the answers that 220 of these rows had before stay as they were.", again.Errors, StringComparison.Ordinal);

        string path = payments.Write("one-more.csv", $"{File.ReadAllText(payments.Csv)}more,3,12,fuel,\n");
        Answer(feedback => feedback.Session.Answer("more", FeedbackLabel.Unsure), path);
        Run.Of("review", payments.Model, path, "--session", session, "--key", "id", "--no-questions", "--label", "fraud").Fails(2, "rows would have answers", "2,000 at most");

        static (int, int) Counts(Run run) => (run.Json.GetProperty("anomalies").GetInt32(), run.Json.GetProperty("normals").GetInt32());

        void Answer(Action<TableFeedback> give, string? rows = null)
        {
            var detector = FeedbackFile.LoadTableDetector(payments.Model);
            using var reader = detector.OpenFiles(TableFiles.Find(rows ?? payments.Csv), ["id"]);
            var feedback = TableFeedback.Open(detector, reader.ReadAll(default), "id", session);
            give(feedback);
            feedback.Session.Save(session);
        }
    }

    [Fact]
    public void A_column_without_any_label_is_refused() =>
        Run.Of("evaluate", payments.Model, WithLabels("none.csv", _ => ""), "--label", "checked").Fails(1, "The column 'checked' is missing in all 2,000 rows, so there is no label to measure by.");

    [Fact]
    public void Inspect_advises_to_name_the_label() =>
        Assert.Contains("give --label checked:", Run.Of("inspect", Known).Succeeds().Output, StringComparison.Ordinal);

    [Fact]
    public void Inspect_shows_what_the_words_of_the_label_mean()
    {
        string path = WithLabels("inspected.csv", row => row % 100 == 7 ? "fraud" : row % 10 == 3 ? "settled" : "");
        string[] inspect = ["inspect", path, "--label", "checked", "--json", "--anomaly-label"];
        var label = Assert.Single(Run.Of([.. inspect, "fraud"]).Succeeds().Json.GetProperty("columns").EnumerateArray(), column => column.GetProperty("name").GetString() == "checked");
        Assert.Contains("boolean", label.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Run.Of([.. inspect, "frod"]).Fails(2, "No row has 'frod' in the column 'checked'");
    }

    [Fact]
    public void Inspect_advises_no_second_label()
    {
        string output = Run.Of("inspect", Known, "--label", "fraud").Succeeds().Output;
        Assert.Contains("leave it out with --ignore checked", output, StringComparison.Ordinal);
        Assert.DoesNotContain("--label checked", output, StringComparison.Ordinal);
    }

    private string WithLabels(string name, Func<int, string> label) =>
        payments.Write(name, string.Join('\n', File.ReadLines(payments.Csv).Select((line, i) => i == 0 ? $"{line},checked" : $"{line},{label(i - 1)}")));
}
