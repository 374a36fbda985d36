using System.Diagnostics;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Server.Tests.Support;

/// <summary>A file system of one MiB in memory, which can be filled without harm to others. Mounting takes Linux and root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Missing = new(Try);

    private readonly TempFolder _folder = new();

    public SmallDisk()
    {
        Root = Path.GetDirectoryName(_folder.File("disk/mounted"))!;
        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Root) is { } problem)
        {
            _folder.Dispose();
            throw new InvalidOperationException(problem);
        }
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? MissingReason => Missing.Value;

    public string Root { get; }

    public string File(string name)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Takes all space but so many bytes, or a page more.</summary>
    public void Fill(int left)
    {
        using var ballast = new FileStream(File(".ballast"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] page = new byte[4096];
        while (new DriveInfo(Root).AvailableFreeSpace > left + page.Length)
            ballast.Write(page);
    }

    public void Empty() => System.IO.File.Delete(File(".ballast"));

    public void Dispose()
    {
        // Whoever still reads a file keeps the file system for as long, and no longer.
        Run("umount", "-l", Root);
        _folder.Dispose();
    }

    private static string? Try()
    {
        try
        {
            if (!OperatingSystem.IsLinux())
                return "Needs a file system of its own, as Linux mounts one.";
            using var disk = new SmallDisk();
            disk.Fill(0);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return $"Needs a file system of its own, which cannot be mounted here: {e.Message.Trim()}";
        }
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
