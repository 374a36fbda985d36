using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>A checksum over the texts and numbers of a session's file, which the file's own checksum, over arrays, does not cover: a damaged key would be another row.</summary>
internal static class Seal
{
    public static string Of(SessionFile file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string text in Texts(file))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Texts(SessionFile file)
    {
        var options = file.Options;
        yield return FormattableString.Invariant($"{options.CandidateCount} {options.MaxIterations} {options.Seed} {options.Contamination:R}");
        yield return file.Space.Reach.ToString("R", CultureInfo.InvariantCulture);
        foreach (string key in file.Rows.Keys.Order(StringComparer.Ordinal))
            yield return key;
        foreach (var change in file.History)
            yield return (change.After ?? change.Before)?.Analyst ?? string.Empty;
    }
}
