using System.Security.Cryptography;
using AnomalyKit.Persistence;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <content>One profile of several parts of the rows.</content>
public sealed partial class ReferenceProfile
{
    /// <summary>The profile of the rows of several profiles together: the same, bit for bit, in whatever order they are given.</summary>
    /// <param name="profiles">At least one; all of the same columns in the same order, made of different rows.</param>
    /// <returns>
    /// The merged profile. Its distributions are those of all rows: each profile counts by its <see cref="RowCount"/>. Where one profile was sampled more sparsely than the others, the samples of the others are thinned
    /// to its rate, so that <see cref="SampleSize"/> and the counts of the columns say how much is really known. Scores are merged in the same way where all have them, counted at one threshold; otherwise it has none. <see cref="Rows"/> are drawn from the rows of all, in proportion to
    /// <see cref="RowCount"/>.
    /// </returns>
    /// <exception cref="ArgumentException">There is none, or columns differ; the message names the first that does.</exception>
    public static ReferenceProfile Merge(params IEnumerable<ReferenceProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        ReferenceProfile[] parts = [.. profiles];
        if (parts.Length == 0)
            throw new ArgumentException("There is no profile to merge.", nameof(profiles));
        if (Array.IndexOf(parts, null) is >= 0 and var missing)
            throw new ArgumentException($"Profile {missing} is null.", nameof(profiles));
        return parts.Length == 1 ? parts[0] : ProfileMerge.Of([.. parts.OrderBy(part => part.Fingerprint(), StringComparer.Ordinal)]);
    }

    /// <summary>A number for the content, so that parts have an order of their own.</summary>
    private string Fingerprint()
    {
        var writer = new ModelWriter();
        ProfileFormat.Write(writer, this);
        using var content = new MemoryStream();
        writer.Save(content);
        return Convert.ToHexString(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }
}
