namespace AnomalyKit.Serving.Keys;

/// <summary>A key as it is compared: its hash, never itself.</summary>
internal sealed class ApiKey(string name, byte[] hash, bool isAdmin, RateLimit? limit)
{
    public string Name { get; } = name;

    public byte[] Hash { get; } = hash;

    public bool IsAdmin { get; } = isAdmin;

    /// <summary>Requests per second; null for no limit.</summary>
    public RateLimit? Limit { get; } = limit;

    public ApiKey WithHash(byte[] hash) => new(Name, hash, IsAdmin, Limit);
}
