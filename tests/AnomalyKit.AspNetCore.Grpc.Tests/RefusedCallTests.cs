using Google.Protobuf;
using Grpc.Core;
using Inference;
using static AnomalyKit.AspNetCore.Grpc.Tests.RawCall;
using static AnomalyKit.AspNetCore.Grpc.Tests.Tensors;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>Calls that cannot be answered get the status that says why.</summary>
public sealed class RefusedCallTests(GrpcFixture fixture) : IClassFixture<GrpcFixture>
{
    [Fact]
    public async Task Raw_and_typed_contents_do_not_mix()
    {
        var request = Raw("numbers", "FP64", [1, 4], Bytes(1d, 2, 3, 4));
        request.Inputs[0].Contents = Doubles(1, 2, 3, 4);
        await AssertInvalidAsync(request, "Use one of the two");
        request.Inputs[0].Contents = new InferTensorContents();
        await AssertInvalidAsync(request, "Use one of the two");
        var half = Request("numbers", Input("v0", "FP64", [1]), Input("v1", "FP64", [1], Doubles(1)));
        half.RawInputContents.Add(ByteString.CopyFrom(Bytes(1d)));
        await AssertInvalidAsync(half, "1 raw_input_contents for 2 inputs");
    }

    [Theory]
    [InlineData(12)]
    [InlineData(35)]
    [InlineData(0)]
    public async Task Raw_bytes_must_be_those_of_the_shape(int bytes)
    {
        await AssertInvalidAsync(Raw("numbers", "FP32", [2, 4], new byte[bytes]), $"32 bytes, and there are {bytes}");
    }

    [Theory]
    [InlineData(4294967296, 4294967296)]
    [InlineData(-1, 4)]
    [InlineData(1, -4)]
    [InlineData(long.MinValue, 2)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(2305843009213693953, 4)]
    [InlineData(2, 3)]
    [InlineData(0, 3)]
    public async Task Shapes_must_be_those_of_data_and_model(long rows, long columns)
    {
        await AssertInvalidAsync(Request("numbers", Input("x", "FP64", [rows, columns], Doubles(1, 2, 3, 4))), "'x'");
        await AssertInvalidAsync(Raw("numbers", "FP64", [rows, columns], Bytes(1d, 2, 3, 4)), "'x'");
        await AssertInvalidAsync(Raw("numbers", "FP64", [rows, columns], []), "'x'");
    }

    [Fact]
    public async Task Contents_must_be_in_the_field_of_the_datatype()
    {
        await AssertInvalidAsync(Request("numbers", Input("x", "FP32", [1, 4], Doubles(1, 2, 3, 4))), "FP32 goes into fp32_contents");
        await AssertInvalidAsync(Request("numbers", Input("x", "FP16", [1, 4], Doubles(1, 2, 3, 4))), "raw_input_contents");
        await AssertInvalidAsync(Request("numbers", Input("x", "FP64", [1, 4])), "fp64_contents has 0");
        var both = Doubles(1, 2, 3, 4);
        both.Fp32Contents.Add(1);
        await AssertInvalidAsync(Request("numbers", Input("x", "FP64", [1, 4], both)), "FP64 goes into fp64_contents");
        var narrow = new InferTensorContents();
        narrow.IntContents.Add([1, 2, 3, 128]);
        await AssertInvalidAsync(Request("numbers", Input("x", "INT8", [1, 4], narrow)), "row 0, column 'v3': 128 is not of datatype INT8");
    }

