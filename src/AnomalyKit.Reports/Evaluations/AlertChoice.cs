using System.Globalization;

namespace AnomalyKit;

/// <summary>What a number of alerts would find: the rows of the highest scores.</summary>
/// <param name="Count">The number of alerts, k.</param>
/// <param name="Threshold">The score above which at most k rows lie: the (k + 1)-th highest; −∞ where k is the number of rows.</param>
/// <param name="Precision">The fraction of the alerts that are anomalies: <see cref="DetectionMetrics.PrecisionAtK"/>.</param>
/// <param name="Recall">The fraction of the anomalies that are alerts, <see cref="DetectionMetrics.RecallAtK"/>; null where there is no anomaly.</param>
public sealed record AlertChoice(int Count, double Threshold, double Precision, double? Recall)
{
    /// <summary>The score of the last of the k rows: every threshold from <see cref="Threshold"/> up to this one, itself left out, gives these alerts. Equal to <see cref="Threshold"/> where <see cref="IsTied"/>.</summary>
    public double LowestAlert { get; init; } = double.NaN;

    /// <summary>Whether rows of equal scores lie on both sides of the edge: no threshold gives exactly k alerts then, and precision and recall are those of a random choice among these rows.</summary>
    public bool IsTied => LowestAlert == Threshold;

    /// <summary>A threshold with few digits that gives exactly these alerts, for people; <see cref="Threshold"/> where <see cref="IsTied"/>, or where all rows are alerts.</summary>
    public double ShortThreshold
    {
        get
        {
            const int FewDigits = 3;
            const int AllDigits = 17;
            double middle = Threshold + ((Math.Min(LowestAlert, double.MaxValue) - Threshold) / 2);
            for (int digits = FewDigits; digits < AllDigits && double.IsFinite(middle); digits++)
            {
                double number = double.Parse(middle.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
                if (number >= Threshold && number < LowestAlert)
                    return number;
            }

            return Threshold;
        }
    }
}
