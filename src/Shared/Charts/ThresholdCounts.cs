namespace AnomalyKit.Charts;

/// <summary>How many rows are alerts at any threshold, and how many of those are anomalies: exact, for every number of alerts that there is. Rows that score above a threshold are alerts, so equal scores are alerts together.</summary>
internal sealed class ThresholdCounts
{
    private readonly float[] _scores;
    private readonly int[] _anomaliesFrom;

    /// <param name="rowScores">One finite score per row; at least one row.</param>
    /// <param name="rowLabels">One label per row, true for an anomaly.</param>
    public ThresholdCounts(ReadOnlySpan<float> rowScores, ReadOnlySpan<bool> rowLabels)
    {
        _scores = rowScores.ToArray();
        bool[] labels = rowLabels.ToArray();
        Array.Sort(_scores, labels);
        _anomaliesFrom = new int[_scores.Length + 1];
        for (int i = _scores.Length - 1; i >= 0; i--)
            _anomaliesFrom[i] = _anomaliesFrom[i + 1] + (labels[i] ? 1 : 0);
    }

    /// <summary>The number of rows.</summary>
    public int Rows => _scores.Length;

    /// <summary>The number of anomalies among the rows.</summary>
    public int Anomalies => _anomaliesFrom[0];

    /// <summary>What a threshold does.</summary>
    public ThresholdPoint At(double threshold)
    {
        int first = FirstAbove(threshold);
        return new ThresholdPoint(threshold, Rows - first, _anomaliesFrom[first]);
    }

    /// <summary>The threshold with the most alerts that are not more than so many.</summary>
    /// <param name="alerts">From 0 to the number of rows.</param>
    public ThresholdPoint AtMost(int alerts) => alerts == Rows ? From(0) : From(FirstAbove(_scores[Rows - 1 - alerts]));

    /// <summary>The threshold whose number of alerts is nearest; of two that are equally near the one with fewer alerts.</summary>
    public ThresholdPoint Nearest(double alerts)
    {
        int wanted = (int)Math.Clamp(Math.Round(alerts), 0, Rows);
        var fewer = AtMost(wanted);
        if (fewer.Alerts == wanted)
            return fewer;
        // The next score below takes all of its equals with it.
        int first = Array.FindIndex(_scores, 0, score => score >= _scores[Rows - 1 - fewer.Alerts]);
        var more = From(first);
        return wanted - fewer.Alerts <= more.Alerts - wanted ? fewer : more;
    }

    /// <summary>The threshold whose alerts and missed anomalies cost least; of several the one with the fewest alerts.</summary>
    /// <param name="missed">What a missed anomaly costs, at least 0.</param>
    /// <param name="falseAlarm">What a false alarm costs, at least 0.</param>
    public ThresholdPoint Cheapest(double missed, double falseAlarm)
    {
        int best = Rows;
        double least = Anomalies * missed;
        for (int first = Rows - 1; first >= 0; first--)
        {
            if (first > 0 && _scores[first - 1] == _scores[first])
                continue;
            int caught = _anomaliesFrom[first];
            double cost = ((Anomalies - caught) * missed) + ((Rows - first - caught) * falseAlarm);
            if (cost < least)
                (best, least) = (first, cost);
        }

        return From(best);
    }

    // Rows from this one on are alerts, and it is the first of its equals. A threshold is a score where it can be; below the least one it is the next number down.
    private ThresholdPoint From(int first) => new(first > 0 ? _scores[first - 1] : MathF.BitDecrement(_scores[0]), Rows - first, _anomaliesFrom[first]);

    private int FirstAbove(double threshold)
    {
        int low = 0;
        int high = Rows;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_scores[middle] > threshold)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
