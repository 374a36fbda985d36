using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnomalyKit.Serving.Keys;

/// <summary>The keys of a host. Key files are read again every few seconds.</summary>
internal sealed partial class KeyRing : IDisposable
{
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(2);

    private readonly (ApiKeyOptions Options, string? File)[] _sources;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private ApiKey[] _keys;

    public KeyRing(IOptions<AnomalyServingOptions> options, ILogger<KeyRing> logger, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        _logger = logger;
        var value = options.Value;
        IsRequired = value.IsKeyRequired;
        _sources = [.. value.Keys.Select(key => (key, key.File))];
        _keys = [.. value.Keys.Select(key => new ApiKey(
            key.Name,
            key.File is { } file ? KeyText.HashOfFile(file) : Convert.FromHexString(key.Sha256!),
            key.IsAdmin,
            key.MaxRequestsPerSecond is { } rate ? new RateLimit(rate, time) : null))];
        if (_sources.Any(source => source.File is not null))
            _timer = time.CreateTimer(_ => Reload(), null, ReloadInterval, ReloadInterval);
    }

    /// <summary>Whether requests need a key.</summary>
    public bool IsRequired { get; }

    /// <summary>Finds the key of a request. All keys are compared, whether or not one fits, each in a time that does not depend on where it differs.</summary>
    /// <returns>The key; null where none fits.</returns>
    public ApiKey? Find(HttpRequest request)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        hash.Clear();
        bool isKey = KeyText.TryHash(KeyText.Of(request), hash);
        return KeySearch.Find<FixedTimeComparison>(Volatile.Read(ref _keys), hash, isKey);
    }

    /// <summary>Reads the key files again. One that cannot be read leaves its key as it was.</summary>
    public void Reload()
    {
        var keys = (ApiKey[])_keys.Clone();
        bool isChanged = false;
        for (int i = 0; i < keys.Length; i++)
        {
            if (_sources[i].File is not { } file)
                continue;
            try
            {
                byte[] hash = KeyText.HashOfFile(file);
                if (CryptographicOperations.FixedTimeEquals(hash, keys[i].Hash))
                    continue;
                keys[i] = keys[i].WithHash(hash);
                isChanged = true;
                LogRotated(keys[i].Name);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogUnreadable(keys[i].Name, e.Message);
            }
        }

        if (isChanged)
            Volatile.Write(ref _keys, keys);
    }

    public void Dispose() => _timer?.Dispose();

    [LoggerMessage(1, LogLevel.Information, "API key '{Name}' was rotated: its file holds another key now.")]
    private partial void LogRotated(string name);

    [LoggerMessage(2, LogLevel.Error, "API key '{Name}' is unchanged, because its file cannot be used: {Problem}")]
    private partial void LogUnreadable(string name, string problem);
}
