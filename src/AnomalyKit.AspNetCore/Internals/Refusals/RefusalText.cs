using System.Text;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Refusals;

/// <summary>What the log says of a refusal: enough to find it, and nothing of what the rows hold. The client is told more.</summary>
internal static class RefusalText
{
    private const int MaxName = 80;

    public static string Of(RequestException problem) => problem.Reason switch
    {
        RefusalReason.Row => Place(problem),
        RefusalReason.Json => "the body is not valid JSON",
        RefusalReason.Request => "the request is not what the route expects; the client was told what",
        RefusalReason.NoKey => "no API key, or one that is not known",
        RefusalReason.NotAdmin => "the API key is not an administrator's",
        RefusalReason.UnknownModel => "there is no such model or version",
        RefusalReason.UnknownRoute => "there is no such route, or the request had to choose a model",
        RefusalReason.Method => "the method is not for this route",
        RefusalReason.Conflict => "the model could not be loaded, and what was served is served on",
        RefusalReason.Encoding => "the Content-Encoding is not known",
        // These hold limits and names of models that are configured, and nothing that the client sent.
        RefusalReason.Timeout or RefusalReason.BodySize or RefusalReason.RowCount or RefusalReason.Busy or RefusalReason.KeyRate or RefusalReason.Model or RefusalReason.Memory => problem.Message,
        _ => "see the status",
    };

    /// <summary>A name that a client may have chosen, in one line and not too long.</summary>
    public static string Clipped(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name.Length > MaxName ? name.AsSpan(0, MaxName) : name)
            text.Append(char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter);
        return name.Length > MaxName ? text.Append('…').ToString() : text.ToString();
    }

    private static string Place(RequestException problem)
    {
        string row = problem.Row >= 0 ? FormattableString.Invariant($"row {problem.Row}") : "a row";
        return $"{row}{(problem.Column is { } column ? $", column '{Clipped(column)}'," : "")} does not fit the model; the client was told why";
    }
}
