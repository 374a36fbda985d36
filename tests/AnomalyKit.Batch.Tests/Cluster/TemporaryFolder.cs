namespace AnomalyKit.Batch.Tests.Cluster;

/// <summary>A folder whose name holds what shells stumble over, for the time of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("it's a $HOME of \"% jobs\" ").FullName;
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
