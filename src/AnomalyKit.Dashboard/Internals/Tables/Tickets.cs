using System.Security.Cryptography;

namespace AnomalyKit.Dashboard.Tables;

/// <summary>Names of uploads and downloads that nobody can guess.</summary>
internal static class Tickets
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
