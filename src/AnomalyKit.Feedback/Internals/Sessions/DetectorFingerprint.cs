using System.Security.Cryptography;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>What a detector is recognised by.</summary>
internal static class DetectorFingerprint
{
    public static string Of(IAnomalyDetector detector)
    {
        using var memory = new MemoryStream();
        detector.Save(memory);
        memory.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(memory));
    }
}
