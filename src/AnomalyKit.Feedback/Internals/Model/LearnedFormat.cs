using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Model;

/// <summary>What answers have taught, in a model file.</summary>
internal static class LearnedFormat
{
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
        return new LearnedOdds(
            space,
            reader.GetDouble("level"),
            reader.GetDoubles("weights", space.FeatureCount),
            reader.GetDoubles("near", rows),
            reader.GetSingles("near-rows", checked(rows * space.Columns.Count)));
    }
}
