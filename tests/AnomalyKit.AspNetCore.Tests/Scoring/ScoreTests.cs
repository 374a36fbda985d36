using System.Globalization;
using System.Net;
using AnomalyKit.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Tests.Scoring;

public sealed class ScoreTests
{
    private const string Strange = """{"amount": 5000, "merchant": "opera", "card_present": false, "paid_at": "2026-03-05T03:00:00"}""";
    private const string Usual = """{"paid_at": "2026-05-05T13:00:00", "card_present": true, "merchant": "food", "amount": 50, "note": {"any": ["thing"]}}""";

    [Theory]
    [InlineData("[" + Strange + "," + Usual + "]")]
    [InlineData("{\"rows\": [" + Strange + "," + Usual + "]}")]
    [InlineData("{\"id\": 7, \"rows\": [" + Strange + "," + Usual + "], \"rows \": {}}")]
    [InlineData("""[[5000, "opera", false, "2026-03-05T03:00:00"], [50, "food", true, "2026-05-05T13:00:00"]]""")]
    [InlineData("\uFEFF" + """{"rows": [[5000, "opera", false, "2026-03-05T03:00:00"], [50, "food", true, "2026-05-05T13:00:00"]]}""")]
    public async Task Rows_are_objects_or_arrays(string body)
    {
        var model = TestModels.Mixed();
        float[] expected = model.Detector.Score(model.Rows.ReadJson($"[{Strange},{Usual}]"));
        await using var host = await ServingHost.StartAsync(model);
        foreach (string path in new[] { "/v1/models/mixed/score", "/v1/models/mixed/versions/1/score", "/v1/models/mixed/score?explain=2" })
        {
            var answer = await host.PostAsync(path, body);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(expected, ScoresOf(answer));
            Assert.Equal([true, false], answer.Json.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("label").GetBoolean()));
            Assert.Equal(("mixed", "1", model.Threshold), (answer.Json.GetProperty("model").GetString(), answer.Json.GetProperty("version").GetString(), answer.Json.GetProperty("threshold").GetDouble()));
        }
    }

    [Theory]
    [InlineData(Usual, 1)]
    [InlineData("""[50, "food", true, null]""", 1)]
    [InlineData("[]", 0)]
    [InlineData("{\"rows\": []}", 0)]
    public async Task One_row_or_none_is_fine(string body, int rows)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed());
        Assert.Equal(rows, ScoresOf(await host.PostAsync("/v1/models/mixed/score", body)).Length);
    }

    [Fact]
    public async Task Scores_have_reasons_for_those_who_ask()
    {
        var model = TestModels.Mixed();
        await using var host = await ServingHost.StartAsync(model);
        var answer = await host.PostAsync("/v1/models/mixed/score?explain=2", $"[{Usual},{Strange}]");
        var rows = answer.Json.GetProperty("rows");
        Assert.False(rows[0].TryGetProperty("contributions", out _));
        var expected = model.Detector.Explain(model.Rows.ReadJson(Strange), 0, new ExplanationOptions { MaxReasons = 2, Counterfactual = null });
        Assert.Equal(expected.Reasons.Select(reason => reason.Sentence), rows[1].GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
        var contributions = rows[1].GetProperty("contributions").EnumerateArray().ToArray();
        Assert.Equal(
            expected.Reasons.Select(reason => (reason.ColumnName, reason.Contribution)), contributions.Select(one => (one.GetProperty("column").GetString()!, one.GetProperty("contribution").GetDouble())));
        Assert.Equal(5000, Assert.Single(contributions, one => one.GetProperty("column").GetString() == "amount").GetProperty("value").GetDouble());
        Assert.Equal((1, 0), (answer.Json.GetProperty("explained_rows").GetInt32(), answer.Json.GetProperty("unexplained_rows").GetInt32()));

        var all = await host.PostAsync("/v1/models/mixed/score?explain=4&explain_all=true", $"[{Usual},{Strange}]");
        Assert.All(all.Json.GetProperty("rows").EnumerateArray(), row => Assert.Equal(row.GetProperty("contributions").GetArrayLength(), row.GetProperty("reasons").GetArrayLength()));
        Assert.Equal(2, all.Json.GetProperty("explained_rows").GetInt32());
    }

    [Fact]
    public async Task Explanations_have_a_limit_which_the_answer_tells()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Mixed()], options => options.MaxExplainedRows = 7);
        var answer = await host.PostAsync("/v1/models/mixed/score?explain=1", "[" + string.Join(",", Enumerable.Repeat(Strange, 20)) + "]");
        Assert.Equal((7, 13), (answer.Json.GetProperty("explained_rows").GetInt32(), answer.Json.GetProperty("unexplained_rows").GetInt32()));
        Assert.Equal(7, answer.Json.GetProperty("rows").EnumerateArray().Count(row => row.TryGetProperty("reasons", out _)));
    }

    [Theory]
    [InlineData("""[{"v0": 1}]""")]
    [InlineData("""[{"v0": 1, "v1": "x", "v2": 1, "v3": 1}]""")]
    public async Task A_model_without_a_rule_for_missing_cells_says_that_it_takes_no_null(string body)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        (await host.PostAsync("/v1/models/numbers/score", body)).IsProblem(HttpStatusCode.BadRequest, "This model takes no null here, because it was fitted without a rule for missing cells of the column.");
    }

    [Theory]
    [InlineData("""[{"amount": 1}]""", "Row 0, column 'merchant': the row does not have it. Give it. This model also takes null here, for a value that is not known.", 0, "merchant")]
    [InlineData("[" + Usual + """, {"amount": "12", "merchant": "food", "card_present": true, "paid_at": null}]""", "Row 1, column 'amount'", 1, "amount")]
    [InlineData("[" + Usual + """, {"amount": 1, "merchant": 5, "card_present": true, "paid_at": null}]""", "Row 1, column 'merchant'", 1, "merchant")]
    [InlineData("[" + Usual + """, {"amount": 1, "merchant": "food", "card_present": 1, "paid_at": null}]""", "Row 1, column 'card_present'", 1, "card_present")]
    [InlineData("[" + Usual + """, {"amount": 1, "merchant": "food", "card_present": true, "paid_at": "yesterday"}]""", "Row 1, column 'paid_at'", 1, "paid_at")]
    [InlineData("""[{"amount": 1, "amount": 2}]""", "occurs twice", 0, "amount")]
    [InlineData("""[[1, "food", true], [1]]""", "Row 0 has 3 values; the model has 4 columns", 0, null)]
    [InlineData("""[[1, "food", [true], null]]""", "Row 0, column 'card_present': the value is an array", 0, "card_present")]
    [InlineData("[" + Usual + ", 5]", "Row 1: the value is 5", 1, null)]
    [InlineData("5", "an array of rows", -1, null)]
    [InlineData("{\"rows\": [], \"rows\": []}", "'rows' twice", -1, null)]
    [InlineData("[" + Usual, "not valid JSON", -1, null)]
    [InlineData("[" + Usual + "] []", "not valid JSON", -1, null)]
    [InlineData("""[{"amount": 1, "merchant": "\uD800", "card_present": true, "paid_at": null}]""", "", -1, null)]
    public async Task What_is_wrong_is_named(string body, string detail, int row, string? column)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed());
        var answer = (await host.PostAsync("/v1/models/mixed/score", body)).IsProblem(HttpStatusCode.BadRequest, detail);
        if (row >= 0)
            Assert.Equal(row, answer.Json.GetProperty("row").GetInt32());
        if (column is not null)
            Assert.Equal(column, answer.Json.GetProperty("column").GetString());
        host.Log.HasNoProblems();
    }

    [Fact]
    public async Task Rows_keep_their_numbers_over_many_batches()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Mixed()], options => options.MaxRequestRows = 6000);
        string[] rows = [.. Enumerable.Repeat(Usual, 5000)];
        Assert.Equal(5000, ScoresOf(await host.PostAsync("/v1/models/mixed/score", $"[{string.Join(",", rows)}]")).Length);
        rows[4321] = Usual.Replace("50", "\"50\"", StringComparison.Ordinal);
        var answer = (await host.PostAsync("/v1/models/mixed/score", $"[{string.Join(",", rows)}]")).IsProblem(HttpStatusCode.BadRequest, "Row 4321, column 'amount'");
        Assert.Equal(4321, answer.Json.GetProperty("row").GetInt32());
        (await host.PostAsync("/v1/models/mixed/score", $"[{string.Join(",", Enumerable.Repeat(Usual, 6001))}]")).IsProblem(HttpStatusCode.RequestEntityTooLarge, "more than 6000 rows");
    }

    [Fact]
    public async Task Numbers_score_the_same_by_every_road()
    {
        var model = TestModels.Numbers();
        await using var host = await ServingHost.StartAsync(model);
        var random = new Random(5);
        double[][] rows = [.. Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 4).Select(_ => Math.Round((6 * random.NextDouble()) - 3, random.Next(16))).ToArray())];
        string arrays = "[" + string.Join(",", rows.Select(row => "[" + string.Join(",", row.Select(cell => cell.ToString("R", CultureInfo.InvariantCulture))) + "]")) + "]";
        string objects = "[" + string.Join(",", rows.Select(row => "{" + string.Join(",", row.Select((cell, i) => FormattableString.Invariant($"\"v{i}\":{cell:R}"))) + "}")) + "]";
        var expected = new float[rows.Length];
        model.Score(rows.SelectMany(row => row).ToArray(), expected);
        Assert.Equal(expected, ScoresOf(await host.PostAsync("/v1/models/numbers/score", arrays)));
        Assert.Equal(expected, ScoresOf(await host.PostAsync("/v1/models/numbers/score", objects)));
        var answer = await host.PostAsync("/v1/models/numbers/score?explain=1", arrays);
        Assert.Equal(expected, ScoresOf(answer));
        Assert.Equal(expected.Select(score => model.PValue(score)), answer.Json.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("p_value").GetDouble()));
        var labels = (await host.PostAsync("/predict", $"{{\"data\":{arrays}}}")).Json.GetProperty("predictions").EnumerateArray().Select(label => label.GetInt32() == 1);
        Assert.Equal(expected.Select(model.IsAnomaly), labels);
    }

    [Fact]
    public async Task Rows_of_a_request_that_is_refused_at_its_end_are_not_counted()
    {
        using var folder = new Tables.TempFolder();
        TestModels.Mixed().Detector.Save(folder.File("mixed.akm"));
        await using var host = await ServingHost.StartAsync(null, options => options.MaxRequestRows = 3000, new Dictionary<string, string?>
        {
            ["AnomalyDetection:ModelFolder"] = folder.Root,
            ["AnomalyDetection:ReloadInterval"] = "00:00:00",
            ["AnomalyDetection:Monitoring:SampleEvery"] = "4",
        });
        var pool = host.Services.GetRequiredService<DetectorPool>();
        await pool.ReloadAsync();
        var model = pool.GetModel("mixed");
        string[] rows = [.. Enumerable.Repeat(Strange, 3001)];
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync("/v1/models/mixed/score", $"[{string.Join(",", rows)}]")).Status);
        rows[2500] = "{}";
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync("/v1/models/mixed/score", $"[{string.Join(",", rows[..3000])}]")).Status);
        Assert.Equal((0, 0, 0), (model.Counts.Rows, model.Counts.Anomalies, model.Monitor!.Snapshot().SampledRows));

        // The same rows without the bad one count, all of them and once.
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/v1/models/mixed/score", $"[{string.Join(",", rows[..2500])}]")).Status);
        Assert.Equal((2500, 2500), (model.Counts.Rows, model.Counts.Anomalies));
        var seen = model.Monitor.Snapshot();
        Assert.InRange(seen.SampledRows + seen.SkippedRows, 624, 626);

        // Of a stream every line that is answered with a score counts, whatever becomes of the others.
        string lines = string.Join("\n", rows[2400..2600]);
        using var content = new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson");
        using var stream = await host.Client.PostAsync(new Uri("/v1/models/mixed/score", UriKind.Relative), content);
        Assert.Equal(200, (await stream.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(2500 + 199, model.Counts.Rows);
    }

    [Theory]
    [InlineData("explain=x", "explain is 'x'")]
    [InlineData("explain=-1", "explain is '-1'")]
    [InlineData("explain=1001", "explain is '1001'")]
    [InlineData("explain=1&explain_all=maybe", "explain_all is 'maybe'")]
    [InlineData("explain_all=true", "the number of columns that explain a row")]
    [InlineData("expalin=3", "There is no parameter 'expalin'; did you mean 'explain'? The parameters of this route are explain, explain_all.")]
    [InlineData("explain=1&threshold=7", "There is no parameter 'threshold'. The parameters of this route are explain, explain_all.")]
    public async Task Parameters_are_checked(string query, string detail)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed());
        (await host.PostAsync($"/v1/models/mixed/score?{query}", "[]")).IsProblem(HttpStatusCode.BadRequest, detail);
    }

    [Fact]
    public async Task A_parameter_that_a_route_does_not_have_is_refused_and_its_value_is_not_repeated()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/v1/models/numbers/score?EXPLAIN=1", "[]")).Status);
        (await host.PostAsync("/v1/models/numbers/score?expalin=1", "[0,0,0,0]", "application/x-ndjson")).IsProblem(HttpStatusCode.BadRequest, "did you mean 'explain'?");
        var predict = (await host.PostAsync("/predict?modell=secret-1", """{"data": []}""")).IsProblem(HttpStatusCode.BadRequest, "There is no parameter 'modell'; did you mean 'model'? The parameter of this route is model.");
        Assert.DoesNotContain("secret-1", predict.Json.GetRawText(), StringComparison.Ordinal);
        foreach (string path in (string[])["/v1/models", "/v1/models/numbers", "/v1/models/numbers/versions/1"])
            (await host.GetAsync(path + "?" + new string('x', 900) + "=1")).IsProblem(HttpStatusCode.BadRequest, $"There is no parameter '{new string('x', 40)}…'. This route has none.");
        // Routes of the protocol and of probes belong to others, who may append what they like.
        foreach (string path in (string[])["/v2/models/numbers?x=1", "/v2/models/numbers/ready?x=1", "/health/ready?x=1", "/health/live?x=1", "/openapi/v1.json?x=1"])
            Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("""{"ammount": 1, "merchant": "food", "card_present": true, "paid_at": null}""", "amount", " The row has the field 'ammount', which is no column.")]
    [InlineData("""{"amount": 1, "Merchant": "food", "id": [1, {"amount": 2}], "card_present": true, "paid_at": null}""", "merchant", " The row has fields that are no columns: 'Merchant', 'id'.")]
    [InlineData("""{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1}""", "amount", " The row has 7 fields that are no columns: 'a', 'b', 'c', 'd', 'e', ….")]
    [InlineData("""{"amount": 1, "merchant": "food", "card_present": true}""", "paid_at", null)]
    [InlineData("""{"amount": "1", "x": 1, "merchant": "food", "card_present": true, "paid_at": null}""", "amount", null)]
    public async Task A_missing_column_brings_the_fields_that_may_have_been_meant(string row, string column, string? hint)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed());
        foreach (string body in (string[])[row, $"[{Usual},{row}]", $"[{row},{Usual}]"])
        {
            var answer = (await host.PostAsync("/v1/models/mixed/score", body)).IsProblem(HttpStatusCode.BadRequest, $"column '{column}'");
            AssertHint(answer.Detail);
        }

        using var content = new StringContent($"{Usual}\n{row}\n", System.Text.Encoding.UTF8, "application/x-ndjson");
        using var stream = await host.Client.PostAsync(new Uri("/v1/models/mixed/score", UriKind.Relative), content);
        using var line = System.Text.Json.JsonDocument.Parse((await stream.Content.ReadAsStringAsync()).Split('\n')[1]);
        AssertHint(line.RootElement.GetProperty("error").GetString()!);

        void AssertHint(string text)
        {
            if (hint is null)
                Assert.DoesNotContain("no column", text, StringComparison.Ordinal);
            else
                Assert.EndsWith(hint, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Routes_that_are_none_have_answers_with_bodies()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed("a"), TestModels.Mixed("b", "2"));
        (await host.PostAsync("/v1/models/c/score", "[]")).IsProblem(HttpStatusCode.NotFound, "There is no model 'c'; served are: a/1, b/2.");
        (await host.PostAsync("/v1/models/a/versions/2/score", "[]")).IsProblem(HttpStatusCode.NotFound, "'a' of version '2'");
        (await host.GetAsync("/v1/nothing/here")).IsProblem(HttpStatusCode.NotFound, "There is no route /v1/nothing/here.");
        var wrong = (await host.GetAsync("/v1/models/a/score")).IsProblem(HttpStatusCode.MethodNotAllowed, "Use POST.");
        Assert.Equal("POST", wrong.Response.Content.Headers.Allow.Single());
    }

    internal static float[] ScoresOf(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Json.GetRawText());
        return [.. answer.Json.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("score").GetSingle())];
    }
}
