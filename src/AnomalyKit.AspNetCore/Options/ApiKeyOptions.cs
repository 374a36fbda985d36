namespace AnomalyKit;

/// <summary>One API key: a name for logs, the key's hash or file, and what its holder may do.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>The name in logs, for example <c>billing</c>; not blank, and different for each key.</summary>
    public string Name { get; set; } = "";

    /// <summary>The SHA-256 of the key in UTF-8, as 64 hexadecimal digits (<c>printf %s "$KEY" | sha256sum</c>); null where <see cref="File"/> holds the key.</summary>
    public string? Sha256 { get; set; }

    /// <summary>A file that holds the key itself, such as a mounted secret; line ends after it are left out. It is read again every few seconds, so that keys can be rotated. Null where <see cref="Sha256"/> is set.</summary>
    public string? File { get; set; }

    /// <summary>The most requests per second, above 0, with bursts of up to one second's worth; null (the default) for no limit. Every process counts for itself.</summary>
    public double? MaxRequestsPerSecond { get; set; }

    /// <summary>Whether the key opens the admin routes too; false by default.</summary>
    public bool IsAdmin { get; set; }
}
