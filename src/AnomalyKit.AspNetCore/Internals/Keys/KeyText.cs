using System.Security.Cryptography;
using System.Text;

namespace AnomalyKit.Serving.Keys;

/// <summary>Keys as clients send them and as files hold them.</summary>
internal static class KeyText
{
    /// <summary>The longest key, in characters of a request and in bytes of a file.</summary>
    public const int MaxBytes = 1024;

    private const string Scheme = "Bearer ";

    /// <summary>The key of a request; null where there is none, or more than one.</summary>
    public static string? Of(HttpRequest request)
    {
        var own = request.Headers["X-Api-Key"];
        if (own.Count > 0)
            return own.Count == 1 ? own[0] : null;
        var standard = request.Headers.Authorization;
        return standard.Count == 1 && standard[0] is { } text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..].Trim() : null;
    }

    /// <summary>The hash of a key.</summary>
    /// <returns>Whether it can be one: neither blank nor longer than <see cref="MaxBytes"/>.</returns>
    public static bool TryHash(string? key, Span<byte> hash)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > MaxBytes)
            return false;
        Span<byte> text = stackalloc byte[3 * MaxBytes];
        int count = Encoding.UTF8.GetBytes(key, text);
        SHA256.HashData(text[..count], hash);
        return true;
    }

    /// <summary>The hash of the key in a file, without the line ends after it.</summary>
    /// <exception cref="IOException">The file cannot be read, or holds no key.</exception>
    public static byte[] HashOfFile(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[MaxBytes + 3];
        int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = bytes.AsSpan(0, count).TrimEnd("\r\n"u8);
        var hash = new byte[SHA256.HashSizeInBytes];
        bool isKey = text.Length <= MaxBytes && TryHash(Encoding.UTF8.GetString(text), hash);
        Array.Clear(bytes);
        return isKey ? hash : throw new IOException($"The key file '{path}' is {(text.Length > MaxBytes ? $"longer than {MaxBytes} bytes" : "empty or blank")}. Write only the key into the file.");
    }
}
