using AnomalyKit.Tests.Hosting;
using static AnomalyKit.AspNetCore.Tests.Protocol.TensorText;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>Shapes that lie.</summary>
public sealed class ShapeTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ServingHost _host = fixture.Host;

    [Theory]
    [InlineData("[4294967296,4294967296]", "[]")]
    [InlineData("[9223372036854775807,9223372036854775807]", "[]")]
    [InlineData("[4611686018427387904,4]", "[]")]
    [InlineData("[2305843009213693952,4]", "[]")]
    [InlineData("[2305843009213693953,4]", "[1,2,3,4]")]
    [InlineData("[536870912,4]", "[]")]
    [InlineData("[500000000,4]", "[1,2,3,4]")]
    [InlineData("[-1,4]", "[1,2,3,4]")]
    [InlineData("[1,-4]", "[1,2,3,4]")]
    [InlineData("[-1,-4]", "[1,2,3,4]")]
    [InlineData("[-2147483648,-2147483648]", "[]")]
    [InlineData("[2,3]", "[1,2,3,4,5,6]")]
    [InlineData("[4,2]", "[1,2,3,4,5,6,7,8]")]
    [InlineData("[2,4]", "[1,2,3,4]")]
    [InlineData("[1,4]", "[1,2,3,4,5,6,7,8]")]
    [InlineData("[8]", "[1,2,3,4,5,6,7,8]")]
    [InlineData("[1,1,4]", "[1,2,3,4]")]
    [InlineData("[1,4,1,1,1,1,1,1,1,1]", "[1,2,3,4]")]
    [InlineData("[]", "[1]")]
    [InlineData("[0]", "[]")]
    [InlineData("[0,3]", "[]")]
    [InlineData("[4,0]", "[]")]
    [InlineData("[0,4]", "[1]")]
    [InlineData("[18446744073709551617,4]", "[1,2,3,4]")]
    [InlineData("[1e0,4]", "[1,2,3,4]")]
    [InlineData("[1.0,4]", "[1,2,3,4]")]
    [InlineData("[\"1\",4]", "[1,2,3,4]")]
    [InlineData("[null,4]", "[1,2,3,4]")]
    [InlineData("[[1,4]]", "[1,2,3,4]")]
    [InlineData("4", "[1,2,3,4]")]
    [InlineData("null", "[1,2,3,4]")]
    public async Task A_shape_that_is_not_that_of_data_and_model_is_refused(string shape, string data)
    {
        foreach (string type in (string[])["FP64", "FP32", "INT8", "BOOL"])
        {
            var inJson = await _host.InferAsync("numbers", Request(Input("x", type, shape, data)));
            Assert.Equal(400, inJson.Status);
            int count = data.Count(char.IsAsciiDigit);
            var inBytes = await _host.InferAsync("numbers", Request(BinaryInput("x", type, shape, 3 * count)), new byte[3 * count]);
            Assert.Equal(400, inBytes.Status);
        }
    }

    [Fact]
    public async Task No_rows_are_answered_with_empty_outputs()
    {
        var flat = await _host.InferAsync("numbers", Request(Input("x", "FP64", "[0,4]", "[]")));
        var bytes = await _host.InferAsync("numbers", """{"inputs":[{"name":"x","shape":[0,4],"datatype":"FP32","parameters":{"binary_data_size":0}}],"parameters":{"binary_data_output":true}}""", []);
        var columns = await _host.InferAsync("numbers", Request([.. Enumerable.Range(0, 4).Select(i => Input($"v{i}", "FP64", "[0,1]", "[]"))]));
        var mixed = await _host.InferAsync("mixed", Request(
            Input("amount", "FP64", "[0]", "[]"), Input("merchant", "BYTES", "[0]", "[]"), Input("card_present", "BOOL", "[0]", "[]"), Input("paid_at", "BYTES", "[0]", "[]")));
        var explained = await _host.InferAsync("numbers", """{"inputs":[{"name":"x","shape":[0,4],"datatype":"FP64","data":[]}],"outputs":[{"name":"contributions"}]}""");
        foreach (var answer in (ProtocolAnswer[])[flat, bytes, columns, mixed])
        {
            Assert.Equal(200, answer.Status);
            Assert.Equal([0L], answer.Shape("score"));
            Assert.Empty(answer.Scores);
            Assert.Empty(answer.Labels);
        }

        Assert.Equal([0L, 4L], explained.Shape("contributions"));
        Assert.Empty(explained.Doubles("contributions"));
    }

    [Fact]
    public async Task More_rows_than_a_request_may_have_are_refused()
    {
        await using var host = await ServingHost.StartAsync([ProtocolFixture.Numbers], options => options.MaxRequestRows = 2);
        Assert.Equal(200, (await host.InferAsync("numbers", Matrix(new double[8], 4))).Status);
        var answer = await host.InferAsync("numbers", Matrix(new double[12], 4));
        Assert.Equal(413, answer.Status);
        Assert.Contains("more than 2 rows", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_take_more_memory_than_all_requests_may_are_refused()
    {
        await using var host = await ServingHost.StartAsync([ProtocolFixture.Numbers], options => (options.MaxRequestBytes, options.MaxBufferedBytes) = (64 << 10, 100 << 10));
        string json = Request(BinaryInput("x", "INT8", "[12000,4]", 48_000));
        var answer = await host.InferAsync("numbers", json, new byte[48_000]);
        Assert.Equal(413, answer.Status);
        await host.StopAsync();
        Assert.Equal(0, ProtocolFixture.Gate(host).Bytes);
    }
}
