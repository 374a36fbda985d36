using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace AnomalyKit.Protocol;

/// <summary>Where a server is, and who asks.</summary>
internal sealed class MlflowAddress
{
    private readonly string? _user;
    private readonly string? _password;

    /// <param name="uri">The address, with or without name and password.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public MlflowAddress(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var given) || given.Scheme is not ("http" or "https") || given.Host.Length == 0)
            throw new ArgumentException($"'{uri}' is not an address of an MLflow server. Write it like http://127.0.0.1:5000.", nameof(uri));
        if (given.UserInfo.Length > 0)
        {
            string[] parts = given.UserInfo.Split(':', 2);
            _user = Uri.UnescapeDataString(parts[0]);
            _password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty;
        }

        Uri = new UriBuilder(given) { UserName = string.Empty, Password = string.Empty, Query = string.Empty, Fragment = string.Empty, Path = given.AbsolutePath.TrimEnd('/') + "/" }.Uri;
    }

    /// <summary>The address without name and password, ending in a slash.</summary>
    public Uri Uri { get; }

    /// <summary>Who asks, as MLflow's own clients find it; null for nobody.</summary>
    public AuthenticationHeaderValue? Authorization(MlflowOptions options)
    {
        string? user = options.UserName ?? _user ?? Variable("MLFLOW_TRACKING_USERNAME"), password = options.Password ?? _password ?? Variable("MLFLOW_TRACKING_PASSWORD");
        if (user is not null && password is not null)
            return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return (options.Token ?? Variable("MLFLOW_TRACKING_TOKEN")) is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
    }

    /// <summary>A short name for the server, for files.</summary>
    public string Key() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Uri.AbsoluteUri)))[..16];

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
