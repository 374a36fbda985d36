using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Inference;
using static AnomalyKit.AspNetCore.Grpc.Tests.Tensors;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>Scores over gRPC.</summary>
public sealed class InferTests(GrpcFixture fixture) : IClassFixture<GrpcFixture>
{
    private static readonly double[] Values = [0.1, -0.2, 0.3, 0.4, 9, -9, 9, -9, 1e-3, 2, 0, -1.5];

    [Fact]
    public async Task Typed_contents_are_answered_with_typed_contents()
    {
        var request = Request("numbers", Input("x", "FP64", [3, 4], Doubles(Values)));
        request.Id = "a7";
        var response = await fixture.Client.ModelInferAsync(request);
        float[] scores = GrpcFixture.Scores(Values);
        Assert.Equal("numbers", response.ModelName);
        Assert.Equal("1", response.ModelVersion);
        Assert.Equal("a7", response.Id);
        Assert.Empty(response.RawOutputContents);
        Assert.Equal(["score FP32", "label BOOL", "p_value FP64"], response.Outputs.Select(output => $"{output.Name} {output.Datatype}"));
        Assert.All(response.Outputs, output => Assert.Equal([3L], output.Shape));
        Assert.Equal(scores, response.Scores());
        Assert.Equal(scores.Select(GrpcFixture.Numbers.IsAnomaly), response.Outputs[1].Contents.BoolContents);
        Assert.Equal(scores.Select(GrpcFixture.Numbers.PValue), response.Outputs[2].Contents.Fp64Contents);
    }

    [Fact]
    public async Task Raw_contents_are_answered_with_raw_contents()
    {
        float[] values = [.. Values.Select(value => (float)value)];
        var response = await fixture.Client.ModelInferAsync(Raw("numbers", "FP32", [3, 4], Bytes(values)).Asking("label", "score"));
        float[] scores = GrpcFixture.Scores([.. values.Select(value => (double)value)]);
        Assert.Equal(2, response.RawOutputContents.Count);
        Assert.All(response.Outputs, output => Assert.Null(output.Contents));
        Assert.Equal(scores.Select(score => GrpcFixture.Numbers.IsAnomaly(score) ? (byte)1 : (byte)0), response.RawOutputContents[0].ToByteArray());
        Assert.Equal(scores, response.Scores());
    }

    [Theory]
    [InlineData("BOOL")]
    [InlineData("INT8")]
    [InlineData("INT16")]
    [InlineData("INT32")]
    [InlineData("INT64")]
    [InlineData("UINT8")]
    [InlineData("UINT16")]
    [InlineData("UINT32")]
    [InlineData("UINT64")]
    [InlineData("FP32")]
    public async Task Every_datatype_has_its_field(string type)
    {
        int[] values = type == "BOOL" ? [1, 0, 1, 1] : type[0] == 'U' ? [1, 2, 3, 100] : [-1, 2, -3, 100];
        var contents = new InferTensorContents();
        switch (type)
        {
            case "BOOL":
                contents.BoolContents.Add(values.Select(value => value == 1));
                break;
            case "INT64":
                contents.Int64Contents.Add(values.Select(value => (long)value));
                break;
            case "UINT64":
                contents.Uint64Contents.Add(values.Select(value => (ulong)value));
                break;
            case "FP32":
                contents.Fp32Contents.Add(values.Select(value => (float)value));
                break;
            default:
                if (type[0] == 'U')
                    contents.UintContents.Add(values.Select(value => (uint)value));
                else
                    contents.IntContents.Add(values);
                break;
        }

        var response = await fixture.Client.ModelInferAsync(Request("numbers", Input("x", type, [1, 4], contents)));
        Assert.Equal(GrpcFixture.Scores([.. values.Select(value => (double)value)]), response.Scores());
    }

    [Fact]
    public async Task Columns_of_all_kinds_come_one_by_one()
    {
        var bytes = (string[] texts) =>
        {
            var contents = new InferTensorContents();
            contents.BytesContents.Add(texts.Select(ByteString.CopyFromUtf8));
            return contents;
        };
        var present = new InferTensorContents();
        present.BoolContents.Add([true, false]);
        var response = await fixture.Client.ModelInferAsync(Request(
            "mixed",
            Input("paid_at", "BYTES", [2], bytes(["2026-03-01T14:05:00", ""])),
            Input("merchant", "BYTES", [2, 1], bytes(["zürich", ""])),
            Input("card_present", "BOOL", [2], present),
            Input("amount", "FP64", [2], Doubles(51.5, double.NaN))).Asking("score", "contributions"));
        var expected = new float[2];
        GrpcFixture.Mixed.Score(
            GrpcFixture.Mixed.Rows.ReadJson("""
                [{"amount":51.5,"merchant":"zürich","card_present":true,"paid_at":"2026-03-01T14:05:00"},{"amount":null,"merchant":null,"card_present":false,"paid_at":null}]
                """),
            expected);
        Assert.Equal(expected, response.Scores());
        var contributions = response.Outputs[1];
        Assert.Equal([2L, 4L], contributions.Shape);
        Assert.Equal(8, contributions.Contents.Fp64Contents.Count);
        Assert.Equal(["amount", "merchant", "card_present", "paid_at"], JsonSerializer.Deserialize<string[]>(contributions.Parameters["columns"].StringParam)!);
        Assert.Equal(2, contributions.Parameters["explained_rows"].Int64Param);
    }

