using System.Security.Cryptography;
using System.Text;

namespace AnomalyKit.Tests.Hosting;

/// <summary>Keys for tests.</summary>
internal static class Secrets
{
    public const string Key = "k-5f3d9c0a7b";
    public const string Admin = "a-77c1e2b4d9";

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static void Add(AnomalyServingOptions options)
    {
        options.Keys.Add(new ApiKeyOptions { Name = "billing", Sha256 = HashOf(Key) });
        options.Keys.Add(new ApiKeyOptions { Name = "operator", Sha256 = HashOf(Admin).ToUpperInvariant(), IsAdmin = true });
        options.EnableAdmin = true;
    }

    public static HttpRequestMessage With(this HttpRequestMessage request, string header, string value)
    {
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }
}
