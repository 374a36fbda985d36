using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Dashboard.Serving;

/// <summary>Scripts and styles, which are embedded: packed once, and kept by browsers under an address that changes with the content.</summary>
internal static class AssetEndpoints
{
    private static readonly ConcurrentDictionary<string, Asset?> Assets = new(StringComparer.Ordinal);

    /// <summary>The address of a file, relative to the dashboard's base.</summary>
    public static string Url(string name) => $"assets/{name}?v={Find(name)!.Tag}";

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/assets/{name}", (string name, HttpContext context) =>
    {
        if (Find(name) is not { } asset)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return Results.Bytes(asset.Plain, asset.Type);
        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(asset.Packed, asset.Type);
    });

    private static Asset? Find(string name) => Assets.TryGetValue(name, out var known) ? known : Load(name) is { } loaded ? Assets.GetOrAdd(name, loaded) : null;

    private static Asset? Load(string name)
    {
        using var resource = typeof(AssetEndpoints).Assembly.GetManifestResourceStream($"assets/{name}");
        if (resource is null)
            return null;
        using var plain = new MemoryStream();
        resource.CopyTo(plain);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(plain.ToArray());
        string type = Path.GetExtension(name) switch { ".js" => "text/javascript; charset=utf-8", ".css" => "text/css; charset=utf-8", ".svg" => "image/svg+xml", _ => "application/octet-stream" };
        return new Asset(plain.ToArray(), packed.ToArray(), type, Convert.ToHexStringLower(SHA256.HashData(plain.ToArray()))[..12]);
    }

    private sealed record Asset(byte[] Plain, byte[] Packed, string Type, string Tag);
}
