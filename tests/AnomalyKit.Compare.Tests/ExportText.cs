using System.Text.Json.Nodes;

namespace AnomalyKit.Compare.Tests;

/// <summary>Exports as BenchmarkDotNet 0.15 writes them, with the members that matter and some that do not.</summary>
internal static class ExportText
{
    public static string Of(params JsonObject[] benchmarks) => new JsonObject
    {
        ["Title"] = "Tests",
        ["HostEnvironmentInfo"] = new JsonObject { ["ProcessorName"] = "Test CPU", ["LogicalCoreCount"] = 2, ["RuntimeVersion"] = ".NET 10.0.1" },
        ["Benchmarks"] = new JsonArray(benchmarks),
    }.ToJsonString();

    public static JsonObject Benchmark(string method, IEnumerable<double>? times, double? bytes = 0, string parameters = "Rows=10", string job = "ShortRun(IterationCount=3)") => new()
    {
        ["DisplayInfo"] = $"Some.{method}: {job} [{parameters}]",
        ["Type"] = "Some",
        ["Method"] = method,
        ["Parameters"] = parameters,
        ["FullName"] = $"Space.Some.{method}({parameters.Replace("=", ": ", StringComparison.Ordinal)})",
        ["Statistics"] = times is null ? null : new JsonObject
        {
            ["OriginalValues"] = new JsonArray([.. times.Select(time => JsonValue.Create(time))]),
            ["Median"] = 1,
        },
        ["Memory"] = new JsonObject { ["TotalOperations"] = 1 << 20, ["BytesAllocatedPerOperation"] = bytes },
        ["Measurements"] = new JsonArray(),
    };
}
