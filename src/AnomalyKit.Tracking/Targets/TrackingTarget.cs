namespace AnomalyKit;

/// <summary>Opens a place for runs by its address: <c>runs.db</c>, <c>sqlite:runs.db</c>, <c>http://127.0.0.1:5000</c>.</summary>
public static class TrackingTarget
{
    /// <summary>The environment variable that names the place where nothing else does: <c>ANOMALYKIT_TRACKING</c>.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_TRACKING";

    private static readonly System.Buffers.SearchValues<char> SchemeLetters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+");

    private const string Sqlite = "sqlite:";

    /// <summary>Opens a place for runs.</summary>
    /// <param name="uri">
    /// The path of a file, alone or after <c>sqlite:</c> (also <c>sqlite:///relative.db</c> and <c>sqlite:////absolute.db</c>, as SQLAlchemy writes them), for a <see cref="RunStore"/>; an address
    /// of <c>http://</c> or <c>https://</c> for an <see cref="MlflowTracker"/>.
    /// </param>
    /// <returns>The place; dispose of it.</returns>
    /// <exception cref="ArgumentException">It is neither.</exception>
    /// <exception cref="RunTrackingException">It cannot be opened.</exception>
    public static ITrackingStore Open(string uri) => Open(uri, RunStoreAt);

    /// <summary>Opens a place to read what was kept there: a file that is not there is an error, not a new store.</summary>
    /// <inheritdoc cref="Open(string)"/>
    public static ITrackingStore OpenExisting(string uri) => Open(uri, path =>
        File.Exists(path) ? RunStoreAt(path) : throw new RunTrackingException($"There is no store of runs '{path}'. Name the file that the runs were kept in."));

    /// <summary>Opens a place only to read it: a file is opened by <see cref="RunStore.OpenReadOnly"/>, and is neither created, upgraded nor written.</summary>
    /// <inheritdoc cref="Open(string)"/>
    public static ITrackingStore OpenReadOnly(string uri) => Open(uri, path => RunStore.OpenReadOnly(path));

    private static ITrackingStore Open(string uri, Func<string, RunStore> open)
    {
        ArgumentNullException.ThrowIfNull(uri);
        int colon = uri.IndexOf(':', StringComparison.Ordinal);
        // One letter is a drive of Windows.
        string scheme = colon > 1 && uri.AsSpan(0, colon).IndexOfAnyExcept(SchemeLetters) < 0 ? uri[..colon].ToLowerInvariant() : string.Empty;
        return scheme switch
        {
            "http" or "https" => MlflowTracker.Open(uri),
            "sqlite" => OpenFile(uri, open, uri.StartsWith(Sqlite + "///", StringComparison.OrdinalIgnoreCase) ? uri[(Sqlite.Length + 3)..] : uri[Sqlite.Length..]),
            "" => OpenFile(uri, open, uri),
            _ => throw new ArgumentException($"'{uri}' is not a place for runs: the scheme '{scheme}:' is unknown. Name a file such as runs.db, or a server such as http://127.0.0.1:5000.", nameof(uri)),
        };
    }

    private static RunStore RunStoreAt(string path) => RunStore.Open(path);

    private static RunStore OpenFile(string uri, Func<string, RunStore> open, string path)
    {
        if (path.Trim().Length == 0 || path.StartsWith("//", StringComparison.Ordinal))
            throw new ArgumentException($"'{uri}' names no file. Write it like runs.db or sqlite:runs.db.", nameof(uri));
        return open(path);
    }
}
