namespace AnomalyKit.ContractTests.Support;

/// <summary>A folder of a test's own, removed afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("anomalykit-").FullName;

    public IEnumerable<string> Files => Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories);

    public string File(string name) => Path.Combine(_path, name);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
