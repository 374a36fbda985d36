using System.Globalization;
using System.Text;
using AnomalyKit.Tests.Hosting;
using AnomalyKit.Tests.Tables;
using static AnomalyKit.AspNetCore.Tests.Protocol.TensorText;

namespace AnomalyKit.AspNetCore.Tests.Protocol;

/// <summary>Damaged requests: an answer of 200 or 4xx each, never a failure of the server, never more memory than the limits allow.</summary>
/// <remarks>Alone: the memory is that of the whole process.</remarks>
[CollectionDefinition(nameof(MutatedRequestTests), DisableParallelization = true)]
[Collection(nameof(MutatedRequestTests))]
public sealed class MutatedRequestTests
{
    /// <summary>How many requests to damage; a few thousand unless the environment says otherwise.</summary>
    private const string CountVariable = "ANOMALYKIT_MUTATIONS";

    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable(CountVariable), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 3000;

    [Fact]
    public async Task Damaged_json_and_bytes_are_answered()
    {
        await using var host = await ServingHost.StartAsync(
            [TestModels.Numbers(), TestModels.Mixed()], options => (options.MaxRequestBytes, options.MaxBufferedBytes, options.MaxRequestRows) = (1 << 20, 4 << 20, 1000));
        var seeds = Seeds();
        var statuses = new int[600];
        long peak = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            var (path, body, length) = seeds[i % seeds.Count];
            byte[] damaged = Mutations.Apply(body, i);
            if (i % 5 == 0)
                damaged = Mutations.Apply(damaged.Length == 0 ? body : damaged, i + 1);
            string? header = length is { } known ? (i % 7 == 0 ? i.ToString(CultureInfo.InvariantCulture) : known.ToString(CultureInfo.InvariantCulture)) : i % 11 == 0 ? damaged.Length.ToString(CultureInfo.InvariantCulture) : null;
            var answer = await host.PostAsync(path, damaged, header);
            Interlocked.Increment(ref statuses[answer.Status]);
            if (answer.Status != 200)
                Assert.NotEqual("", answer.Error);
            if (i % 500 == 0)
                InterlockedMax(ref peak, GC.GetTotalMemory(forceFullCollection: false));
        });

        Assert.Equal(Count, statuses[200] + statuses[400] + statuses[404] + statuses[413]);
        Assert.True(statuses[200] > 0 && statuses[400] > Count / 3, $"200: {statuses[200]}, 400: {statuses[400]}");
        await host.StopAsync();
        host.Log.HasNoProblems();
        Assert.True(peak < 600L << 20, $"{peak} bytes");
        Assert.Equal(0, ProtocolFixture.Gate(host).Bytes);
        Assert.Equal(0, ProtocolFixture.Gate(host).Scoring);
    }

    private static List<(string Path, byte[] Body, int? Length)> Seeds()
    {
        var random = new Random(1);
        float[] singles = [.. Enumerable.Range(0, 40).Select(_ => random.NextSingle())];
        byte[] words = Words("books", "food", "zürich", "");
        string binary = """{"id":"a","parameters":{"binary_data_output":true},"inputs":[{"name":"x","shape":[10,4],"datatype":"FP32","parameters":{"binary_data_size":160}}],"outputs":[{"name":"score","parameters":{"binary_data":false}},{"name":"contributions"}]}""";
        string texts = Request(
            BinaryInput("merchant", "BYTES", "[4]", words.Length), Input("amount", "FP32", "[4,1]", "[[1],[2],[null],[4e2]]"), Input("card_present", "BOOL", "[4]", "[true,false,null,1]"),
            Input("paid_at", "BYTES", "[4]", """["2026-01-01","2026-01-01T10:00:00",null,"\u0000"]""").Replace("\"\\u0000\"", "\"\"", StringComparison.Ordinal));
        return
        [
            ("/v2/models/numbers/infer", Encoding.UTF8.GetBytes(Matrix([.. singles.Take(12).Select(value => (double)value)], 4, ""","id":"b","outputs":[{"name":"score"},{"name":"label"}]""")), null),
            ("/v2/models/numbers/infer", Encoding.UTF8.GetBytes(Request(Input("x", "INT32", "[2,4]", "[[1,2,3,4],[5,6,7,8]]"))), null),
            ("/v2/models/numbers/versions/1/infer", [.. Encoding.UTF8.GetBytes(binary), .. Bytes(singles)], binary.Length),
            ("/v2/models/mixed/infer", [.. Encoding.UTF8.GetBytes(texts), .. words], Encoding.UTF8.GetByteCount(texts)),
        ];
    }

    private static void InterlockedMax(ref long target, long value)
    {
        long seen = Interlocked.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var now && now != seen)
            seen = now;
    }
}
