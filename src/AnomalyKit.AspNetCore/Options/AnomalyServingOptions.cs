namespace AnomalyKit;

/// <summary>Limits, keys and routes of the endpoints. Bound from the section <c>AnomalyDetection:Serving</c> of the configuration, and checked when the host starts.</summary>
public sealed class AnomalyServingOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "AnomalyDetection:Serving";

    private long? _maxBufferedBytes;

    /// <summary>The most bytes of the body of one request, after decompression; at least 1,024, 32 MiB by default. A larger body is answered with 413.</summary>
    public long MaxRequestBytes { get; set; } = 32L << 20;

    /// <summary>The most rows of one request; at least 1, 100,000 by default. Streams of lines have no such limit. More rows are answered with 413.</summary>
    public int MaxRequestRows { get; set; } = 100_000;

    /// <summary>The most requests that are being scored or waiting for it; at least 1, 256 by default. Further ones are answered with 429 at once.</summary>
    public int MaxConcurrentRequests { get; set; } = 256;

    /// <summary>The most requests that are being scored at a time, each on one thread; 0 (the default) for twice the number of processors. Others wait in the order in which they came.</summary>
    public int MaxScoringRequests { get; set; }

    /// <summary>The longest time that a request waits for its turn; from 0 to one hour, one second by default. After it, the answer is 429.</summary>
    public TimeSpan MaxWaitTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The most bytes of all bodies in memory together, with the values read from them; at least <see cref="MaxRequestBytes"/>. A body that does not fit is answered with 429.
    /// By default an eighth of the memory that the process may use (<see cref="GCMemoryInfo.TotalAvailableMemoryBytes"/>), but at most 256 MiB and no less than one request may have.
    /// </summary>
    public long MaxBufferedBytes
    {
        get => _maxBufferedBytes ?? Math.Max(MaxRequestBytes, Math.Min(256L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8));
        set => _maxBufferedBytes = value;
    }

    /// <summary>The longest time in which a body must arrive; from one second to one hour, one minute by default. After it, the answer is 408. Streams of lines have <see cref="StreamIdleTime"/> instead.</summary>
    public TimeSpan MaxBodyTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a refused client should wait (<c>Retry-After</c>), from one second to one hour. The default is one second.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most streams of lines at a time; at least 1, 64 by default. Further ones are answered with 429 at once.</summary>
    public int MaxStreams { get; set; } = 64;

    /// <summary>The longest time that a stream of lines may be without a new line; from one second to one day, two minutes by default. After it, the stream ends with an error.</summary>
    public TimeSpan StreamIdleTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest line of a stream in bytes; at least 1,024, 1 MiB by default.</summary>
    public int MaxLineBytes { get; set; } = 1 << 20;

    /// <summary>The most rows that one request has explained; at least 0, 1,000 by default. Further ones are scored without contributions and reasons, and the answer says so.</summary>
    public int MaxExplainedRows { get; set; } = 1000;

    /// <summary>The longest time that one request spends on explanations; above 0, two seconds by default. Rows that are not reached are scored without contributions and reasons, and the answer says so.</summary>
    public TimeSpan MaxExplainTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The API keys. Where there is one, every route asks for a key, but for the health routes and the page <c>/try</c>. Changes need a restart; key files do not.</summary>
    public IList<ApiKeyOptions> Keys { get; } = [];

    /// <summary>Whether requests need a key: null (the default) where there are <see cref="Keys"/>; true refuses to start without keys; false switches keys off, whatever else is set.</summary>
    public bool? RequireKey { get; set; }

    /// <summary>Whether requests need a key: what <see cref="RequireKey"/> says, or, where it says nothing, whether there are <see cref="Keys"/>.</summary>
    public bool IsKeyRequired => RequireKey ?? Keys.Count > 0;

    /// <summary>Whether the admin routes are there; false by default. They need a key with <see cref="ApiKeyOptions.IsAdmin"/>, even where other routes need none.</summary>
    public bool EnableAdmin { get; set; }

    /// <summary>Whether the OpenAPI document and the page to try the service are there; true by default. They ask for a key like other routes; the page itself holds no data and is open.</summary>
    public bool EnableDocumentation { get; set; } = true;
}
