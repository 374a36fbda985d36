using System.Text;
using AnomalyKit.Files;

namespace AnomalyKit;

/// <summary>Files in the folder of a job.</summary>
internal static class JobFolder
{
    public static string Write(ClusterJob job, string name, string text)
    {
        string path = Path.Combine(job.Folder, name);
        using var file = new FileBeside(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(text));
        file.Place();
        return path;
    }

    /// <summary>A file that can be run.</summary>
    public static string WriteScript(ClusterJob job, string name, string text)
    {
        string path = Write(job, name, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }
}
