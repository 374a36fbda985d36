using System.ComponentModel;
using System.Diagnostics;

namespace AnomalyKit.Keeping;

/// <summary>A process on a machine.</summary>
/// <param name="Machine">The machine, and of a container the space in which numbers of processes count.</param>
/// <param name="Id">The number.</param>
/// <param name="Started">When it started, in ticks of universal time. It moves when the clock is set: the system counts starts from its own.</param>
internal sealed record ProcessIdentity(string Machine, int Id, long Started)
{
    public static ProcessIdentity Current { get; } = OfCurrent();

    /// <summary>Whether the process certainly lives no more; false where that cannot be told from here.</summary>
    /// <remarks>Where there is a process of this number, it may be another one. Only the lease tells them apart: a start that differs may come from a clock that was set.</remarks>
    public bool IsGone()
    {
        if (Machine != Current.Machine)
            return false;
        try
        {
            using var process = Process.GetProcessById(Id);
            return process.HasExited;
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
