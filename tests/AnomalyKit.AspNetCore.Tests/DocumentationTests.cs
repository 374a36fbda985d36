using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnomalyKit.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace AnomalyKit.Tests;

public sealed class DocumentationTests
{
    [Fact]
    public async Task The_document_describes_rows_by_the_columns_of_the_models()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed("a \"strange/name"), TestModels.Numbers());
        var document = (await host.GetAsync("/openapi/v1.json")).Json;
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        var path = document.GetProperty("paths").GetProperty("/v1/models/a%20%22strange%2Fname/score");
        string reference = path.GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/x-ndjson").GetProperty("schema").GetProperty("$ref").GetString()!;
        var row = Resolve(document, reference);
        Assert.Equal(["amount", "merchant", "card_present", "paid_at"], row.GetProperty("oneOf")[0].GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("boolean", row.GetProperty("oneOf")[0].GetProperty("properties").GetProperty("card_present").GetProperty("type")[0].GetString());
        Assert.All(References(document), found => Resolve(document, found));
        Assert.NotEmpty(References(document));
    }

    [Fact]
    public async Task The_document_is_valid_to_the_readers_that_generate_clients()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Mixed("a \"strange/name"), TestModels.Numbers());
        var read = OpenApiDocument.Parse(await host.Client.GetStringAsync("/openapi/v1.json"), "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.NotEmpty(read.Document!.Paths);
    }

    [Fact]
    public async Task The_document_and_the_routes_are_of_each_other()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        var documented = (await host.GetAsync("/openapi/v1.json")).Json.GetProperty("paths").EnumerateObject().Select(path => path.Name.Replace("numbers", "{name}", StringComparison.Ordinal)).ToHashSet();
        var routes = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !route.StartsWith("/v2", StringComparison.Ordinal) && !route.Contains("{version}", StringComparison.Ordinal) && !route.Contains("{**", StringComparison.Ordinal) && route is not "/try" and not "/openapi/v1.json");
        Assert.Equal(documented.Order(StringComparer.Ordinal), routes.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_page_runs_its_own_script_and_fetches_nothing_from_elsewhere()
    {
        await using var host = await ServingHost.StartAsync(TestModels.Numbers());
        using var response = await host.Client.GetAsync("/try");
        string page = await response.Content.ReadAsStringAsync();
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (string element in new[] { "script", "style" })
        {
            string content = page.Split($"<{element}>")[1].Split($"</{element}>")[0];
            Assert.Contains($"{element}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'", policy, StringComparison.Ordinal);
        }

        foreach (string elsewhere in new[] { "http:", "https:", "//", "@import", " style=", "onclick", "innerHTML", "url(" })
            Assert.DoesNotContain(elsewhere, page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Documentation_can_be_left_out()
    {
        await using var host = await ServingHost.StartAsync([TestModels.Numbers()], options => options.EnableDocumentation = false);
        foreach (string path in new[] { "/try", "/openapi/v1.json" })
        {
            using var response = await host.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private static JsonElement Resolve(JsonElement document, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (element, name) => element.GetProperty(name));

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
