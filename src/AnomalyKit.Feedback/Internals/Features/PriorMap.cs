using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Features;

/// <summary>What the base detector's score says before any answer, as the logarithm of the odds of an anomaly: rank for rank, with the expected number of anomalies at odds of one.</summary>
/// <remarks>It grows strictly with the score, beyond the scores that were seen too. So rows that answers say nothing about keep the base detector's order.</remarks>
internal sealed class PriorMap
{
    // Odds beyond e³ grow slowly: no rank is proof, and a few answers must be able to speak against it.
    private const double Bend = 3;

    // Ranks far down are less sure than their logarithm says.
    private const double Slope = 0.7;

    private readonly double[] _scores;
    private readonly double[] _odds;

    private PriorMap(double[] scores, double[] odds)
    {
        _scores = scores;
        _odds = odds;
    }

    /// <param name="scores">The base detector's scores of the session's rows, ascending.</param>
    /// <param name="expectedCount">How many anomalies are expected among them; at least 1.</param>
    public static PriorMap Fit(ReadOnlySpan<float> scores, double expectedCount)
    {
        var knots = new List<(double Score, double Odds)>();
        int count = scores.Length;
        for (double rank = 1; rank <= count; rank = Math.Max(rank + 1, Math.Floor(rank * 1.06)))
        {
            float score = scores[count - (int)rank];
            if (knots.Count > 0 && !(score < knots[^1].Score))
                continue;
            // Tied scores share the last of their ranks: a crowd of equal rows is nothing special.
            int atLeast = count - FirstAtLeast(scores, score);
            double odds = Slope * Math.Log(expectedCount / (atLeast - 0.5));
            knots.Add((score, odds > Bend ? Bend + Math.Log(1 + odds - Bend) : odds));
        }

        knots.Reverse();
        return new PriorMap([.. knots.Select(knot => knot.Score)], [.. knots.Select(knot => knot.Odds)]);
    }

    private static int FirstAtLeast(ReadOnlySpan<float> ascending, float score)
    {
        int low = 0;
        int high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle] < score)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    public double Of(double score)
    {
        int last = _scores.Length - 1;
        double width = last > 0 ? _scores[last] - _scores[0] : 1;
        if (score >= _scores[last])
            return _odds[last] + Math.Log(1 + ((score - _scores[last]) / width));
        if (score <= _scores[0])
            return _odds[0] - Math.Log(1 + ((_scores[0] - score) / width));
        int at = Array.BinarySearch(_scores, score);
        if (at >= 0)
            return _odds[at];
        int above = ~at;
        double part = (score - _scores[above - 1]) / (_scores[above] - _scores[above - 1]);
        return _odds[above - 1] + (part * (_odds[above] - _odds[above - 1]));
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Set("knots", _scores.Length);
        writer.Add<double>("scores", _scores);
        writer.Add<double>("odds", _odds);
    }

    public static PriorMap Read(ModelReader reader)
    {
        int count = reader.GetInt32("knots", 1, 1 << 16);
        double[] scores = reader.GetDoubles("scores", count);
        double[] odds = reader.GetDoubles("odds", count);
        for (int i = 1; i < count; i++)
        {
            if (!(scores[i] > scores[i - 1] && odds[i] > odds[i - 1]))
                throw ModelReader.FormatError("the knots of its prior do not ascend");
        }

        return new PriorMap(scores, odds);
    }
}
