using System.Net;
using System.Text;
using System.Text.Json;

namespace AnomalyKit.Tests.Hosting;

/// <summary>What a server answered: a status and a body of JSON.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Json, HttpResponseMessage Response)
{
    public string Detail => Json.GetProperty("detail").GetString()!;
}

internal static class Answers
{
    public static Task<Answer> PostAsync(this ServingHost host, string path, string body, string type = "application/json") =>
        host.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) });

    public static Task<Answer> GetAsync(this ServingHost host, string path) => host.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public static async Task<Answer> SendAsync(this ServingHost host, HttpRequestMessage request)
    {
        var response = await host.Client.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Assert.True(body.Length > 0, $"{request.RequestUri} answered {(int)response.StatusCode} without a body.");
        return new Answer(response.StatusCode, JsonDocument.Parse(body).RootElement, response);
    }

    /// <summary>Sees to it that an answer is problem details of RFC 9457.</summary>
    public static Answer IsProblem(this Answer answer, HttpStatusCode status, string detail)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal((int)status, answer.Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(answer.Json.GetProperty("title").GetString()));
        Assert.Contains(detail, answer.Detail, StringComparison.Ordinal);
        return answer;
    }
}
