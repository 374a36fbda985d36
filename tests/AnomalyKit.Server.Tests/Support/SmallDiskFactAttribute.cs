namespace AnomalyKit.Server.Tests.Support;

/// <summary>A test on a disk that is filled; skipped, with the reason, where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.MissingReason;
}
