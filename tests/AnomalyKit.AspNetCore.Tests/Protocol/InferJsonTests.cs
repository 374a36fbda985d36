using AnomalyKit.Tests.Hosting;
using static AnomalyKit.AspNetCore.Tests.Protocol.TensorText;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>Requests whose tensors are in the JSON.</summary>
public sealed class InferJsonTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private static readonly double[] Values = [0.1, -0.2, 0.3, 0.4, 9, -9, 9, -9, 1e-3, 2, 0, -1.5];

    private readonly ServingHost _host = fixture.Host;

    [Fact]
    public async Task By_default_a_request_gets_score_label_and_p_value_of_every_row()
    {
        var answer = await _host.InferAsync("numbers", Matrix(Values, 4, """,  "id": "a7" """));
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.Type);
        Assert.Equal("numbers", answer.Json.GetProperty("model_name").GetString());
        Assert.Equal("1", answer.Json.GetProperty("model_version").GetString());
        Assert.Equal("a7", answer.Json.GetProperty("id").GetString());
        Assert.Equal(["score", "label", "p_value"], answer.OutputNames);
        float[] scores = ProtocolFixture.Scores(Values);
        Assert.Equal(scores, answer.Scores);
        Assert.Equal(scores.Select(score => score > ProtocolFixture.Numbers.Threshold), answer.Labels);
        Assert.Contains(true, answer.Labels);
        Assert.Contains(false, answer.Labels);
        Assert.Equal(scores.Select(ProtocolFixture.Numbers.PValue), answer.Doubles("p_value"));
        Assert.Equal([3L], answer.Shape("score"));
        Assert.Equal("FP32", answer.Output("score").GetProperty("datatype").GetString());
        Assert.Equal("BOOL", answer.Output("label").GetProperty("datatype").GetString());
        Assert.Equal("FP64", answer.Output("p_value").GetProperty("datatype").GetString());
    }

    [Theory]
    [InlineData("[[1,2,3,4],[5,6,7,8]]")]
    [InlineData("[1,2,3,4,5,6,7,8]")]
    [InlineData(" [ [ 1.0 , 2e0,3,4 ]\n,[5,6,7,0.8e1] ] ")]
    public async Task Data_may_be_flat_or_nested(string data)
    {
        var answer = await _host.InferAsync("numbers", Request(Input("x", "FP64", "[2,4]", data)));
        Assert.Equal(ProtocolFixture.Scores([1, 2, 3, 4, 5, 6, 7, 8]), answer.Scores);
    }

    [Theory]
    [InlineData("[[1,2],[3,4],[5,6],[7,8]]")]
    [InlineData("[[1,2,3,4,5,6,7,8]]")]
    [InlineData("[[1,2,3,4],5,6,7,8]")]
    [InlineData("[1,2,3,4,[5,6,7,8]]")]
    [InlineData("[[1,2,3],[4,5,6,7,8]]")]
    [InlineData("[[[1,2,3,4],[5,6,7,8]]]")]
    [InlineData("[[[1],[2],[3],[4]],[[5],[6],[7],[8]]]")]
    [InlineData("[1,2,3,4,5,6,7]")]
    [InlineData("[1,2,3,4,5,6,7,8,9]")]
    [InlineData("[[1,2,3,4],[5,6,7,8],[]]")]
    [InlineData("[]")]
    [InlineData("[{},1,2,3,4,5,6,7]")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task Data_that_is_not_of_the_shape_is_refused(string data)
    {
        var answer = await _host.InferAsync("numbers", Request(Input("x", "FP64", "[2,4]", data)));
        Assert.Equal(400, answer.Status);
        Assert.Equal("application/json", answer.Type);
    }

    [Fact]
    public async Task Fields_may_come_in_any_order_and_unknown_ones_are_left_alone()
    {
        const string Json = """
            {"outputs":[{"parameters":{"x":1},"name":"score","more":[{}]}],"unknown":{"inputs":[1]},"inputs":[
            {"data":[1,2,3,4],"parameters":{"content_type":"np","deep":{"a":[1]}},"datatype":"FP64","shape":[1,4],"name":"x","more":null}],"parameters":{"sequence_id":3},"id":"é"}
            """;
        var answer = await _host.InferAsync("numbers", Json);
        Assert.Equal(["score"], answer.OutputNames);
        Assert.Equal(ProtocolFixture.Scores([1, 2, 3, 4]), answer.Scores);
        Assert.Equal("é", answer.Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Outputs_are_those_that_were_asked_for_in_their_order()
    {
        var answer = await _host.InferAsync("numbers", Matrix(Values, 4, ""","outputs":[{"name":"p_value"},{"name":"label"}]"""));
        Assert.Equal(["p_value", "label"], answer.OutputNames);
        Assert.False(answer.Json.TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Columns_may_come_one_by_one_in_any_order()
    {
        string json = Request(
            Input("v3", "FP32", "[2,1]", "[[4],[8]]"), Input("v1", "INT32", "[2]", "[2,6]"), Input("v0", "UINT8", "[2]", "[1,5]"), Input("v2", "FP64", "[2,1]", "[3,7]"));
        var answer = await _host.InferAsync("numbers", json);
        Assert.Equal(ProtocolFixture.Scores([1, 2, 3, 4, 5, 6, 7, 8]), answer.Scores);
    }

    [Theory]
    [InlineData("[1,2,3,\"4\"]", "'x', row 0, column 'v3': the text '4' is not of datatype FP64")]
    [InlineData("[1,2,3,4,5,6,true,8]", "'x', row 1, column 'v2': true is not of datatype FP64")]
    [InlineData("[1,2,3,4,5,1e400,7,8]", "'x', row 1, column 'v1': 1e400 is not of datatype FP64")]
    [InlineData("[1,2,3,4,5,6,7,null]", "'x': Row 1, column 'v3'")]
    [InlineData("[1,2,3,4,5,6,1e300,8]", "'x': Row 1, column 'v2'")]
    public async Task An_element_that_cannot_be_used_is_named_with_input_row_column_and_value(string data, string expected)
    {
        int rows = data.Split(',').Length / 4;
        var answer = await _host.InferAsync("numbers", Request(Input("x", "FP64", $"[{rows},4]", data)));
        Assert.Equal(400, answer.Status);
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT8", "128")]
    [InlineData("INT8", "-129")]
    [InlineData("UINT8", "-1")]
    [InlineData("UINT8", "256")]
    [InlineData("INT16", "32768")]
    [InlineData("UINT16", "65536")]
    [InlineData("INT32", "2147483648")]
    [InlineData("UINT32", "4294967296")]
    [InlineData("INT64", "9223372036854775808")]
    [InlineData("UINT64", "18446744073709551616")]
    [InlineData("UINT64", "-1")]
    [InlineData("INT64", "1.5")]
    [InlineData("FP32", "1e39")]
    [InlineData("FP16", "70000")]
    [InlineData("BOOL", "2")]
    [InlineData("INT32", "true")]
    public async Task A_number_outside_of_its_datatype_is_refused(string type, string value)
    {
        var answer = await _host.InferAsync("numbers", Request(Input("x", type, "[1,4]", $"[0,0,{value},0]")));
        Assert.Equal(400, answer.Status);
        Assert.Contains($"row 0, column 'v2': {value} is not of datatype {type}", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "an array; an object was expected")]
    [InlineData("{} {}", "not JSON")]
    [InlineData("{\"inputs\":[]}", "There are no inputs")]
    [InlineData("{}", "There are no inputs")]
    [InlineData("{\"inputs\":{}}", "'inputs' is an object")]
    [InlineData("{\"inputs\":[3]}", "is a number; an object was expected")]
    [InlineData("{\"inputs\":[],\"inputs\":[]}", "'inputs' appears twice")]
    [InlineData("{\"id\":7,\"inputs\":[]}", "'id' is a number")]
    [InlineData("{\"id\":\"\\ud800\",\"inputs\":[]}", "UTF-8")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"data\":[]}]}", "has no 'shape'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,4],\"data\":[]}]}", "has no 'datatype'")]
    [InlineData("{\"inputs\":[{\"shape\":[1,4],\"datatype\":\"FP64\",\"data\":[]}]}", "has no 'name'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,4],\"datatype\":\"FP64\"}]}", "has no 'data'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,4],\"datatype\":\"FP65\",\"data\":[1,2,3,4]}]}", "'FP65' is not a datatype")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,4],\"datatype\":\"BYTES\",\"data\":[\"a\",\"b\",\"c\",\"d\"]}]}", "is of BYTES")]
    [InlineData("{\"inputs\":[{\"name\":\"v0\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]}]}", "column 'v1' is missing")]
    [InlineData("{\"inputs\":[{\"name\":\"v0\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]},{\"name\":\"w\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]}]}", "'w' is not a column")]
    [InlineData("{\"inputs\":[{\"name\":\"v0\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]},{\"name\":\"v0\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]}]}", "'v0' appears twice")]
    [InlineData("{\"inputs\":[{\"name\":\"v0\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]},{\"name\":\"v1\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[1,2]}]}", "All columns have the same rows")]
    [InlineData("{\"inputs\":[{\"name\":\"v0\",\"shape\":[1],\"datatype\":\"BOOL\",\"data\":[true]},{\"name\":\"v1\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1]}]}", "'v0' is of BOOL")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,4],\"datatype\":\"FP64\",\"parameters\":{\"shared_memory_region\":\"r\"}}]}", "extension that is not there")]
    [InlineData("{\"outputs\":[{\"name\":\"speed\"}]}", "no output 'speed'")]
    [InlineData("{\"outputs\":[{\"name\":\"score\"},{\"name\":\"score\"}]}", "asked for twice")]
    [InlineData("{\"outputs\":[{}]}", "no 'name'")]
    [InlineData("{\"outputs\":[{\"name\":\"score\",\"parameters\":{\"binary_data\":\"yes\"}}]}", "'binary_data' is a text")]
    public async Task What_is_wrong_with_a_request_is_said(string json, string expected)
    {
        var answer = await _host.InferAsync("numbers", json);
        Assert.Equal(400, answer.Status);
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
        Assert.Equal(["error"], answer.Json.EnumerateObject().Select(field => field.Name));
    }
}
