using System.Security.Cryptography;
using System.Text;
using AnomalyKit.Serving.Routes;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Serving.TryPage;

/// <summary><c>GET /try</c>: a page to try the models. It holds no data, fetches nothing from elsewhere, and asks the service with the key that is typed into it.</summary>
internal static class TryPageEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        string page = Read();
        byte[] content = Encoding.UTF8.GetBytes(page);
        // The page's own script and style run, and no other, whatever gets into it.
        string policy = $"default-src 'none'; script-src {HashOf(page, "script")}; style-src {HashOf(page, "style")}; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
        MethodRoute.Get(endpoints, "/try", context =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers["Referrer-Policy"] = "no-referrer";
            return JsonResponse.WriteAsync(context, "text/html; charset=utf-8", content);
        });
    }

    private static string HashOf(string page, string element)
    {
        int start = page.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        int end = page.IndexOf($"</{element}>", StringComparison.Ordinal);
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page[start..end])))}'";
    }

    private static string Read()
    {
        using var source = typeof(TryPageEndpoint).Assembly.GetManifestResourceStream("try.html")
            ?? throw new InvalidOperationException("The page is missing from the package.");
        using var reader = new StreamReader(source, Encoding.UTF8);
        // Browsers take hashes of what they parsed, in which line ends are \n.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
