namespace AnomalyKit.Batch.Tests.Cluster;

/// <summary>A test that runs scripts with bash: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BashFactAttribute : FactAttribute
{
    public BashFactAttribute()
    {
        if (!File.Exists("/bin/bash"))
            Skip = "There is no /bin/bash, which Slurm runs the scripts with.";
    }
}
