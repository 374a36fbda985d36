namespace AnomalyKit.Batch.Tests.Cluster;

/// <summary>Programs that answer as <c>sbatch</c> and <c>squeue</c> do, first on the PATH of this process for the time of a test.</summary>
internal sealed class StandInSlurm : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public StandInSlurm()
    {
        string here = _folder.Path;
        string quoted = Shell.BashText.Quote(here);
        Bash.Program(_folder["sbatch"], $$"""
            cd -- {{quoted}}
            [ ! -e refuse ] || { echo 'sbatch: error: Batch job submission failed: Invalid account' >&2; exit 1; }
            printf '%s\n' "$*" >> asked
            echo "$((100 + $(wc -l < asked)));main"
            """);
        Bash.Program(_folder["squeue"], $$"""
            cd -- {{quoted}}
            for word in "$@"; do
                case "$word" in --jobs=*) job=${word#--jobs=} ;; esac
            done
            [ -e "queue-$job" ] || { echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1; }
            cat "queue-$job"
            """);
        Environment.SetEnvironmentVariable("PATH", $"{here}:{_path}");
    }

    /// <summary>What sbatch was asked for, a line for each call.</summary>
    public string[] Asked => File.Exists(_folder["asked"]) ? File.ReadAllLines(_folder["asked"]) : [];

    /// <summary>Lets sbatch refuse everything.</summary>
    public void Refuse() => File.WriteAllText(_folder["refuse"], "");

    /// <summary>What squeue says of a job: <c>INDEX|STATE|REASON</c> a line.</summary>
    public void Answer(string job, params string[] lines) => File.WriteAllLines(_folder[$"queue-{job}"], lines);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }
}
