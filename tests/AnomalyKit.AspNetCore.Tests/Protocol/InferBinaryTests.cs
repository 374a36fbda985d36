using System.Globalization;
using System.Text;
using AnomalyKit.Tests.Hosting;
using static AnomalyKit.AspNetCore.Tests.Protocol.TensorText;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>Requests whose tensors follow the JSON as bytes.</summary>
public sealed class InferBinaryTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private static readonly float[] Values = [1, -2, 3, 0.25f, 9, 9, 9, -9];

    private readonly ServingHost _host = fixture.Host;

    [Fact]
    public async Task Bytes_are_scored_like_the_same_values_in_json()
    {
        var answer = await _host.InferAsync("numbers", Request(BinaryInput("x", "FP32", "[2,4]", 32)), Bytes(Values));
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.Type);
        Assert.Equal(ProtocolFixture.Scores([.. Values.Select(value => (double)value)]), answer.Scores);
    }

    [Fact]
    public async Task Answers_come_as_bytes_where_the_request_says_so()
    {
        const string Json = """{"parameters":{"binary_data_output":true},"inputs":[{"name":"x","shape":[2,4],"datatype":"FP32","parameters":{"binary_data_size":32}}]}""";
        var answer = await _host.InferAsync("numbers", Json, Bytes(Values));
        Assert.Equal("application/octet-stream", answer.Type);
        float[] scores = ProtocolFixture.Scores([.. Values.Select(value => (double)value)]);
        Assert.Equal(scores, answer.Scores);
        Assert.Equal(scores.Select(ProtocolFixture.Numbers.IsAnomaly), answer.Labels);
        Assert.Equal(scores.Select(ProtocolFixture.Numbers.PValue), answer.Doubles("p_value"));
        answer.AssertNothingIsLeft();
    }

    [Fact]
    public async Task An_output_may_come_in_another_way_than_the_others()
    {
        const string Json = """
            {"parameters":{"binary_data_output":true},"inputs":[{"name":"x","shape":[2,4],"datatype":"FP32","parameters":{"binary_data_size":32}}],
            "outputs":[{"name":"p_value","parameters":{"binary_data":false}},{"name":"label"},{"name":"score","parameters":{"binary_data":true}}]}
            """;
        var answer = await _host.InferAsync("numbers", Json, Bytes(Values));
        float[] scores = ProtocolFixture.Scores([.. Values.Select(value => (double)value)]);
        Assert.True(answer.Output("p_value").TryGetProperty("data", out _));
        Assert.False(answer.Output("label").TryGetProperty("data", out _));
        Assert.Equal(scores, answer.Scores);
        Assert.Equal(scores.Select(ProtocolFixture.Numbers.PValue), answer.Doubles("p_value"));
        answer.AssertNothingIsLeft();
    }

    [Fact]
    public async Task Inputs_as_bytes_and_in_json_may_stand_side_by_side()
    {
        string json = Request(
            BinaryInput("v2", "FP64", "[2]", 16), Input("v0", "FP32", "[2]", "[1,5]"), BinaryInput("v1", "INT16", "[2,1]", 4), Input("v3", "INT64", "[2]", "[4,8]"));
        var answer = await _host.InferAsync("numbers", json, [.. Bytes(3d, 7d), .. Bytes<short>(2, 6)]);
        Assert.Equal(ProtocolFixture.Scores([1, 2, 3, 4, 5, 6, 7, 8]), answer.Scores);
    }

    [Theory]
    [InlineData(12, 32)]
    [InlineData(31, 31)]
    [InlineData(33, 33)]
    [InlineData(32, 28)]
    [InlineData(32, 35)]
    [InlineData(32, 0)]
    [InlineData(0, 0)]
    [InlineData(0, 32)]
    [InlineData(4294967328, 32)]
    [InlineData(long.MaxValue, 32)]
    public async Task Sizes_that_do_not_fit_together_are_refused(long announced, int sent)
    {
        var answer = await _host.InferAsync("numbers", Request(BinaryInput("x", "FP32", "[2,4]", announced)), new byte[sent]);
        Assert.Equal(400, answer.Status);
        Assert.Contains("agree", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_must_be_right_together_too()
    {
        string both = Request(BinaryInput("v0", "FP64", "[1]", 8), BinaryInput("v1", "FP64", "[1]", long.MaxValue - 7));
        Assert.Equal(400, (await _host.InferAsync("numbers", both, new byte[8])).Status);
        Assert.Equal(400, (await _host.InferAsync("numbers", both, new byte[16])).Status);
        Assert.Equal(400, (await _host.InferAsync("numbers", Request(BinaryInput("x", "FP32", "[1,4]", -16)), new byte[16])).Status);
        Assert.Equal(400, (await _host.InferAsync("numbers", Request(BinaryInput("x", "FP32", "[1,4]", 16)).Replace("16", "16.5", StringComparison.Ordinal), new byte[16])).Status);
    }

    [Theory]
    [InlineData("9999999")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("10")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    [InlineData("0x40")]
    public async Task A_length_of_the_json_that_is_not_its_length_is_refused(string length)
    {
        var answer = await _host.InferAsync("numbers", Request(BinaryInput("x", "FP32", "[1,4]", 16)), new byte[16], length);
        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task Bytes_need_the_length_of_the_json()
    {
        var answer = await _host.InferAsync("numbers", Request(BinaryInput("x", "FP32", "[1,4]", 16)));
        Assert.Equal(400, answer.Status);
        Assert.Contains(ProtocolClient.LengthHeader, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_no_input_asked_for_are_refused()
    {
        var answer = await _host.InferAsync("numbers", Matrix([1, 2, 3, 4], 4), new byte[3]);
        Assert.Equal(400, answer.Status);
        Assert.Contains("3 bytes follow the JSON", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_and_bytes_of_one_input_are_refused()
    {
        const string Json = """{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP32","data":[1,2,3,4],"parameters":{"binary_data_size":16}}]}""";
        Assert.Equal(400, (await _host.InferAsync("numbers", Json, new byte[16])).Status);
    }

    [Fact]
    public async Task A_million_empty_texts_for_one_element_are_refused_before_they_are_made()
    {
        // The bytes themselves are there several times, on both sides of the connection; a million strings would be more. Other tests allocate, too, so the least of several tries counts.
        const long Most = 36_000_000;
        byte[] prefixes = new byte[4_000_000];
        string json = Request(BinaryInput("merchant", "BYTES", "[1]", prefixes.Length));
        long least = long.MaxValue;
        for (int i = 0; i < 5 && least >= Most; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            var answer = await _host.InferAsync("mixed", json, prefixes);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            Assert.Equal(400, answer.Status);
            Assert.Contains("left over", answer.Error, StringComparison.Ordinal);
        }

        Assert.InRange(least, 0, Most);
    }

    [Theory]
    [InlineData("[2]", new byte[] { 1, 0, 0, 0, 65, 1, 0, 0 })]
    [InlineData("[1]", new byte[] { 5, 0, 0, 0, 65 })]
    [InlineData("[1]", new byte[] { 255, 255, 255, 255, 65 })]
    [InlineData("[1]", new byte[] { 0, 0, 0, 128, 65 })]
    [InlineData("[2]", new byte[] { 252, 255, 255, 255, 0, 0, 0, 0 })]
    [InlineData("[1]", new byte[] { 1, 0, 0, 0, 65, 66 })]
    [InlineData("[1]", new byte[] { 1, 0, 0 })]
    [InlineData("[1]", new byte[] { })]
    [InlineData("[1]", new byte[] { 1, 0, 0, 0, 255 })]
    [InlineData("[1]", new byte[] { 3, 0, 0, 0, 0xED, 0xA0, 0x80 })]
    public async Task Texts_whose_lengths_lead_astray_are_refused(string shape, byte[] bytes)
    {
        string rows = shape;
        string json = Request(
            BinaryInput("merchant", "BYTES", shape, bytes.Length), Input("amount", "FP64", rows, shape == "[1]" ? "[1]" : "[1,2]"),
            Input("card_present", "BOOL", rows, shape == "[1]" ? "[true]" : "[true,true]"), Input("paid_at", "BYTES", rows, shape == "[1]" ? "[\"\"]" : "[\"\",\"\"]"));
        var answer = await _host.InferAsync("mixed", json, bytes);
        Assert.Equal(400, answer.Status);
        Assert.Contains("'merchant'", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_that_is_no_bool_is_named()
    {
        var answer = await _host.InferAsync("numbers", Request(BinaryInput("x", "BOOL", "[2,4]", 8)), [0, 1, 0, 1, 1, 0, 7, 1]);
        Assert.Equal(400, answer.Status);
        Assert.Contains("row 1, column 'v2': the byte 7 is not of datatype BOOL", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infinity_and_NaN_are_named()
    {
        var infinite = await _host.InferAsync("numbers", Request(BinaryInput("x", "FP32", "[1,4]", 16)), Bytes(1f, float.PositiveInfinity, 1f, 1f));
        Assert.Contains("'x': Row 0, column 'v1'", infinite.Error, StringComparison.Ordinal);
        var missing = await _host.InferAsync("numbers", Request(BinaryInput("x", "FP64", "[1,4]", 32)), Bytes(1d, 1d, double.NaN, 1d));
        Assert.Contains("'x': Row 0, column 'v2'", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_body_is_put_together_of_its_pieces()
    {
        const int Rows = 20_000;
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 4 * Rows).Select(_ => random.NextSingle() - 0.5f)];
        var answer = await _host.InferAsync("numbers", Request(BinaryInput("x", "FP32", string.Create(CultureInfo.InvariantCulture, $"[{Rows},4]"), 16L * Rows)), Bytes(values));
        Assert.Equal(ProtocolFixture.Scores([.. values.Select(value => (double)value)]), answer.Scores);
    }

    [Fact]
    public async Task Compressed_bodies_are_read_and_bounded()
    {
        byte[] json = Encoding.UTF8.GetBytes(Request(BinaryInput("x", "FP32", "[2,4]", 32)));
        var compressed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync((byte[])[.. json, .. Bytes(Values)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/numbers/infer") { Content = new ByteArrayContent(compressed.ToArray()) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Add(ProtocolClient.LengthHeader, json.Length.ToString(CultureInfo.InvariantCulture));
        var answer = await _host.SendAsync(request);
        Assert.Equal(ProtocolFixture.Scores([.. Values.Select(value => (double)value)]), answer.Scores);
    }
}
