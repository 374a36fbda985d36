using System.Net;
using AnomalyKit.Tests.Hosting;

namespace AnomalyKit.Tests;

public sealed class PredictTests
{
    [Theory]
    [InlineData("""{"data": [[0, 0, 0, 0], [9, 9, 9, 9], [0.1, -2e-1, 5E-1, 0.0]]}""", "0,1,0")]
    [InlineData("""{"data": [0, 0, 0, 0, 9, 9, 9, 9]}""", "0,1")]
    [InlineData("""{"other": {"data": [1]}, "data": [[9, -9, 9, -9]], "more": [[]]}""", "1")]
    [InlineData("\uFEFF {\"d\\u0061ta\": [[0,0,0,0]]}", "0")]
    [InlineData("""{"data": []}""", "")]
    public async Task Rows_are_answered_as_the_reference_does(string body, string predictions)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        var answer = await host.PostAsync("/predict", body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal(predictions, string.Join(",", answer.Json.GetProperty("predictions").EnumerateArray()));
        Assert.InRange(answer.Json.GetProperty("latency_ms").GetDouble(), 0, 60_000);
        Assert.Equal(2, answer.Json.EnumerateObject().Count());
    }

    [Theory]
    [InlineData("""{"data": [[0, 0, 0, 0], [1, 2, 3]]}""", "Row 1 has 3 values; the model has 4 columns. Give one value per column, in this order: v0, v1, v2, v3.", 1, null, null)]
    [InlineData("""{"data": [[0, 0, 0, 0, 0]]}""", "Row 0 has more than 4 values", 0, null, null)]
    [InlineData("""{"data": [0, 0, 0, 0, 0]}""", "Row 1 has 1 values", 1, null, null)]
    [InlineData("""{"data": [[0, 0, "x", 0]]}""", "Row 0, column 'v2': the value is the text \"x\"; a finite number", 0, "v2", "the text \"x\"")]
    [InlineData("""{"data": [[0, 0, 0, 1e999]]}""", "Row 0, column 'v3': the value is 1e999; a finite number", 0, "v3", "1e999")]
    [InlineData("""{"data": [[0, 0, 0, 1e300]]}""", "Row 0, column 'v3'", 0, "v3", null)]
    [InlineData("""{"data": [[0, null, 0, 0]]}""", "Row 0, column 'v1'", 0, "v1", null)]
    [InlineData("""{"data": [[0, 0, 0, 0], [0, 0, [0], 0]]}""", "Row 1, column 'v2': the value is an array", 1, "v2", "an array")]
    [InlineData("""{"data": [[0, 0, 0, 0], 3]}""", "Row 1: the value is 3; an array of 4 numbers", 1, null, "3")]
    [InlineData("""{"data": [[0, 0, 0, 0], {"v0": 1}]}""", "Row 1: the value is an object", 1, null, "an object")]
    [InlineData("""{"data": {"v0": 1}}""", "the value is an object; an array of rows as 'data' was expected", -1, null, "an object")]
    [InlineData("""{"rows": []}""", "The request has no 'data'", -1, null, null)]
    [InlineData("""{"data": [], "data": []}""", "'data' twice", -1, null, null)]
    [InlineData("""[[1, 2, 3, 4]]""", "an object {\"data\": [[…], …]} was expected", -1, null, "an array")]
    [InlineData("""{"data": [[0, 0, 0, 0]]} x""", "not valid JSON", -1, null, null)]
    [InlineData("""{"data": [[0, 0, 0, 0]""", "not valid JSON", -1, null, null)]
    [InlineData("""{"\uD800": 1, "data": [[NaN]]}""", "", -1, null, null)]
    [InlineData("", "not valid JSON", -1, null, null)]
    public async Task What_is_wrong_is_named(string body, string detail, int row, string? column, string? value)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        var answer = (await host.PostAsync("/predict", body)).IsProblem(HttpStatusCode.BadRequest, detail);
        Assert.Equal(row, answer.Json.TryGetProperty("row", out var number) ? number.GetInt32() : -1);
        Assert.Equal(column, answer.Json.TryGetProperty("column", out var name) ? name.GetString() : null);
        Assert.Equal(value, answer.Json.TryGetProperty("value", out var found) ? found.GetString() : null);
    }

    [Fact]
    public async Task Without_a_default_model_one_must_be_chosen()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers("a"), TestModels.Numbers("b"), TestModels.Mixed());
        (await host.PostAsync("/predict", """{"data": []}""")).IsProblem(HttpStatusCode.NotFound, "Choose one by /predict?model=NAME, or set AnomalyDetection:DefaultModel. Served are: a, b, mixed.");
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/predict?model=b", """{"data": [[0, 0, 0, 0]]}""")).Status);
        (await host.PostAsync("/predict?model=c", """{"data": []}""")).IsProblem(HttpStatusCode.NotFound, "no model 'c'");
        var mixed = (await host.PostAsync("/predict?model=mixed", """{"data": []}""")).IsProblem(HttpStatusCode.BadRequest, "Send rows as objects to /v1/models/mixed/score.");
        Assert.DoesNotContain(": number", mixed.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/predict", """{"data": [[0, "x", 0, 0]]}""", """{"data": [[0, null, 0, 0]]}""", "by a model that takes missing cells, null")]
    [InlineData("/v1/models/numbers/score", """{"rows": [{"v0": 0, "v1": "x", "v2": 0, "v3": 0}]}""", """{"rows": [{"v0": 0, "v1": null, "v2": 0, "v3": 0}]}""", "This model takes no null here")]
    [InlineData("/v1/models/numbers/score", """{"rows": [{"v0": 0, "v2": 0, "v3": 0}]}""", """{"rows": [{"v0": 0, "v1": null, "v2": 0, "v3": 0}]}""", "This model takes no null here")]
    [InlineData("/v2/models/numbers/infer", """{"inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP64", "data": [0, "x", 0, 0]}]}""", """{"inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP64", "data": [0, null, 0, 0]}]}""", "A model that takes missing cells also takes null")]
    public async Task What_is_advised_helps_or_says_when_it_does(string route, string body, string withNull, string advice)
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        string refused = (await host.PostAsync(route, body)).Json.GetRawText();
        // Where rows are objects the message is about this model, otherwise about models.
        Assert.Contains(advice, refused, StringComparison.Ordinal);
        // This model takes none: who sends null is not sent to null again, and is told what a client can do.
        string missing = (await host.PostAsync(route, withNull)).Json.GetRawText().Replace("\\u0027", "'", StringComparison.Ordinal);
        Assert.Contains("Row 0, column 'v1' is missing.", missing, StringComparison.Ordinal);
        Assert.Contains("The model takes no missing cells here. Give the cell a value, leave the row out,", missing, StringComparison.Ordinal);
        Assert.DoesNotContain("null", missing, StringComparison.Ordinal);
        Assert.DoesNotContain("TablePreparation", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_have_a_limit()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options => options.MaxRequestRows = 3);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/predict", """{"data": [[0,0,0,0],[0,0,0,0],[0,0,0,0]]}""")).Status);
        (await host.PostAsync("/predict", """{"data": [[0,0,0,0],[0,0,0,0],[0,0,0,0],[0,0,0,0]]}""")).IsProblem(HttpStatusCode.RequestEntityTooLarge, "more than 3 rows");
        (await host.PostAsync("/predict", """{"data": [0,0,0,0,0,0,0,0,0,0,0,0,0]}""")).IsProblem(HttpStatusCode.RequestEntityTooLarge, "more than 3 rows");
    }
}
