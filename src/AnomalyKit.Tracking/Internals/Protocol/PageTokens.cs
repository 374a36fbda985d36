using System.Text.Json;

namespace AnomalyKit.Protocol;

/// <summary>Follows the pages of an answer to their end.</summary>
internal sealed class PageTokens(string server)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _next;

    public bool IsMore => _next is not null;

    /// <summary>What the next request needs.</summary>
    public (string Name, string Value)[] Query => _next is null ? [] : [("page_token", _next)];

    public void WriteTo(Utf8JsonWriter json)
    {
        if (_next is not null)
            json.WriteString("page_token", _next);
    }

    /// <summary>Takes the token of a page.</summary>
    public void Take(JsonElement page)
    {
        _next = page.Text("next_page_token") is { Length: > 0 } token ? token : null;
        if (_next is not null && !_seen.Add(_next))
            throw new ServerUnusableException($"{server} returns the same page of results again and again. Update the server.");
    }
}
