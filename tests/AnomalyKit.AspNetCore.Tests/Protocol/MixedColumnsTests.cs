using System.Text;
using AnomalyKit.Tests.Hosting;
using static AnomalyKit.AspNetCore.Tests.Protocol.TensorText;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>Models with categories, dates and missing cells: one input per column.</summary>
public sealed class MixedColumnsTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Rows = """
        [{"amount":51.5,"merchant":"books","card_present":true,"paid_at":"2026-03-01T14:05:00"},
        {"amount":null,"merchant":"zürich","card_present":false,"paid_at":"2026-11-28"},
        {"amount":900,"merchant":null,"card_present":null,"paid_at":null}]
        """;

    private readonly ServingHost _host = fixture.Host;

    private static float[] Expected
    {
        get
        {
            var scores = new float[3];
            ProtocolFixture.Mixed.Score(ProtocolFixture.Mixed.Rows.ReadJson(Rows), scores);
            return scores;
        }
    }

    [Theory]
    [InlineData("[3]")]
    [InlineData("[3,1]")]
    public async Task Json_gives_the_scores_of_rows_as_objects(string shape)
    {
        var answer = await _host.InferAsync("mixed", Request(
            Input("paid_at", "BYTES", shape, """["2026-03-01T14:05:00","2026-11-28",null]"""),
            Input("merchant", "BYTES", shape, """["books","z\u00fcrich",null]"""),
            Input("card_present", "BOOL", shape, "[true,false,null]"),
            Input("amount", "FP64", shape, "[51.5,null,900]")));
        Assert.Equal(Expected, answer.Scores);
        Assert.Equal(["score", "label"], answer.OutputNames);
    }

    [Fact]
    public async Task Bytes_do_too_with_empty_texts_and_NaN_for_missing_cells()
    {
        byte[] times = Words("2026-03-01T14:05:00", "2026-11-28", "");
        byte[] words = Words("books", "zürich", "");
        byte[] amounts = Bytes(51.5, double.NaN, 900);
        byte[] present = Bytes(1f, 0f, float.NaN);
        string json = Request(
            BinaryInput("paid_at", "BYTES", "[3]", times.Length), BinaryInput("merchant", "BYTES", "[3]", words.Length),
            BinaryInput("amount", "FP64", "[3]", amounts.Length), BinaryInput("card_present", "FP32", "[3]", present.Length));
        var answer = await _host.InferAsync("mixed", json, [.. times, .. words, .. amounts, .. present]);
        Assert.Equal(Expected, answer.Scores);
    }

    [Theory]
    [InlineData("paid_at", "BYTES", "[\"2026-13-01\"]", "'2026-13-01'")]
    [InlineData("paid_at", "FP64", "[1]", "'paid_at' is of FP64; its column takes BYTES, dates")]
    [InlineData("merchant", "BYTES", "[5]", "'merchant', row 0: 5 is not text")]
    [InlineData("merchant", "INT32", "[5]", "'merchant' is of INT32; its column takes BYTES")]
    [InlineData("card_present", "FP64", "[0.5]", "'card_present', row 0: 0.5 is neither 0 nor 1")]
    [InlineData("card_present", "BYTES", "[\"true\"]", "'card_present' is of BYTES")]
    [InlineData("amount", "BYTES", "[\"5\"]", "'amount' is of BYTES")]
    [InlineData("amount", "BOOL", "[true]", "'amount' is of BOOL")]
    public async Task A_cell_of_the_wrong_kind_is_refused(string column, string type, string data, string expected)
    {
        string[] inputs =
        [
            Input("amount", "FP64", "[1]", "[1]"), Input("merchant", "BYTES", "[1]", "[\"food\"]"), Input("card_present", "BOOL", "[1]", "[true]"),
            Input("paid_at", "BYTES", "[1]", "[\"2026-01-01\"]"),
        ];
        int at = Array.FindIndex(inputs, input => input.Contains($"\"{column}\"", StringComparison.Ordinal));
        inputs[at] = Input(column, type, "[1]", data);
        var answer = await _host.InferAsync("mixed", Request(inputs));
        Assert.Equal(400, answer.Status);
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_tensor_is_not_enough()
    {
        var answer = await _host.InferAsync("mixed", Request(Input("x", "FP64", "[1,4]", "[1,2,3,4]")));
        Assert.Equal(400, answer.Status);
        Assert.Contains("one input per column", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_in_json_that_are_no_utf8_are_refused()
    {
        string json = Request(Input("merchant", "BYTES", "[1]", "[\"?\"]"));
        byte[] body = Encoding.UTF8.GetBytes(json);
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;
        Assert.Equal(400, (await _host.PostAsync("/v2/models/mixed/infer", body, null)).Status);
    }
}
