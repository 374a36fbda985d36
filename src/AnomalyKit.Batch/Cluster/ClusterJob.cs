using System.Text;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A command of the tool that runs as an array of tasks on a cluster, one for each shard of the rows, with what joins their results behind it.</summary>
/// <remarks>
/// <code>
/// var job = new ClusterJob("jobs/march", shardCount: 12, ["score", "model.akm", "march/", "--out", "march-scores.parquet"]) { Resources = new() { ThreadCount = 4 } };
/// SlurmCluster.Write(job);
/// </code>
/// The number of shards is part of the job, and no task asks the scheduler for it: the shards of a rerun are those of the first run, whichever tasks the rerun has. Immutable.
/// </remarks>
public sealed record ClusterJob
{
    /// <summary>The most shards that a job has.</summary>
    public const int MaxShardCount = Shard.MaxCount;

    private const int MaxNameLength = 40;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _name = "anomalykit";
    private readonly IReadOnlyList<string> _tool = ["anomalykit"];
    private readonly string _workingDirectory = Environment.CurrentDirectory;

    /// <summary>Describes a job.</summary>
    /// <param name="folder">The folder for scripts, logs and the description of the job; it is created when they are written.</param>
    /// <param name="shardCount">The number of shards, from 1 to <see cref="MaxShardCount"/>.</param>
    /// <param name="command"><c>fit</c> or <c>score</c> and what follows it, as on the command line; with <c>--out</c>, and without <c>--shard</c> and <c>--threads</c>, which the job sets.</param>
    /// <param name="thresholdData">
    /// For a fit whose threshold and calibration are found in the scores of all rows: the arguments that name the data once more, and the options that say how it is read. Two more steps score it in
    /// shards and merge the scores. With null, the default, both are estimated from a sample of the rows.
    /// </param>
    /// <exception cref="ArgumentException">The command is none that runs as shards, or has an option that the job sets, or no output; or data for a threshold is given for another command than a fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of shards is outside its range.</exception>
    public ClusterJob(string folder, int shardCount, IReadOnlyList<string> command, IReadOnlyList<string>? thresholdData = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(command);
        if (shardCount is < 1 or > MaxShardCount)
            throw new ArgumentOutOfRangeException(nameof(shardCount), shardCount, $"A job must have between 1 and {MaxShardCount:N0} shards.");
        Folder = CheckText(Path.GetFullPath(folder), nameof(folder));
        ShardCount = shardCount;
        Command = [.. command.Select(argument => CheckText(argument, nameof(command)))];
        ThresholdData = thresholdData?.Select(argument => CheckText(argument, nameof(thresholdData))).ToArray();
        Stages = CommandStages.Of(Command, ThresholdData, shardCount);
    }

    /// <summary>The folder for scripts, logs and the description of the job, as a full path.</summary>
    public string Folder { get; }

    /// <summary>The number of shards.</summary>
    public int ShardCount { get; }

    /// <summary>The command, as on the command line.</summary>
    public IReadOnlyList<string> Command { get; }

    /// <summary>For a fit whose threshold is found in the scores of all rows: the arguments that name the data; null for none.</summary>
    public IReadOnlyList<string>? ThresholdData { get; }

    /// <summary>The steps of the job in their order.</summary>
    public IReadOnlyList<ClusterStage> Stages { get; }

    /// <summary>What the scheduler calls the job: a lower-case letter, then lower-case letters, digits and hyphens, at most 40; <c>anomalykit</c> by default.</summary>
    /// <exception cref="ArgumentException">Another name.</exception>
    public string Name
    {
        get => _name;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length is 0 or > MaxNameLength || !char.IsAsciiLetterLower(value[0]) || value[^1] == '-' || !value.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
                throw new ArgumentException($"'{value}' cannot be the name of a job. Use lower-case letters, digits and hyphens, beginning with a letter and ending without a hyphen, at most {MaxNameLength}.", nameof(value));
            _name = value;
        }
    }

    /// <summary>How the tool is started on the machines of the cluster: a program and its first arguments, for example <c>dotnet</c> and <c>/opt/anomalykit.dll</c>; <c>anomalykit</c> by default.</summary>
    /// <exception cref="ArgumentException">There is no program.</exception>
    public IReadOnlyList<string> Tool
    {
        get => _tool;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count == 0 || string.IsNullOrWhiteSpace(value[0]))
                throw new ArgumentException("Name the program that starts the tool.", nameof(value));
            _tool = [.. value.Select(word => CheckText(word, nameof(value)))];
        }
    }

    /// <summary>The folder that relative paths of the command start from; the current one by default.</summary>
    /// <exception cref="ArgumentException">Not a full path.</exception>
    public string WorkingDirectory
    {
        get => _workingDirectory;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            if (!Path.IsPathFullyQualified(value))
                throw new ArgumentException($"The working directory '{value}' is not a full path. Give one, because a task may start in any folder.", nameof(value));
            _workingDirectory = CheckText(value, nameof(value));
        }
    }

    /// <summary>What each task gets.</summary>
    public ClusterResources Resources { get; init; } = new();

    /// <summary>The kinds of detectors that the job's model may be, by which scores of another model are told apart; those of <see cref="DetectorFile.Catalog"/> by default.</summary>
    /// <remarks>It belongs to the program, not to the job: it is neither written to the job's folder nor compared. Where the model is of a kind that is not listed, scores that are there count as those of this model.</remarks>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ModelCatalog Catalog
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = DetectorFile.Catalog;

    /// <summary>Reads the description of a job that was written before.</summary>
    /// <param name="folder">The folder of the job.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ClusterException">The folder holds no job, or its description is damaged.</exception>
    public static ClusterJob Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return JobFile.Read(Path.GetFullPath(folder));
    }

    /// <summary>Equality compares all that the job says.</summary>
    /// <param name="other">Another job.</param>
    /// <returns>Whether both say the same.</returns>
    public bool Equals(ClusterJob? other) =>
        other is not null && Folder == other.Folder && HasSameSteps(other) && Name == other.Name && Tool.SequenceEqual(other.Tool)
        && WorkingDirectory == other.WorkingDirectory && Resources == other.Resources;

    /// <summary>A hash of folder, name and number of shards.</summary>
    /// <returns>The hash.</returns>
    public override int GetHashCode() => HashCode.Combine(Folder, Name, ShardCount);

    /// <summary>Whether both run the same, however they are started.</summary>
    internal bool HasSameSteps(ClusterJob other) =>
        ShardCount == other.ShardCount && Command.SequenceEqual(other.Command) && (ThresholdData ?? []).SequenceEqual(other.ThresholdData ?? []) && (ThresholdData is null) == (other.ThresholdData is null);

    private static string CheckText(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"'{text.Replace('\0', '?')}' holds a null character, which no command line can.", parameter);
        try
        {
            _ = Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException broken)
        {
            throw new ArgumentException($"'{text}' is not valid Unicode text, so a command line cannot pass it on unchanged. Rename the file or the column.", parameter, broken);
        }

        return text;
    }
}
