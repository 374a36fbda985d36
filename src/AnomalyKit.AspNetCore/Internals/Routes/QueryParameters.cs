using AnomalyKit.Serving.Errors;
using AnomalyKit.TextValues;

namespace AnomalyKit.Serving.Routes;

/// <summary>Refuses parameters that a route does not have: a misspelled one would be ignored, and the answer would look right.</summary>
internal static class QueryParameters
{
    private const int MaxName = 40;

    /// <exception cref="RequestException">400: there is another parameter than the known ones. Its value is not repeated: it may be a key.</exception>
    public static void Check(HttpRequest request, params string[] known)
    {
        if (!request.QueryString.HasValue)
            return;
        foreach (var (name, _) in request.Query)
        {
            if (known.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            string clipped = name.Length > MaxName ? name[..MaxName] + "…" : name;
            string rest = known.Length switch
            {
                0 => "This route has none.",
                1 => $"The parameter of this route is {known[0]}.",
                _ => $"The parameters of this route are {string.Join(", ", known)}.",
            };
            throw RequestException.Invalid($"There is no parameter '{clipped}'{Nearest.Hint(name, known)} {rest}");
        }
    }
}
