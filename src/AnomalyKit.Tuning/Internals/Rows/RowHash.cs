using System.Security.Cryptography;
using System.Text;

namespace AnomalyKit.Tuning;

/// <summary>Tells whether a search is gone on with on the same rows.</summary>
internal static class RowHash
{
    private static readonly byte[] Missing = [0];
    private static readonly byte[] Present = [1];

    /// <summary>The SHA-256 of cells and labels, in hexadecimal.</summary>
    public static string Of(Action<IncrementalHash> addCells, RowLabels labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        addCells(hash);
        hash.AppendData(Array.ConvertAll(labels.IsAnomaly, label => label ? (byte)1 : (byte)0));
        hash.AppendData(Array.ConvertAll(labels.IsKnown, known => known ? (byte)1 : (byte)0));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Adds a text so that no two lists of texts look alike; null for a missing cell.</summary>
    public static void Add(IncrementalHash hash, string? text)
    {
        hash.AppendData(text is null ? Missing : Present);
        if (text is null)
            return;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
