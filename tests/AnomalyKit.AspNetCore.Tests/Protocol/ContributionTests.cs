using System.Text.Json;
using AnomalyKit.Tests.Hosting;
using static AnomalyKit.AspNetCore.Tests.Protocol.TensorText;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>The output that says why.</summary>
public sealed class ContributionTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private static readonly double[] Values = [0.1, -0.2, 0.3, 0.4, 9, -9, 9, -9, 1e-3, 2, 0, -1.5];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Contributions_are_those_of_the_library(bool binary)
    {
        string rest = $$$""","outputs":[{"name":"contributions","parameters":{"binary_data":{{{(binary ? "true" : "false")}}}}},{"name":"score"}]""";
        var answer = await fixture.Host.InferAsync("numbers", Matrix(Values, 4, rest));
        var model = ProtocolFixture.Numbers;
        var table = new FeatureTable(Enumerable.Range(0, 4).Select(i => (TableColumn)new DoubleColumn($"v{i}", (double[])[Values[i], Values[4 + i], Values[8 + i]])));
        var expected = model.Detector.Attribute(table);
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(row => expected.Contributions(row).ToArray()), answer.Doubles("contributions"));
        Assert.Equal([3L, 4L], answer.Shape("contributions"));
        Assert.Equal(ProtocolFixture.Scores(Values), answer.Scores);
        var parameters = answer.Output("contributions").GetProperty("parameters");
        Assert.Equal(["v0", "v1", "v2", "v3"], JsonSerializer.Deserialize<string[]>(parameters.GetProperty("columns").GetString()!)!);
        Assert.Equal(3, parameters.GetProperty("explained_rows").GetInt32());
    }

    [Fact]
    public async Task Categories_and_dates_have_contributions_too()
    {
        string json = Request(
            Input("amount", "FP64", "[2]", "[900,null]"), Input("merchant", "BYTES", "[2]", """["books","?"]"""), Input("card_present", "BOOL", "[2]", "[true,null]"),
            Input("paid_at", "BYTES", "[2]", """["2026-03-01T14:05:00",null]"""));
        var answer = await fixture.Host.InferAsync("mixed", json[..^1] + ""","outputs":[{"name":"contributions"}]}""");
        Assert.Equal([2L, 4L], answer.Shape("contributions"));
        Assert.All(answer.Doubles("contributions"), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public async Task Rows_beyond_the_limit_are_scored_without_contributions()
    {
        await using var host = await ServingHost.StartAsync([ProtocolFixture.Numbers], options => options.MaxExplainedRows = 2);
        var answer = await host.InferAsync("numbers", Matrix(Values, 4, ""","outputs":[{"name":"score"},{"name":"contributions"}]"""));
        Assert.Equal(ProtocolFixture.Scores(Values), answer.Scores);
        double[] contributions = answer.Doubles("contributions");
        Assert.All(contributions[..8], value => Assert.True(double.IsFinite(value)));
        Assert.All(contributions[8..], value => Assert.True(double.IsNaN(value)));
        Assert.Equal(2, answer.Output("contributions").GetProperty("parameters").GetProperty("explained_rows").GetInt32());
    }
}