    [Fact]
    public async Task A_wrong_cell_is_named()
    {
        await AssertInvalidAsync(Request("numbers", Input("x", "FP64", [2, 4], Doubles(1, 2, 3, 4, 5, double.NaN, 7, 8))), "'x': Row 1, column 'v1'");
        await AssertInvalidAsync(Request("numbers", Input("x", "FP65", [1, 4], Doubles(1, 2, 3, 4))), "'FP65' is not a datatype");
        await AssertInvalidAsync(Request("numbers"), "There are no inputs");
        await AssertInvalidAsync(Request("numbers", Input("x", "FP64", [1, 4], Doubles(1, 2, 3, 4))).Asking("speed"), "no output 'speed'");
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [InlineData(new byte[] { 0x0A, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    [InlineData(new byte[] { 0x0A, 0x02, 0xC3, 0x28 })]
    [InlineData(new byte[] { 0x08, 0x01 })]
    [InlineData(new byte[] { 0x0B })]
    [InlineData(new byte[] { 0x0E, 0x01 })]
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 0x2D, 1, 2, 3 })]
    [InlineData(new byte[] { 0x2A, 0x02, 0x1A })]
    public async Task Bytes_that_are_no_message_are_refused(byte[] message)
    {
        var status = await FailAsync(() => InferAsync(fixture.Server.Channel, message));
        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
    }

    [Fact]
    public async Task Packed_numbers_that_end_within_one_are_refused()
    {
        byte[] message = Convert.FromHexString("0A076E756D626572732A1F0A01781205494E5431361A0201042A0F120D01FEFFFFFFFFFF0AFFFF0103CF");
        byte[] whole = [.. message[..^13], 1, 2, 3, 4, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89];
        Assert.Contains("ends within a number", (await FailAsync(() => InferAsync(fixture.Server.Channel, whole))).Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.InvalidArgument, (await FailAsync(() => InferAsync(fixture.Server.Channel, message))).StatusCode);
    }

    [Fact]
    public async Task Millions_of_empty_things_are_refused_before_they_are_made()
    {
        // Tests that run beside this one allocate, too: one of a few tries has to be without much of theirs.
        const long Most = 150_000_000;
        long least = long.MaxValue;
        for (int i = 0; i < 3 && least >= Most; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await RefuseAllAsync();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // Objects for each of them would be hundreds of millions of bytes.
        Assert.InRange(least, 0, Most);
    }

    private async Task RefuseAllAsync()
    {
        byte[] inputs = [.. Enumerable.Repeat((byte[])[0x2A, 0x00], 1_000_000).SelectMany(pair => pair)];
        Assert.Equal(StatusCode.InvalidArgument, (await FailAsync(() => InferAsync(fixture.Server.Channel, inputs))).StatusCode);
        byte[] raw = [.. Enumerable.Repeat((byte[])[0x3A, 0x00], 1_000_000).SelectMany(pair => pair)];
        Assert.Contains("more than", (await FailAsync(() => InferAsync(fixture.Server.Channel, raw))).Detail, StringComparison.Ordinal);
        byte[] texts = [.. Enumerable.Repeat((byte[])[0x42, 0x00], 1_000_000).SelectMany(pair => pair)];
        var request = Request("mixed", Input("merchant", "BYTES", [1]));
        byte[] head = request.Inputs[0].ToByteArray();
        byte[] input = [.. head, 0x2A, .. Varint(texts.Length), .. texts];
        byte[] message = [0x0A, 5, .. "mixed"u8, 0x2A, .. Varint(input.Length), .. input];
        var status = await FailAsync(() => InferAsync(fixture.Server.Channel, message));
        Assert.Contains("bytes_contents has 1000000", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var none = Request("none", Input("x", "FP64", [1, 4], Doubles(1, 2, 3, 4)));
        Assert.Equal(StatusCode.NotFound, (await FailAsync(async () => await fixture.Client.ModelInferAsync(none))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailAsync(async () => await fixture.Client.ModelMetadataAsync(new ModelMetadataRequest { Name = "none" }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await FailAsync(async () => await fixture.Client.ModelReadyAsync(new ModelReadyRequest { Name = "numbers", Version = "9" }))).StatusCode);
    }

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private async Task AssertInvalidAsync(ModelInferRequest request, string expected)
    {
        var status = await FailAsync(async () => await fixture.Client.ModelInferAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        Assert.Contains(expected, status.Detail, StringComparison.Ordinal);
    }
}
