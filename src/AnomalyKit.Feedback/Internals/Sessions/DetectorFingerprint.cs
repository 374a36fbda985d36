using System.Security.Cryptography;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>What a detector is recognised by.</summary>
internal static class DetectorFingerprint
{
    public static string Of(IAnomalyDetector detector)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            detector.Save(stream);
        return Convert.ToHexStringLower(hash.Hash!);
    }
}
