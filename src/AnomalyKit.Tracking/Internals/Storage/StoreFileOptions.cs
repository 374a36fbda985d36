namespace AnomalyKit.Storage;

/// <summary>How a file is opened.</summary>
internal sealed record StoreFileOptions
{
    public static StoreFileOptions Default { get; } = new();

    /// <summary>How long a transaction is tried while others hold the file; 30 seconds by default.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The type of the file system behind a path, for example <c>ext4</c> or <c>nfs4</c>; null where it is not known.</summary>
    public Func<string, string?> FileSystemOf { get; init; } = FileSystems.TypeOf;

    /// <summary>Whether the file is only read: nothing in it changes, and nothing is created or upgraded.</summary>
    public bool IsReadOnly { get; init; }
}
