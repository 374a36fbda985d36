namespace AnomalyKit;

/// <summary>What a job on Kubernetes needs besides. Immutable; equality compares options.</summary>
public sealed record KubernetesOptions
{
    private readonly int _retryLimit = 3;
    private readonly long _userId = 1000;
    private readonly string _mountPath = "/data";
    private readonly string? _namespace;

    /// <summary>Names the image and the volume.</summary>
    /// <param name="image">The container image that holds the tool.</param>
    /// <param name="claimName">The persistent volume claim that holds data, model and results; all pods mount it for reading and writing.</param>
    /// <exception cref="ArgumentException">Empty, or not a name that Kubernetes takes.</exception>
    public KubernetesOptions(string image, string claimName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(image);
        Image = image;
        ClaimName = KubernetesName.Check(claimName, nameof(claimName));
    }

    /// <summary>The container image.</summary>
    public string Image { get; }

    /// <summary>The persistent volume claim.</summary>
    public string ClaimName { get; }

    /// <summary>Where pods see the volume; <c>/data</c> by default. Paths of the command lie below it.</summary>
    /// <exception cref="ArgumentException">Not a full path, or the root.</exception>
    public string MountPath
    {
        get => _mountPath;
        init
        {
            if (value is null || value.Length < 2 || value[0] != '/' || value.Any(letter => char.IsControl(letter) || letter == ':'))
                throw new ArgumentException($"'{value}' is not a path to mount a volume at. Give a full path such as /data, without colons.", nameof(value));
            _mountPath = value;
        }
    }

    /// <summary>The namespace; null, the default, for the one that kubectl uses.</summary>
    /// <exception cref="ArgumentException">Not a name that Kubernetes takes.</exception>
    public string? Namespace
    {
        get => _namespace;
        init => _namespace = value is null ? null : KubernetesName.Check(value, nameof(value));
    }

    /// <summary>How often a shard runs again after a failure that another try may mend, from 0 to 100; 3 by default. Exit codes 1 and 2 (data, usage) are never tried again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range.</exception>
    public int RetryLimit
    {
        get => _retryLimit;
        init
        {
            if (value is < 0 or > 100)
                throw new ArgumentOutOfRangeException(nameof(value), value, "The number of retries of a shard must be between 0 and 100.");
            _retryLimit = value;
        }
    }

    /// <summary>The user that the tool runs as, who must be able to write to the volume, at least 1; 1000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1: root is not needed.</exception>
    public long UserId
    {
        get => _userId;
        init
        {
            if (value is < 1 or > int.MaxValue)
                throw new ArgumentOutOfRangeException(nameof(value), value, "The user number must be between 1 and 2,147,483,647. The number 0 would be root.");
            _userId = value;
        }
    }
}
