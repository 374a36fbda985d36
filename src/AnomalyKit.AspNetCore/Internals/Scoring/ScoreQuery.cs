using System.Globalization;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Routes;

namespace AnomalyKit.Serving.Scoring;

/// <summary>What a request asks for besides scores: <c>?explain=3</c> names up to three columns for each anomaly, <c>&amp;explain_all=true</c> for each row.</summary>
/// <param name="Explain">The most columns that are named per row; 0 for none.</param>
/// <param name="ExplainAll">Whether rows that are not anomalies are explained too.</param>
internal readonly record struct ScoreQuery(int Explain, bool ExplainAll)
{
    private const int MaxExplain = 1000;

    /// <exception cref="RequestException">400: a value cannot be used, or there is another parameter.</exception>
    public static ScoreQuery Of(HttpRequest request)
    {
        if (!request.QueryString.HasValue)
            return default;
        QueryParameters.Check(request, "explain", "explain_all");
        var query = request.Query;
        int explain = 0;
        bool all = false;
        if (query.TryGetValue("explain", out var count) && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out explain) || explain > MaxExplain))
            throw RequestException.Invalid($"The parameter explain is '{count}'; a number of columns from 0 to {MaxExplain} was expected, as in ?explain=3.");
        if (query.TryGetValue("explain_all", out var word) && !bool.TryParse(word, out all))
            throw RequestException.Invalid($"The parameter explain_all is '{word}'; true or false was expected.");
        return all && explain == 0
            ? throw RequestException.Invalid("The parameter explain_all needs the parameter explain, the number of columns that explain a row, as in ?explain=3&explain_all=true.")
            : new ScoreQuery(explain, all);
    }
}
