using AnomalyKit.Persistence;

namespace AnomalyKit.Ensemble;

/// <summary>How a combiner lies in a model file.</summary>
internal static class CombinerFormat
{
    public static void Write(ModelWriter writer, ScoreCombiner combiner)
    {
        writer.Set("kind", combiner.Kind);
        switch (combiner)
        {
            case TrimmedMeanCombiner trimmed:
                writer.Set("share", trimmed.Share);
                break;
            case GroupCombiner grouped:
                writer.Set("groups", grouped.Groups);
                writer.Set("seed", grouped.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case SurprisalCombiner surprisal:
                writer.Set("level", surprisal.Level);
                writer.Set("gain", surprisal.Gain);
                break;
            default:
                break;
        }
    }

    public static ScoreCombiner Read(ModelReader reader)
    {
        string kind = reader.GetString("kind");
        try
        {
            return kind switch
            {
                "mean" => ScoreCombiner.Mean,
                "maximum" => ScoreCombiner.Maximum,
                "median" => ScoreCombiner.Median,
                "trimmed-mean" => ScoreCombiner.TrimmedMean(reader.GetDouble("share")),
                "average-of-maximum" => ScoreCombiner.AverageOfMaximum(reader.GetInt32("groups", 1, int.MaxValue), reader.GetUInt64("seed")),
                "maximum-of-average" => ScoreCombiner.MaximumOfAverage(reader.GetInt32("groups", 1, int.MaxValue), reader.GetUInt64("seed")),
                "mean-and-surprisal" => ScoreCombiner.MeanAndSurprisal(reader.GetDouble("level"), reader.GetDouble("gain")),
                "votes" => ScoreCombiner.Votes,
                _ => throw ModelReader.FormatError($"its scores are combined by the unknown rule '{kind}'"),
            };
        }
        catch (ArgumentException exception)
        {
            throw ModelReader.FormatError($"the rule '{kind}' that combines its scores cannot be built", exception);
        }
    }
}
