using AnomalyKit.Dashboard.Tables;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>Labels that viewers give.</summary>
public sealed class AnswerTests(DashboardHost host) : IClassFixture<DashboardHost>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("answers-").FullName;

    private string File => Path.Combine(_folder, "answers.akf");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_answer_is_kept_once_and_survives_for_other_viewers()
    {
        using var desks = Allowing(File);
        var rows = Rows();
        using var one = desks.NewAnswers();
        using var other = desks.NewAnswers();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => one.AnswerAsync(rows, 50, FeedbackLabel.Anomaly, "", default)));
        await other.AnswerAsync(rows, 3, FeedbackLabel.Normal, "", default);
        await one.ReadAsync(rows, default);
        Assert.Equal(FeedbackLabel.Anomaly, one.LabelOf(rows, 50));
        Assert.Equal(FeedbackLabel.Normal, one.LabelOf(rows, 3));
        Assert.Null(one.LabelOf(rows, 4));
        Assert.Equal(2, TableFeedback.Open(host.Detector, rows.Table, "id", File).Session.History.Count);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_saved_is_not_shown_as_kept()
    {
        // Its lock has room for a name, and the file beside it, which is renamed into its place, has not.
        using var desks = Allowing(Path.Combine(_folder, new string('a', 246)));
        var rows = Rows();
        using var answers = desks.NewAnswers();
        await answers.ReadAsync(rows, default);
        await Assert.ThrowsAnyAsync<IOException>(() => answers.AnswerAsync(rows, 50, FeedbackLabel.Anomaly, "", default));
        Assert.Null(answers.LabelOf(rows, 50));
        await answers.ReadAsync(rows, default);
        Assert.Null(answers.LabelOf(rows, 50));
    }

    [Fact]
    public async Task A_label_of_a_row_that_has_changed_is_not_its_label_and_can_be_given_anew()
    {
        using var desks = Allowing(File);
        var (then, now) = (Rows(), Rows(amount: 77));
        using var answers = desks.NewAnswers();
        await answers.AnswerAsync(then, 50, FeedbackLabel.Anomaly, "", default);
        Assert.Null(answers.LabelOf(now, 50));
        await answers.ReadAsync(now, default);
        Assert.Null(answers.LabelOf(now, 50));
        Assert.Null(answers.LabelOf(then, 50));
        await answers.AnswerAsync(now, 50, FeedbackLabel.Anomaly, "", default);
        Assert.Equal(FeedbackLabel.Anomaly, answers.LabelOf(now, 50));
        var session = TableFeedback.Open(host.Detector, now.Table, "id", File).Session;
        Assert.Empty(session.OutdatedKeys);
        Assert.Equal("k50", Assert.Single(session.Answers).Key);
    }

    [Fact]
    public async Task Rows_without_keys_and_read_only_dashboards_take_no_answer()
    {
        using var desks = Allowing(File);
        using var answers = desks.NewAnswers();
        var rows = Rows(key: null);
        Assert.False(answers.CanLabel(rows));
        Assert.Contains("key column", (await Assert.ThrowsAsync<InvalidOperationException>(() => answers.AnswerAsync(rows, 1, FeedbackLabel.Normal, "", default))).Message, StringComparison.Ordinal);
        await answers.ReadAsync(rows, default);
        using var readOnly = new Desks();
        using var none = readOnly.NewAnswers();
        await Assert.ThrowsAsync<InvalidOperationException>(() => none.AnswerAsync(Rows(), 1, FeedbackLabel.Normal, "", default));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_label_is_taken_back_by_whom_gave_it()
    {
        using var desks = Allowing(File);
        var rows = Rows();
        using var answers = desks.NewAnswers();
        await answers.AnswerAsync(rows, 50, FeedbackLabel.Anomaly, "ann", default);
        await answers.AnswerAsync(rows, 50, FeedbackLabel.Normal, "ben", default);
        await answers.AnswerAsync(rows, 3, FeedbackLabel.Normal, "ann", default);
        Assert.True(await answers.TakeBackAsync(rows, 3, "ann", default));
        Assert.Null(answers.LabelOf(rows, 3));
        Assert.False(await answers.TakeBackAsync(rows, 50, "ann", default));
        Assert.Equal(FeedbackLabel.Normal, answers.LabelOf(rows, 50));
        Assert.False(await answers.TakeBackAsync(rows, 50, "ann", default));
        var left = Assert.Single(TableFeedback.Open(host.Detector, rows.Table, "id", File).Session.Answers);
        Assert.Equal(("k50", "ben"), (left.Key, left.Analyst));
    }

    [Fact]
    public void The_command_that_learns_reads_the_table_as_the_page_did()
    {
        using var desks = Allowing("labels of ann.akf");
        using var answers = desks.NewAnswers();
        var csv = new CsvTableOptions { Delimiter = ';', DecimalSeparator = ',', ThousandsSeparator = ' ', CurrencySigns = ["€"], DateFormats = ["dd/MM/yyyy"], EncodingName = "windows-1252", HasHeader = false };
        var rows = Rows();
        Assert.EndsWith("To learn from them: anomalykit review MODEL small.csv --key id --session 'labels of ann.akf' --no-questions --out NEW.akm", answers.NextStep(rows), StringComparison.Ordinal);
        var french = new ScoredRows("l'été.csv", rows.Model, rows.Table, rows.Scores, rows.KeyColumns) { Csv = csv with { MissingMarks = [.. csv.MissingMarks, "a,b"] } };
        Assert.EndsWith(@"review MODEL 'l'\''été.csv' --delimiter ';' --decimal ',' --thousands space --currency '€' --encoding windows-1252 --missing-marks 'a\,b' --date-format dd/MM/yyyy --no-header --key id --session 'labels of ann.akf' --no-questions --out NEW.akm", answers.NextStep(french), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_model_has_a_file_of_its_own_where_the_path_says_so()
    {
        var other = new ServedModel("other/..", "2", new TableTrainer(new IsolationForestTrainer { TreeCount = 5 }).Fit(Rows().Table));
        using var desks = Allowing(Path.Combine(_folder, "{model}-{version}.akf"));
        using var answers = desks.NewAnswers();
        await answers.AnswerAsync(Rows(), 50, FeedbackLabel.Anomaly, "", default);
        await answers.AnswerAsync(Rows(model: other), 50, FeedbackLabel.Normal, "", default);
        Assert.Equal(["other%2F..-2.akf", "payments-1.akf"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var one = Allowing(Path.Combine(_folder, "payments-1.akf"));
        using var refused = one.NewAnswers();
        Assert.Contains("{model}", (await Assert.ThrowsAsync<InvalidOperationException>(() => refused.ReadAsync(Rows(model: other), default))).Message, StringComparison.Ordinal);
    }

    private static Desks Allowing(string path) => new(options => (options.AllowAnswers, options.AnswersFile) = (true, path));

    private ScoredRows Rows(string? key = "id", double? amount = null, ServedModel? model = null)
    {
        using var reader = host.Detector.OpenFiles(TableFiles.Find(host.SmallTable), ["id"]);
        var table = reader.ReadAll();
        if (amount is { } cell)
            table = new FeatureTable(table.Columns.Select(column => column.Name == "amount" ? new DoubleColumn("amount", Enumerable.Repeat(cell, table.RowCount).ToArray()) : column).ToArray());
        model ??= host.Model;
        return new ScoredRows("small.csv", model, table, model.Detector.Score(table), key is null ? [] : [key]);
    }
}