    [Fact]
    public async Task Packed_fields_may_come_in_pieces_or_one_by_one()
    {
        // What a writer may do and the generated one does not: [1, 2] packed, then 3, then [4] packed.
        var contents = new MemoryStream();
        var output = new CodedOutputStream(contents);
        output.WriteTag(7, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Bytes(1d, 2d)));
        output.WriteTag(7, WireFormat.WireType.Fixed64);
        output.WriteDouble(3);
        output.WriteTag(7, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Bytes(4d)));
        output.Flush();
        var parsed = InferTensorContents.Parser.ParseFrom(contents.ToArray());
        Assert.Equal([1, 2, 3, 4], parsed.Fp64Contents);
        var input = new MemoryStream();
        input.Write(Input("x", "FP64", []).ToByteArray());
        var message = new CodedOutputStream(input);
        message.WriteTag(3, WireFormat.WireType.Varint);
        message.WriteInt64(1);
        message.WriteTag(3, WireFormat.WireType.Varint);
        message.WriteInt64(4);
        message.WriteTag(5, WireFormat.WireType.LengthDelimited);
        message.WriteBytes(ByteString.CopyFrom(contents.ToArray()));
        message.Flush();
        var whole = new MemoryStream();
        var request = new CodedOutputStream(whole);
        request.WriteTag(1, WireFormat.WireType.LengthDelimited);
        request.WriteString("numbers");
        request.WriteTag(5, WireFormat.WireType.LengthDelimited);
        request.WriteBytes(ByteString.CopyFrom(input.ToArray()));
        request.Flush();
        var response = await RawCall.InferAsync(fixture.Server.Channel, whole.ToArray());
        Assert.Equal(GrpcFixture.Scores(1, 2, 3, 4), response.Scores());
    }

    [Fact]
    public async Task No_rows_are_answered_with_empty_outputs()
    {
        var response = await fixture.Client.ModelInferAsync(Request("numbers", Input("x", "FP64", [0, 4], Doubles())));
        Assert.Equal([0L], response.Outputs[0].Shape);
        Assert.Empty(response.Scores());
        Assert.Empty((await fixture.Client.ModelInferAsync(Raw("numbers", "FP32", [0, 4], []))).Scores());
    }

    [Fact]
    public async Task Unknown_fields_and_parameters_are_left_alone()
    {
        var request = Request("numbers", Input("x", "FP64", [1, 4], Doubles(1, 2, 3, 4)));
        request.Parameters.Add("timeout", new InferParameter { Int64Param = 7 });
        request.Inputs[0].Parameters.Add("content_type", new InferParameter { StringParam = "np" });
        byte[] unknown = [.. request.ToByteArray(), 0x98, 0x06, 0x01, 0xA2, 0x06, 0x03, 1, 2, 3, 0xAD, 0x06, 1, 2, 3, 4, 0xB1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal(GrpcFixture.Scores(1, 2, 3, 4), (await RawCall.InferAsync(fixture.Server.Channel, unknown)).Scores());
    }

    [Fact]
    public async Task Texts_of_raw_contents_are_read()
    {
        var request = Request(
            "mixed", Input("amount", "FP64", [1]), Input("merchant", "BYTES", [1]), Input("card_present", "BOOL", [1]), Input("paid_at", "BYTES", [1]));
        request.RawInputContents.Add([
            ByteString.CopyFrom(Bytes(51.5)), ByteString.CopyFrom([5, 0, 0, 0, .. Encoding.UTF8.GetBytes("books")]), ByteString.CopyFrom(1),
            ByteString.CopyFrom([10, 0, 0, 0, .. Encoding.UTF8.GetBytes("2026-11-28")]),
        ]);
        var expected = new float[1];
        GrpcFixture.Mixed.Score(GrpcFixture.Mixed.Rows.ReadJson("""{"amount":51.5,"merchant":"books","card_present":true,"paid_at":"2026-11-28"}"""), expected);
        Assert.Equal(expected, (await fixture.Client.ModelInferAsync(request)).Scores());
    }
}
