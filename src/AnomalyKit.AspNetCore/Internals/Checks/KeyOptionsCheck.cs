using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AnomalyKit.Serving.Keys;

namespace AnomalyKit.Serving.Checks;

/// <summary>Refuses keys that would be no keys: a host that was meant to be closed must not start open.</summary>
internal static class KeyOptionsCheck
{
    private static readonly string HashOfNothing = Convert.ToHexString(SHA256.HashData([]));

    // What examples hash, and what a stranger tries first.
    private static readonly HashSet<string> KnownHashes = new(
        ((string[])["test", "password", "secret", "changeme"]).Select(key => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))), StringComparer.OrdinalIgnoreCase);

    public static void Add(List<string> problems, AnomalyServingOptions options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < options.Keys.Count; i++)
        {
            var key = options.Keys[i];
            string place = string.Create(CultureInfo.InvariantCulture, $"{AnomalyServingOptions.SectionName}:Keys:{i}");
            if (string.IsNullOrWhiteSpace(key.Name))
                problems.Add($"{place}:Name is empty. Give the key a name, which logs will show.");
            else if (!names.Add(key.Name))
                problems.Add($"{place}:Name is '{key.Name}', as another key's. Give each key a name of its own.");
            if (key.MaxRequestsPerSecond is { } rate && !(rate >= .001 && rate <= 1e6))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{place}:MaxRequestsPerSecond is {rate}; it must be between 0.001 and 1000000. Leave it out for no limit."));
            if (ProblemOf(key) is { } problem)
                problems.Add($"{place} {problem}");
        }

        if (options.RequireKey == true && options.Keys.Count == 0)
            problems.Add($"{AnomalyServingOptions.SectionName}:RequireKey is true, but there are no keys. Add one to {AnomalyServingOptions.SectionName}:Keys.");
        if (options.EnableAdmin && !options.Keys.Any(key => key.IsAdmin))
            problems.Add($"{AnomalyServingOptions.SectionName}:EnableAdmin is true, and no key has IsAdmin. Add an admin key, or leave the admin routes off.");
    }

    private static string? ProblemOf(ApiKeyOptions key)
    {
        const string Make = "Give the SHA-256 of a key as 64 hexadecimal digits (printf %s \"$KEY\" | sha256sum)";
        if (key.Sha256 is not null && key.File is not null)
            return "has both Sha256 and File. Keep one of them.";
        if (key.File is { } file)
            return FileProblem(file);
        // The value is not repeated: somebody may have put the key itself there.
        if (string.IsNullOrWhiteSpace(key.Sha256))
            return $"has neither Sha256 nor File, or an empty one. {Make}, or name a file that holds the key.";
        if (key.Sha256.Length != 64 || !key.Sha256.All(char.IsAsciiHexDigit))
            return $"has a Sha256 that is not 64 hexadecimal digits. {Make}.";
        return key.Sha256.Equals(HashOfNothing, StringComparison.OrdinalIgnoreCase) ? "has the Sha256 of an empty key. Hash a real one."
            : KnownHashes.Contains(key.Sha256) ? "has the Sha256 of a key that everybody tries first. Hash a random one, for example of openssl rand -hex 32."
            : null;
    }

    private static string? FileProblem(string file)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(file))
                return "has an empty File. Name a file that holds the key.";
            return KnownHashes.Contains(Convert.ToHexString(KeyText.HashOfFile(file))) ? "has a File with a key that everybody tries first. Write a random one, for example of openssl rand -hex 32." : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"has a File that cannot be used: {e.Message}";
        }
    }
}
