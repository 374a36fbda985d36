namespace AnomalyKit.Compare.Tests;

/// <summary>Writes exports to a folder of its own and runs the command on them, as the command line does.</summary>
internal sealed class Comparer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anomalykit-compare-").FullName;

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>Adds a run to a side.</summary>
    public Comparer Add(string side, string export)
    {
        string results = Path.Combine(Side(side), Directory.Exists(Side(side)) ? $"{Directory.GetDirectories(Side(side)).Length}" : "0", "results");
        Directory.CreateDirectory(results);
        File.WriteAllText(Path.Combine(results, "Space.Some-report-full.json"), export);
        return this;
    }

    public string Side(string side) => Path.Combine(_folder, side);

    public int Run(params string[] options) => RunOn(Side("base"), Side("head"), options);

    public int RunOn(string before, string after, params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = CompareCommand.Create(output, error).Parse([before, after, .. options]).Invoke();
        Output = output.ToString();
        Error = error.ToString();
        return exitCode;
    }

    /// <summary>The table row of a benchmark.</summary>
    public string Row(string method) => Output.Split('\n').Single(line => line.StartsWith($"| Some.{method} ", StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
