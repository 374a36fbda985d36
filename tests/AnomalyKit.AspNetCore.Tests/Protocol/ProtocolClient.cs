using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AnomalyKit.Tests.Hosting;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>Sends requests of the protocol as bytes, right or wrong.</summary>
internal static class ProtocolClient
{
    public const string LengthHeader = "Inference-Header-Content-Length";

    public static Task<ProtocolAnswer> InferAsync(this ServingHost host, string model, string json) => host.PostAsync($"/v2/models/{model}/infer", Encoding.UTF8.GetBytes(json), null);

    /// <summary>JSON, and bytes behind it.</summary>
    public static Task<ProtocolAnswer> InferAsync(this ServingHost host, string model, string json, byte[] bytes, string? length = null) =>
        host.PostAsync($"/v2/models/{model}/infer", [.. Encoding.UTF8.GetBytes(json), .. bytes], length ?? Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture));

    public static async Task<ProtocolAnswer> PostAsync(this ServingHost host, string path, byte[] body, string? length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(length is null ? "application/json" : "application/octet-stream");
        if (length is not null)
            request.Headers.TryAddWithoutValidation(LengthHeader, length);
        return await host.SendAsync(request);
    }

    public static async Task<ProtocolAnswer> GetAsync(this ServingHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await host.SendAsync(request);
    }

    public static async Task<ProtocolAnswer> SendAsync(this ServingHost host, HttpRequestMessage request)
    {
        using var response = await host.Client.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        int? length = response.Headers.TryGetValues(LengthHeader, out var values) ? int.Parse(values.Single(), CultureInfo.InvariantCulture) : null;
        return new ProtocolAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, length);
    }
}

/// <summary>An answer: JSON, and the bytes behind it.</summary>
internal sealed class ProtocolAnswer
{
    private readonly byte[] _bytes;

    public ProtocolAnswer(HttpStatusCode status, string? type, byte[] body, int? jsonLength)
    {
        Status = (int)status;
        Type = type;
        Json = JsonDocument.Parse(body.AsMemory(0, jsonLength ?? body.Length)).RootElement;
        _bytes = body[(jsonLength ?? body.Length)..];
    }

    public int Status { get; }

    public string? Type { get; }

    public JsonElement Json { get; }

    public string Error => Json.GetProperty("error").GetString()!;

    public JsonElement Output(string name) => Json.GetProperty("outputs").EnumerateArray().Single(output => output.GetProperty("name").GetString() == name);

    public string[] OutputNames => [.. Json.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()!)];

    public float[] Scores => IsBinary("score") ? Values<float>("score") : [.. Output("score").GetProperty("data").EnumerateArray().Select(value => value.GetSingle())];

    public bool[] Labels => IsBinary("label") ? [.. Values<byte>("label").Select(value => value == 1)] : [.. Output("label").GetProperty("data").EnumerateArray().Select(value => value.GetBoolean())];

    public double[] Doubles(string name) => IsBinary(name)
        ? Values<double>(name)
        : [.. Output(name).GetProperty("data").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    public long[] Shape(string name) => [.. Output(name).GetProperty("shape").EnumerateArray().Select(value => value.GetInt64())];

    /// <summary>All bytes behind the JSON belong to an output.</summary>
    public void AssertNothingIsLeft() => Assert.Equal(_bytes.Length, Json.GetProperty("outputs").EnumerateArray().Sum(Size));

    private bool IsBinary(string name) => !Output(name).TryGetProperty("data", out _);

    private T[] Values<T>(string name)
        where T : unmanaged
    {
        int start = Json.GetProperty("outputs").EnumerateArray().TakeWhile(output => output.GetProperty("name").GetString() != name).Sum(Size);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(start, Size(Output(name)))).ToArray();
    }

    private static int Size(JsonElement output) =>
        output.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty("binary_data_size", out var size) ? size.GetInt32() : 0;
}
