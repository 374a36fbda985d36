using System.ComponentModel;
using System.Diagnostics;

namespace AnomalyKit.Keeping;

/// <summary>A process on a machine. Numbers of processes are used again, so the time of its start belongs to it.</summary>
/// <param name="Machine">The machine, and of a container the space in which numbers of processes count.</param>
/// <param name="Id">The number.</param>
/// <param name="Started">When it started, in ticks of universal time.</param>
internal sealed record ProcessIdentity(string Machine, int Id, long Started)
{
    // The system counts starts in hundredths of a second since its own start, which moves when the clock is set.
    private static readonly long Tolerance = TimeSpan.FromSeconds(2).Ticks;

    public static ProcessIdentity Current { get; } = OfCurrent();

    /// <summary>Whether the process certainly lives no more; false where that cannot be told from here.</summary>
    public bool IsGone()
    {
        if (Machine != Current.Machine)
            return false;
        try
        {
            using var process = Process.GetProcessById(Id);
            return Math.Abs(process.StartTime.ToUniversalTime().Ticks - Started) > Tolerance;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    private static ProcessIdentity OfCurrent()
    {
        using var process = Process.GetCurrentProcess();
        string? space = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;
        return new ProcessIdentity(space is null ? Environment.MachineName : $"{Environment.MachineName} {space}", process.Id, process.StartTime.ToUniversalTime().Ticks);
    }
}
