namespace AnomalyKit;

/// <summary>What one task of a cluster gets. Immutable; equality compares options.</summary>
public sealed record ClusterResources
{
    private readonly int _threadCount = 1;
    private readonly long? _memoryBytes;
    private readonly TimeSpan? _timeLimit;
    private readonly int? _maxConcurrent;
    private readonly string? _queue;

    /// <summary>The processors of a task, which are also its threads, from 1 to 1,024; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range.</exception>
    public int ThreadCount
    {
        get => _threadCount;
        init
        {
            if (value is < 1 or > 1024)
                throw new ArgumentOutOfRangeException(nameof(value), value, "A task must have between 1 and 1,024 threads.");
            _threadCount = value;
        }
    }

    /// <summary>The memory of a task in bytes, at least 256 MiB; null, the default, leaves it to the cluster. Of it, 80 % are for managed memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 256 MiB.</exception>
    public long? MemoryBytes
    {
        get => _memoryBytes;
        init
        {
            if (value < 256L << 20)
                throw new ArgumentOutOfRangeException(nameof(value), value, "A task needs at least 268,435,456 bytes (256 MiB) of memory.");
            _memoryBytes = value;
        }
    }

    /// <summary>How long a task may run, from one minute to 365 days; null, the default, leaves it to the cluster.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range.</exception>
    public TimeSpan? TimeLimit
    {
        get => _timeLimit;
        init
        {
            if (value is { } limit && (limit < TimeSpan.FromMinutes(1) || limit > TimeSpan.FromDays(365)))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The time limit must be between one minute and 365 days.");
            _timeLimit = value;
        }
    }

    /// <summary>How many tasks run at once, at least 1; null, the default, for as many as there is room for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int? MaxConcurrent
    {
        get => _maxConcurrent;
        init
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(nameof(value), value, "The number of tasks that run at the same time must be at least 1.");
            _maxConcurrent = value;
        }
    }

    /// <summary>The queue (Slurm: the partition, or several separated by commas); null, the default, for the usual one. Kubernetes has none.</summary>
    /// <exception cref="ArgumentException">Empty, or with characters other than letters, digits and <c>. _ , + : @ -</c>.</exception>
    public string? Queue
    {
        get => _queue;
        init
        {
            if (value is not null && (value.Length == 0 || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || "._,+:@-".Contains(letter, StringComparison.Ordinal))))
                throw new ArgumentException($"'{value}' is not the name of a queue. Names have letters, digits and . _ , + : @ -.", nameof(value));
            _queue = value;
        }
    }

    /// <summary>The limit that the runtime is told for its heap; null without a limit of memory.</summary>
    internal long? HeapBytes => MemoryBytes is { } bytes ? bytes / 5 * 4 : null;
}
