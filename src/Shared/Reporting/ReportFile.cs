using System.Text;
using AnomalyKit.Files;

namespace AnomalyKit.Reporting;

/// <summary>Writes a report by the ending of the file's name.</summary>
internal static class ReportFile
{
    public static void Save(string path, Func<string> json, Func<string> html)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" => json(),
            ".html" or ".htm" => html(),
            var other => throw new ArgumentException($"The file ends in '{other}'; .json or .html was expected.", nameof(path)),
        };
        using var file = new FileBeside(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(text));
        file.Place();
    }
}
