using System.Diagnostics;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Scoring;

/// <summary>Explains rows of one request until its share of rows or time is used up.</summary>
internal sealed class RowExplainer(ServedModel model, ScoreQuery query, AnomalyServingOptions options)
{
    // Some detectors explain many rows in hardly more time than one, others take long for each: groups grow while they are quick.
    private const int FirstRows = 4;
    private const int MaxRows = 64;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(100);

    private readonly ExplanationOptions _options = new() { MaxReasons = query.Explain, Counterfactual = null };
    private TimeSpan _spent;
    private int _groupRows = FirstRows;

    /// <summary>The rows that were explained.</summary>
    public int Explained { get; private set; }

    /// <summary>The rows that should have been explained when the share was used up.</summary>
    public int Unexplained { get; private set; }

    /// <summary>Starts over, for the next part of a stream.</summary>
    public void Renew() => (Explained, Unexplained, _spent) = (0, 0, TimeSpan.Zero);

    /// <summary>Finds out early whether the model can explain, if it will have to.</summary>
    /// <exception cref="RequestException">400: it cannot.</exception>
    public void Check()
    {
        if (query.Explain > 0)
            Explainer();
    }

    /// <summary>Explains the rows for which that was asked.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="found">Receives the row and its reasons.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="RequestException">400: the model cannot explain.</exception>
    public void Explain(FeatureTable rows, ReadOnlySpan<float> scores, Action<int, RowReasons> found, CancellationToken cancellationToken)
    {
        var wanted = Wanted(scores);
        int done = 0;
        while (done < wanted.Count && Explained < options.MaxExplainedRows && _spent < options.MaxExplainTime)
        {
            long start = Stopwatch.GetTimestamp();
            int count = Math.Min(Math.Min(_groupRows, wanted.Count - done), options.MaxExplainedRows - Explained);
            int[] group = [.. wanted.GetRange(done, count)];
            var table = rows.SelectRows(group);
            var explanations = Explainer().Explain(table, _options, cancellationToken);
            for (int i = 0; i < count; i++)
                found(group[i], new RowReasons(table, i, explanations[i].Reasons));
            done += count;
            Explained += count;
            var elapsed = Stopwatch.GetElapsedTime(start);
            _spent += elapsed;
            _groupRows = elapsed < Quick ? Math.Min(MaxRows, 2 * _groupRows) : FirstRows;
        }

        Unexplained += wanted.Count - done;
    }

    private List<int> Wanted(ReadOnlySpan<float> scores)
    {
        var wanted = new List<int>();
        for (int row = 0; query.Explain > 0 && row < scores.Length; row++)
        {
            if (query.ExplainAll || model.IsAnomaly(scores[row]))
                wanted.Add(row);
        }

        return wanted;
    }

    private TableExplainer Explainer()
    {
        try
        {
            return model.GetExplainer();
        }
        catch (InvalidOperationException e)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"Model '{model.Name}' cannot explain its scores: {e.Message} Ask without explain.", e);
        }
    }
}
