namespace AnomalyKit.Dashboard.Tables;

/// <summary>Where temporary files of this host lie. They are gone when it stops.</summary>
internal sealed class DashboardPlace : IDisposable
{
    private readonly Lock _gate = new();
    private string? _folder;

    /// <summary>A path for a new file. The folder is made again where the system's cleaning has taken it.</summary>
    public string NewFile(string ending)
    {
        lock (_gate)
        {
            if (!Directory.Exists(_folder))
                _folder = Directory.CreateTempSubdirectory("anomalykit-dashboard-").FullName;
            return Path.Combine(_folder, Guid.NewGuid().ToString("N") + ending);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!Directory.Exists(_folder))
                return;
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A file that is read still; the system's own cleaning takes it.
            }
        }
    }
}
