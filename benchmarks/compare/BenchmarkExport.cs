using System.Text.Json;

namespace AnomalyKit.Compare;

/// <summary>One side of a comparison: every benchmark with its runs, read from BenchmarkDotNet's full JSON exports.</summary>
internal sealed class BenchmarkExport
{
    private const string FullExports = "*-report-full*.json";

    private readonly Dictionary<BenchmarkKey, List<BenchmarkRun>> _runs = [];

    private BenchmarkExport()
    {
    }

    public IEnumerable<BenchmarkKey> Keys => _runs.Keys;

    /// <summary>The processor and the runtime that the first file names, for people.</summary>
    public string Environment { get; private set; } = "";

    /// <summary>The runs of a benchmark, failed ones included; none where it is not there.</summary>
    public IReadOnlyList<BenchmarkRun> Runs(BenchmarkKey key) => _runs.GetValueOrDefault(key) ?? [];

    /// <summary>Reads a file, or every full export in a folder and the folders in it. A file is one run of the benchmarks in it.</summary>
    /// <exception cref="CompareException">There is no such file, or it is none of BenchmarkDotNet's full exports.</exception>
    public static BenchmarkExport Load(string path)
    {
        string[] files;
        if (Directory.Exists(path))
        {
            files = [.. Directory.EnumerateFiles(path, FullExports, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            if (files.Length == 0)
            {
                throw new CompareException(
                    $"The folder '{path}' holds no file '{FullExports}'. Run the benchmarks with '--exporters fulljson --artifacts {path}'.");
            }
        }
        else if (File.Exists(path))
        {
            files = [path];
        }
        else
        {
            throw new CompareException($"'{path}' is neither a file nor a folder.");
        }

        var export = new BenchmarkExport();
        foreach (string file in files)
            export.Add(file);
        return export;
    }

    private static BenchmarkKey Key(JsonElement benchmark) => new(
        Text(benchmark, "FullName"),
        benchmark.TryGetProperty("Parameters", out var parameters) ? parameters.GetString() ?? "" : "",
        benchmark.TryGetProperty("DisplayInfo", out var info) ? Job(info.GetString() ?? "") : "");

    /// <summary>The job in a text such as <c>Class.Method: Job-XKQZVP(EnvironmentVariables=A=1) [Rows=10]</c>, without the name that BenchmarkDotNet makes up.</summary>
    private static string Job(string displayInfo)
    {
        int begin = displayInfo.IndexOf(": ", StringComparison.Ordinal);
        if (begin < 0)
            return "";
        string job = displayInfo[(begin + 2)..];
        int end = job.IndexOf(" [", StringComparison.Ordinal);
        if (end >= 0)
            job = job[..end];
        int settings = job.IndexOf('(', StringComparison.Ordinal);
        return settings >= 0 && job.EndsWith(')') ? job[(settings + 1)..^1] : job;
    }

    private static BenchmarkRun Run(JsonElement benchmark)
    {
        IReadOnlyList<double> times = [];
        if (benchmark.TryGetProperty("Statistics", out var statistics) && statistics.ValueKind == JsonValueKind.Object)
        {
            times = [.. Member(statistics, "OriginalValues").EnumerateArray().Select(value => value.GetDouble())];
            if (times.Count == 0 || times.Any(time => !(time > 0 && double.IsFinite(time))))
                throw new FormatException("the times of a benchmark must be positive numbers, one or more");
        }

        double? bytes = null;
        long operations = 0;
        if (benchmark.TryGetProperty("Memory", out var memory) && memory.ValueKind == JsonValueKind.Object)
        {
            operations = Member(memory, "TotalOperations").GetInt64();
            var allocated = Member(memory, "BytesAllocatedPerOperation");
            if (allocated.ValueKind != JsonValueKind.Null)
                bytes = allocated.GetDouble();
        }

        return new BenchmarkRun(times, bytes, operations);
    }

    private static JsonElement Member(JsonElement parent, string name) => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member)
        ? member
        : throw new FormatException($"the member '{name}' is missing");

    private static string Text(JsonElement parent, string name) => Member(parent, name).GetString() ?? throw new FormatException($"the member '{name}' is null");

    private static string Describe(JsonElement root)
    {
        if (!root.TryGetProperty("HostEnvironmentInfo", out var host) || host.ValueKind != JsonValueKind.Object)
            return "";
        string[] names = ["ProcessorName", "LogicalCoreCount", "OsVersion", "RuntimeVersion"];
        return string.Join(", ", names
            .Select(name => host.TryGetProperty(name, out var value) ? name == "LogicalCoreCount" ? $"{value} logical cores" : value.ToString() : "")
            .Where(text => text.Length > 0));
    }

    private void Add(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            var seen = new HashSet<BenchmarkKey>();
            foreach (var benchmark in Member(root, "Benchmarks").EnumerateArray())
            {
                var key = Key(benchmark);
                if (!seen.Add(key))
                    throw new FormatException($"it holds the benchmark {key} twice with the same job, so runs cannot be told apart");
                if (!_runs.TryGetValue(key, out var runs))
                    _runs[key] = runs = [];
                runs.Add(Run(benchmark));
            }

            if (Environment.Length == 0)
                Environment = Describe(root);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new CompareException(
                $"'{file}' cannot be read as a full JSON export of BenchmarkDotNet: {exception.Message} Such files are written by '--exporters fulljson'.", exception);
        }
    }
}
