using AnomalyKit.Storage;

namespace AnomalyKit.Outboxes;

/// <summary>Where outboxes lie when nobody says it.</summary>
internal static class OutboxPlace
{
    /// <param name="key">A short name of the server.</param>
    public static string Default(string key)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        // On clusters the home is often on a network, where SQLite cannot lock files.
        foreach (string root in (string[])[home, Path.Combine(Path.GetTempPath(), $"anomalykit-{Environment.UserName}")])
        {
            string folder = Path.Combine(root, "AnomalyKit", "outbox");
            if (root.Length > 0 && TryCreate(folder) && !StorePlace.IsRemote(FileSystems.TypeOf(folder)))
                return Path.Combine(folder, key + ".db");
        }

        throw new RunTrackingException("There is no folder on a local disk in which runs could be kept until the server has them. Name a file with MlflowOptions.OutboxPath.");
    }

    private static bool TryCreate(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
