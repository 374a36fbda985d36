using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Model;

/// <summary>What answers have taught, in a model file.</summary>
internal static class LearnedFormat
{
    private const double MostOdds = 1e100;

    public static void Write(ModelWriter writer, LearnedOdds learned)
    {
        writer.Set("level", learned.Level);
        writer.Set("rows", learned.Near.Length);
        writer.Add<double>("weights", learned.Weights);
        writer.Add<double>("near", learned.Near);
        writer.Add<float>("near-rows", learned.NearRows);
    }

    public static LearnedOdds Read(ModelReader reader, RowSpace space)
    {
        int rows = reader.GetInt32("rows", 0, AnswerCounts.MaxRows);
        if ((long)rows * space.Columns.Count > Array.MaxLength)
            throw ModelReader.FormatError($"{rows} rows of {space.Columns.Count} columns are more than it can hold");
        double level = reader.GetDouble("level");
        double[] weights = reader.GetDoubles("weights", space.FeatureCount);
        double[] near = reader.GetDoubles("near", rows);
        // Sums of products of these with features must stay numbers.
        foreach (double value in weights.Concat(near).Append(level))
        {
            if (!(Math.Abs(value) <= MostOdds))
                throw ModelReader.FormatError(FormattableString.Invariant($"its level, a weight or a nearness is {value}; numbers of at most {MostOdds} were expected"));
        }

        return new LearnedOdds(
            space,
            level,
            weights,
            near,
            reader.GetSingles("near-rows", rows * space.Columns.Count));
    }
}
