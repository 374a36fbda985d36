using System.Diagnostics;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Scoring;

/// <summary>Explains rows of one request until its share of rows or time is used up.</summary>
internal sealed class RowExplainer(ServedModel model, ScoreQuery query, AnomalyServingOptions options)
{
    private readonly ExplanationOptions _options = new() { MaxReasons = query.Explain, Counterfactual = null };
    private TimeSpan _spent;

    /// <summary>The rows that were explained.</summary>
    public int Explained { get; private set; }

    /// <summary>The rows that should have been explained when the share was used up.</summary>
    public int Unexplained { get; private set; }

    /// <summary>Starts over, for the next part of a stream.</summary>
    public void Renew() => (Explained, Unexplained, _spent) = (0, 0, TimeSpan.Zero);

    /// <summary>Explains a row, if that was asked for.</summary>
    /// <returns>The columns that speak against the row; null where it is not explained.</returns>
    /// <exception cref="RequestException">400: the model cannot explain.</exception>
    public RowReasons? Explain(FeatureTable rows, int row, float score)
    {
        if (query.Explain == 0 || (!query.ExplainAll && !model.IsAnomaly(score)))
            return null;
        if (Explained >= options.MaxExplainedRows || _spent >= options.MaxExplainTime)
        {
            Unexplained++;
            return null;
        }

        long start = Stopwatch.GetTimestamp();
        try
        {
            var explanation = model.Detector.Explain(rows, row, _options);
            Explained++;
            return new RowReasons(rows, row, explanation.Reasons);
        }
        catch (InvalidOperationException e)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"Model '{model.Name}' cannot explain its scores: {e.Message} Ask without explain.", e);
        }
        finally
        {
            _spent += Stopwatch.GetElapsedTime(start);
        }
    }
}
