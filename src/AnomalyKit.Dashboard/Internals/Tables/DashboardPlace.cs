namespace AnomalyKit.Dashboard.Tables;

/// <summary>Where temporary files of this host lie. They are gone when it stops.</summary>
internal sealed class DashboardPlace : IDisposable
{
    private readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("anomalykit-dashboard-").FullName);

    public string NewFile(string ending) => Path.Combine(_folder.Value, Guid.NewGuid().ToString("N") + ending);

    public void Dispose()
    {
        if (!_folder.IsValueCreated)
            return;
        try
        {
            Directory.Delete(_folder.Value, recursive: true);
        }
        catch (IOException)
        {
            // A file that is read still; the system's own cleaning takes it.
        }
    }
}
