using System.Diagnostics;
using AnomalyKit.Keeping;
using AnomalyKit.Naming;
using AnomalyKit.Storage;

namespace AnomalyKit;

/// <summary>Keeps runs in a file of SQLite, which any number of processes of one machine share.</summary>
/// <remarks>
/// <para>What a call returned from is in the file, and survives the end of the process however it comes. Starts and ends of runs, artifacts and registered models survive a power failure as well, with everything that was logged before them.</para>
/// <para>Contents of artifacts lie in the folder <c>FILE.artifacts</c> beside the file. Copy both to copy a store.</para>
/// <para>The file must be on a disk of this machine: network file systems are refused, because SQLite cannot lock files there. Safe for any number of threads.</para>
/// </remarks>
public sealed partial class RunStore : ITrackingStore
{
    private readonly TimeProvider _time;
    private readonly RunOwner _owner;
    private readonly ArtifactFolder _artifacts;
    private readonly HashSet<StoredRun> _open = [];

    private RunStore(StoreFile file, RunStoreOptions options)
    {
        File = file;
        _time = options.Time;
        _owner = new RunOwner(file, options.Time, options.Lease);
        _artifacts = new ArtifactFolder(file.Path);
    }

    /// <summary>The store's file.</summary>
    public string Path => File.Path;

    /// <summary>The file, for tables of other parts beside those of the runs.</summary>
    internal StoreFile File { get; }

    /// <summary>Where contents of artifacts lie.</summary>
    internal ArtifactFolder Artifacts => _artifacts;

    /// <summary>The number of this process in the file; null where no run was started.</summary>
    internal long? OwnerId => _owner.Id;

    /// <summary>Opens a store; a file that is not there is created.</summary>
    /// <param name="path">The file; customary is <c>.db</c>. Its folder must be there.</param>
    /// <param name="options">How long to wait for other processes, and when their runs count as lost.</param>
    /// <returns>The store; dispose of it to let go of the file.</returns>
    /// <exception cref="RunTrackingException">The file cannot be opened, is not a store of runs, was written by a newer version, or is on a network file system.</exception>
    public static RunStore Open(string path, RunStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new RunStoreOptions();
        var store = new RunStore(StoreFile.Open(path, options.File with { BusyTimeout = options.BusyTimeout }, RunSchema.Part), options);
        try
        {
            store.Artifacts.SweepBeside();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They are somebody else's, and only take room.
            Debug.WriteLine(e);
        }

        return store;
    }

    /// <summary>Opens a store only to read it: the file is not created, upgraded or written, and no writer waits for a reader.</summary>
    /// <param name="path">The file; it must be there.</param>
    /// <param name="options">How long to wait for other processes, and when their runs count as lost.</param>
    /// <returns>The store; calls that write throw a <see cref="RunTrackingException"/>. Dispose of it to let go of the file.</returns>
    /// <exception cref="RunTrackingException">There is no such file, it is not a store of runs, was written by another version, or is on a network file system.</exception>
    public static RunStore OpenReadOnly(string path, RunStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!System.IO.File.Exists(path))
            throw new RunTrackingException($"There is no store of runs '{path}'. Name the file that the runs were kept in.");
        options ??= new RunStoreOptions();
        return new RunStore(StoreFile.Open(path, options.File with { BusyTimeout = options.BusyTimeout, IsReadOnly = true }, RunSchema.Part), options);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A name or value cannot be kept.</exception>
    /// <exception cref="RunTrackingException">The store could not be written.</exception>
    public ITrackedRun StartRun(RunStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        KeptNames.CheckTitle("experiment", start.Experiment);
        if (start.Name is not null)
            KeptNames.CheckTitle("run", start.Name);
        RunWriter.Check(start.Parameters, "parameter");
        RunWriter.Check(start.Tags, "tag");
        long owner = _owner.Register();
        string id = Guid.NewGuid().ToString("N");
        long number = File.Write(
            session =>
            {
                long run = RunWriter.Insert(session, id, start, owner, Now);
                RunWriter.Parameters(session, run, id, start.Parameters);
                foreach (var (name, value) in start.Tags)
                    RunWriter.Tag(session, run, name, value);
                return run;
            },
            isFlushed: true);
        var stored = new StoredRun(this, number, id);
        lock (_open)
            _open.Add(stored);
        return stored;
    }

    /// <summary>Does nothing: what was logged is in the file.</summary>
    /// <param name="cancellationToken">Not looked at.</param>
    /// <returns>A completed task.</returns>
    public Task FlushAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Reads the whole file and all contents of artifacts, and checks them.</summary>
    /// <returns>What is wrong, a line each; nothing where all is well.</returns>
    public IReadOnlyList<string> Verify()
    {
        var problems = File.Verify();
        if (problems.Count > 0)
            return problems;
        var contents = File.Read(session => session.List(
            "SELECT hash, length, min(path) FROM artifacts GROUP BY hash, length ORDER BY hash", row => (Hash: row.GetString(0), Length: row.GetInt64(1), Path: row.GetString(2))));
        return
        [
            .. contents.Select(content => (content.Path, Problem: _artifacts.ProblemOf(content.Hash, content.Length)))
                .Where(found => found.Problem is not null).Select(found => $"The artifact '{found.Path}' {found.Problem}"),
        ];
    }

    /// <summary>Ends the runs that were not ended, as failed, and lets go of the file.</summary>
    public void Dispose()
    {
        try
        {
            EndOpenRuns();
        }
        finally
        {
            _owner.Dispose();
            File.Dispose();
        }
    }

    /// <summary>The clock.</summary>
    internal TimeProvider Time => _time;

    /// <summary>The time in ticks.</summary>
    internal long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>Ends the runs that were not ended, as failed.</summary>
    internal void EndOpenRuns()
    {
        StoredRun[] open;
        lock (_open)
            open = [.. _open];
        foreach (var run in open)
            run.Dispose();
    }

    internal void Forget(StoredRun run)
    {
        lock (_open)
            _open.Remove(run);
    }
}
